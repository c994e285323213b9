import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Comment, HistoryPage, PastMix, SessionInfo } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
beforeAll(async () => {
  service = await runService({ COMMENTS_PER_MINUTE: '10000', GUESTS_PER_MINUTE: '1000', INVITE_LOOKS_PER_MINUTE: '1000' });
  owner = await service.person('Olga');
});
afterAll(() => service.dispose());

const FADER = 'strip/master/fader';

async function scene() {
  const id = await owner.session();
  const join = async (role: string) => {
    const person = await service.person(role);
    await person.redeem(await owner.invite(id, role));
    return person;
  };
  const path = `/api/sessions/${id}/comments`;
  return { id, path, mixer: await join('mixer'), commenter: await join('commenter'), listener: await join('listener') };
}

/** A comment of the owner on the session. */
const write = (path: string, wish: object) => owner.ask<Comment & { detail: string }>('POST', path, { body: 'Hm', at: 0, ...wish });
const fader = async (id: string) => (await service.services.sync.read(id)).strips.get('master')?.values['fader'];
const unseen = async (person: Person, id: string) => {
  const { unread, mentioned } = (await person.ask<SessionInfo>('GET', `/api/sessions/${id}`)).body;
  return [unread, mentioned];
};

test('who is called by name and belongs to the session is kept with the words; nobody else is', async () => {
  const { path, mixer } = await scene();
  const stranger = await service.person('Stranger');
  const { body } = await write(path, { body: '@Max and @Stranger', mentions: [mixer.id, stranger.id, mixer.id] });
  expect(body.mentions).toEqual([mixer.id]);
  const edited = await owner.ask<Comment>('PATCH', `${path}/${body.id}`, { body: 'Never mind' });
  expect(edited.body.mentions).toEqual([]);
  const replied = await mixer.ask<Comment>('POST', `${path}/${body.id}/replies`, { body: '@Olga', mentions: [owner.id] });
  expect(replied.body.replies[0]?.mentions).toEqual([owner.id]);
});

test('what others wrote is unread until it is seen; the mark is each person’s own and never goes back', async () => {
  const { id, path, mixer, commenter } = await scene();
  const { body: first } = await write(path, { body: '@mixer', mentions: [mixer.id] });
  await commenter.ask('POST', `${path}/${first.id}/replies`, { body: 'Yes, @mixer', mentions: [mixer.id] });
  expect([await unseen(owner, id), await unseen(mixer, id), await unseen(commenter, id)]).toEqual([
    [1, 0],
    [2, 2],
    [1, 0],
  ]);
  const listed = (await mixer.ask<SessionInfo[]>('GET', '/api/sessions')).body.find((session) => session.id === id);
  expect(listed).toMatchObject({ unread: 2, mentioned: 2 });
  const { body: mark } = await mixer.ask<{ commentsReadAt: number }>('POST', `${path}/read`, {});
  expect(await unseen(mixer, id)).toEqual([0, 0]);
  expect((await mixer.ask('POST', `${path}/read`, { through: mark.commentsReadAt - 1000 })).body).toEqual(mark);
  expect((await mixer.ask('POST', `${path}/read`, { through: mark.commentsReadAt + 1e9 })).body).not.toEqual({
    commentsReadAt: mark.commentsReadAt + 1e9,
  });
  expect([await unseen(owner, id), await unseen(mixer, id)]).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test('a comment that waits is unread for those who moderate alone, and for the others from its approval on', async () => {
  const { id, path, mixer, commenter, listener } = await scene();
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  const { body } = await listener.ask<Comment>('POST', path, { body: 'Hm', at: 1 });
  await commenter.ask('POST', `${path}/read`, {});
  expect([await unseen(mixer, id), await unseen(commenter, id)]).toEqual([
    [1, 0],
    [0, 0],
  ]);
  await mixer.ask('POST', `${path}/${body.id}/approve`);
  expect(await unseen(commenter, id)).toEqual([1, 0]);
});

test('a suggestion changes nothing until it is accepted; then it is one gesture of who accepts, and the thread is resolved', async () => {
  const { id, path, mixer, commenter } = await scene();
  const suggestion = { changes: [{ control: FADER, to: -3 }] };
  const { body } = await commenter.ask<Comment>('POST', path, { body: 'Softer?', at: 1, suggestion });
  expect(body.suggestion).toEqual({ changes: [{ control: FADER, from: 0, to: -3 }], status: 'open', decidedBy: null });
  expect(await fader(id)).toBeUndefined();
  expect((await commenter.ask('POST', `${path}/${body.id}/decide`, { accepted: true })).status).toBe(403);
  const { body: accepted } = await mixer.ask<Comment>('POST', `${path}/${body.id}/decide`, { accepted: true });
  expect(accepted).toMatchObject({ status: 'resolved', suggestion: { status: 'accepted', decidedBy: { id: mixer.id } } });
  expect(await fader(id)).toBe(-3);
  const { body: history } = await owner.ask<HistoryPage>('GET', `/api/sessions/${id}/history`);
  expect(history.events).toMatchObject([{ by: { id: mixer.id }, parameter: 'fader', to: -3 }]);
  // Taken back as one.
  await owner.ask('POST', `/api/sessions/${id}/history/${history.events[0]?.id}/take-back`, {});
  expect(await fader(id)).toBeUndefined();
  expect((await mixer.ask('POST', `${path}/${body.id}/decide`, { accepted: true })).status).toBe(409);
});

test('a declined suggestion changes nothing and may still be accepted', async () => {
  const { id, path } = await scene();
  const { body } = await write(path, { suggestion: { changes: [{ control: FADER, to: -3 }] } });
  const { body: declined } = await owner.ask<Comment>('POST', `${path}/${body.id}/decide`, { accepted: false });
  expect(declined).toMatchObject({ status: 'published', suggestion: { status: 'declined' } });
  expect(await fader(id)).toBeUndefined();
  await owner.ask('POST', `${path}/${body.id}/decide`, { accepted: true });
  expect(await fader(id)).toBe(-3);
});

test('accepting what the mix is already like makes no gesture', async () => {
  const { id, path } = await scene();
  const { body } = await write(path, { suggestion: { changes: [{ control: FADER, to: 0 }] } });
  expect((await owner.ask('POST', `${path}/${body.id}/decide`, { accepted: true })).status).toBe(200);
  expect((await owner.ask<HistoryPage>('GET', `/api/sessions/${id}/history`)).body.events).toEqual([]);
});

test.each([
  [[{ control: 'strip/nowhere/fader', to: 0 }], 'no control'],
  [[{ control: 'strip/master/shout', to: 0 }], 'no control'],
  [[{ control: 'master.fader', to: 0 }], 'no control'],
  [[{ control: FADER, to: 40 }], 'takes -120 to 10'],
  [[{ control: FADER, to: Number.NaN }], 'suggestion'],
  [
    [
      { control: FADER, to: 1 },
      { control: FADER, to: 2 },
    ],
    'twice',
  ],
  [[], 'suggestion'],
  [Array.from({ length: 65 }, () => ({ control: FADER, to: 1 })), 'suggestion'],
])('%j cannot be suggested', async (changes, why) => {
  const { path } = await scene();
  const { status, body } = await write(path, { suggestion: { changes } });
  expect([status, body.detail]).toEqual([400, expect.stringContaining(why)]);
  expect((await owner.ask<Comment[]>('GET', path)).body).toEqual([]);
});

test('a comment remembers the mix that it spoke of', async () => {
  const { id, path } = await scene();
  const set = (value: number) =>
    service.services.sync.edit(id, () => [{ do: 'put', map: 'strips', id: 'master', fields: { fader: value } }], { userId: owner.id });
  const heard = async (comment: string) =>
    (await owner.ask<PastMix>('GET', `${path}/${comment}/mix`)).body.records.strips?.['master']?.['fader'];
  const { body: before } = await write(path, {});
  await set(-6);
  const { body: between } = await write(path, {});
  await set(-20);
  expect([await heard(before.id), await heard(between.id)]).toEqual([undefined, -6]);
});

test('what waits for approval is in no answer and no event to those who may not see it', async () => {
  const { id, path, mixer, commenter, listener } = await scene();
  const other = await service.person('Other');
  await other.redeem(await owner.invite(id, 'listener'));
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  const words = 'Unheard-of words';
  const wire = await Promise.all([commenter, other].map((person) => everythingTo(person, id)));
  const { body } = await listener.ask<Comment>('POST', path, {
    body: words,
    at: 1,
    mentions: [commenter.id],
    suggestion: { changes: [{ control: FADER, to: -7.25 }] },
  });
  expect(body.status).toBe('pending');
  await listener.ask('PATCH', `${path}/${body.id}`, { body: `${words}, twice`, mentions: [commenter.id] });
  await mixer.ask('POST', `${path}/${body.id}/replies`, { body: `${words}, thrice`, mentions: [commenter.id] });
  for (const person of [commenter, other]) {
    for (const [method, tail] of [
      ['GET', ''],
      ['GET', `/${body.id}/mix`],
      ['PATCH', `/${body.id}`],
      ['DELETE', `/${body.id}`],
      ['POST', `/${body.id}/replies`],
      ['POST', `/${body.id}/resolve`],
      ['POST', `/${body.id}/approve`],
      ['POST', `/${body.id}/decide`],
      ['POST', '/read'],
    ] as const) {
      const sent = method === 'PATCH' || tail.endsWith('replies') ? { body: 'x' } : tail.endsWith('decide') ? { accepted: true } : {};
      const answer = await person.ask(method, path + tail, method === 'GET' ? undefined : sent);
      expect([tail, JSON.stringify(answer.body)]).not.toEqual([tail, expect.stringMatching(`${words}|${body.id}|-7.25`)]);
      if (tail !== '' && tail !== '/read') expect([tail, answer.status]).toEqual([tail, 404]);
    }
    for (const page of ['', '/history', '/history/away', '/members']) {
      const answer = await person.ask('GET', `/api/sessions/${id}${page}`);
      expect(JSON.stringify(answer.body)).not.toContain(words);
    }
    expect(await unseen(person, id)).toEqual([0, 0]);
  }
  // Everything on the line keeps its order: what was told before the answer to this has come.
  for (const { line, frames } of wire) {
    await line.emitWithAck('clock', { sent: 0 });
    expect(frames.join('\n')).not.toMatch(`${words}|${body.id}|-7.25`);
  }
  await mixer.ask('POST', `${path}/${body.id}/approve`);
  for (const { line, frames } of wire) {
    await line.emitWithAck('clock', { sent: 0 });
    expect(frames.join('\n')).toContain(words);
    line.disconnect();
  }
});

/** Every frame that comes to somebody's live line, as it is on the wire. */
async function everythingTo(person: Person, id: string) {
  const line = person.live(id);
  const frames: string[] = [];
  await once(line as never, 'connect');
  line.io.engine.on('packet', (packet) => frames.push(String(packet.data ?? '')));
  return { line, frames };
}

import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Anchor, Answer, Comment, CommentEvent, SessionEvent } from '../../lib/protocol';
import { openDatabase } from '../embedded/database';
import { type Person, type RunningService, runService } from '../running-service';

type Line = ReturnType<Person['live']>;

let service: RunningService;
const lines: Line[] = [];
beforeAll(async () => {
  service = await runService({ GUESTS_PER_MINUTE: '1000', INVITE_LOOKS_PER_MINUTE: '1000' });
});
afterAll(async () => {
  for (const line of lines) line.disconnect();
  await service.dispose();
});

/** A session with one person of each role. */
async function scene() {
  const owner = await service.person('owner');
  const id = await owner.session();
  const join = async (role: string) => {
    const person = await service.person(role);
    await person.redeem(await owner.invite(id, role));
    return person;
  };
  return {
    id,
    owner,
    mixer: await join('mixer'),
    commenter: await join('commenter'),
    listener: await join('listener'),
    other: await join('listener'),
  };
}

/** Connects and waits for the first anchor; collects what comes after. */
async function listen(person: Person, id: string) {
  const line = person.live(id);
  lines.push(line);
  const anchors: Anchor[] = [];
  const comments: CommentEvent[] = [];
  line.on('transport', (anchor) => anchors.push(anchor));
  line.on('comment', (event) => comments.push(event));
  await once(line as never, 'transport');
  /** Resolves when everything sent so far has come: answers and events keep their order. */
  const settled = () => line.emitWithAck('clock', { sent: 0 });
  return { line, anchors, comments, settled };
}

const act = (line: Line, action: Parameters<Line['emit']>[1]) => line.emitWithAck('transport', action as never) as Promise<Answer<Anchor>>;

test('the clock answers with its own time, which never runs backwards', async () => {
  const { id, owner } = await scene();
  const { line } = await listen(owner, id);
  let last = 0;
  for (let probe = 0; probe < 5; probe++) {
    const times = await line.emitWithAck('clock', { sent: probe });
    expect(times.sent).toBe(probe);
    expect(times.answered).toBeGreaterThanOrEqual(times.received);
    expect(times.received).toBeGreaterThan(last);
    last = times.answered;
  }
});

test('who comes gets the anchor; play reaches everybody with the same one, ahead of the clock', async () => {
  const { id, owner, mixer } = await scene();
  const a = await listen(owner, id);
  const b = await listen(mixer, id);
  expect(a.anchors[0]).toMatchObject({ playing: false, position: 0 });
  const { answered } = await a.line.emitWithAck('clock', { sent: 0 });
  const answer = await act(a.line, { action: 'play', position: 42 });
  expect(answer).toMatchObject({ ok: true, value: { playing: true, position: 42, by: owner.id } });
  await b.settled();
  expect(b.anchors.at(-1)).toEqual(a.anchors.at(-1));
  expect(b.anchors.at(-1)?.at).toBeGreaterThan(answered + 100);
  const late = await listen(owner, id);
  expect(late.anchors).toEqual([a.anchors.at(-1)]);
});

test('a listener cannot play for everybody, and is told why', async () => {
  const { id, listener, commenter } = await scene();
  const low = await listen(listener, id);
  expect(await act(low.line, { action: 'play' })).toEqual({ ok: false, detail: expect.stringContaining('listener') });
  expect(low.anchors).toHaveLength(1);
  const high = await listen(commenter, id);
  expect(await act(high.line, { action: 'play' })).toMatchObject({ ok: true });
});

test('a role that changes acts on the open line', async () => {
  const { id, owner, commenter } = await scene();
  const { line } = await listen(commenter, id);
  const told = once(line as never, 'member');
  await owner.ask('PATCH', `/api/sessions/${id}/members/${commenter.id}`, { role: 'listener' });
  await told;
  expect(await act(line, { action: 'play' })).toMatchObject({ ok: false });
});

test('who is removed is put out', async () => {
  const { id, owner, mixer } = await scene();
  const { line } = await listen(mixer, id);
  const out = once(line as never, 'disconnect');
  await owner.ask('DELETE', `/api/sessions/${id}/members/${mixer.id}`);
  await out;
});

test('a deleted session puts everybody out', async () => {
  const { id, owner, mixer } = await scene();
  const { line } = await listen(mixer, id);
  const out = once(line as never, 'disconnect');
  await owner.ask('DELETE', `/api/sessions/${id}`);
  await out;
});

test.each([[{ action: 'play', position: -1 }], [{ action: 'fly' }], [null], ['play'], [{ action: 'loop', loop: { from: 4, until: 3 } }]])(
  'the transport does not take %j',
  async (action) => {
    const { id, owner } = await scene();
    const { line, anchors, settled } = await listen(owner, id);
    expect(await act(line, action as never)).toMatchObject({ ok: false });
    await settled();
    expect(anchors).toHaveLength(1);
  },
);

test('strangers and nobody are not let in', async () => {
  const { id } = await scene();
  for (const person of [await service.person('Stranger'), await service.person()]) {
    const line = person.live(id);
    lines.push(line);
    await once(line as never, 'connect_error');
    expect(line.connected).toBe(false);
  }
});

test("on the wire: a listener's comment reaches its author, the mixer and the owner, and others only when approved", async () => {
  const { id, owner, mixer, commenter, listener, other } = await scene();
  expect((await listener.ask('POST', `/api/sessions/${id}/comments`, { body: 'May I?', at: 1 })).status).toBe(403);
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });

  const people = { owner, mixer, commenter, listener, other };
  const heard = new Map<string, Awaited<ReturnType<typeof listen>>>();
  for (const [name, person] of Object.entries(people)) heard.set(name, await listen(person, id));
  const who = async (seen: (event: CommentEvent) => boolean) => {
    const names = [];
    for (const [name, { comments, settled }] of heard) {
      await settled();
      if (comments.some(seen)) names.push(name);
    }
    return names;
  };
  const inList = async (commentId: string) => {
    const names = [];
    for (const [name, person] of Object.entries(people)) {
      const { body } = await person.ask<Comment[]>('GET', `/api/sessions/${id}/comments`);
      if (body.some((comment) => comment.id === commentId)) names.push(name);
    }
    return names;
  };

  const { body: comment } = await listener.ask<Comment>('POST', `/api/sessions/${id}/comments`, { body: 'The voice is lost', at: 42 });
  expect(comment.status).toBe('pending');
  const insiders = ['owner', 'mixer', 'listener'];
  expect(await who((event) => event.what === 'put' && event.comment.id === comment.id)).toEqual(insiders);
  expect(await inList(comment.id)).toEqual(insiders);

  // To those who may not see it, it does not exist.
  const path = `/api/sessions/${id}/comments/${comment.id}`;
  expect((await commenter.ask('POST', `${path}/replies`, { body: 'What?' })).status).toBe(404);
  expect((await other.ask('POST', `${path}/approve`)).status).toBe(404);
  expect((await listener.ask('POST', `${path}/approve`)).status).toBe(403);

  await mixer.ask('POST', `${path}/approve`);
  const everybody = ['owner', 'mixer', 'commenter', 'listener', 'other'];
  expect(await who((event) => event.what === 'put' && event.comment.status === 'published')).toEqual(everybody);
  expect(await inList(comment.id)).toEqual(everybody);

  // What was approved is not what a later edit says.
  await listener.ask('PATCH', path, { body: 'Buy my record' });
  expect(await inList(comment.id)).toEqual(insiders);
  expect(await who((event) => event.what === 'put' && event.comment.body === 'Buy my record')).toEqual(insiders);
  expect(await who((event) => event.what === 'gone' && event.id === comment.id)).toEqual(everybody);
});

test('a pending comment that is deleted is spoken of only to those who knew of it', async () => {
  const { id, owner, listener, other } = await scene();
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  const stranger = await listen(other, id);
  const author = await listen(listener, id);
  const { body: comment } = await listener.ask<Comment>('POST', `/api/sessions/${id}/comments`, { body: 'Hm', at: 3 });
  await listener.ask('DELETE', `/api/sessions/${id}/comments/${comment.id}`);
  await author.settled();
  await stranger.settled();
  expect(author.comments.map((event) => event.what)).toEqual(['put', 'gone']);
  expect(stranger.comments).toEqual([]);
});

test('a new title, and that listeners may comment, reaches everybody who is there', async () => {
  const { id, owner, listener } = await scene();
  const { line, settled } = await listen(listener, id);
  const told: SessionEvent[] = [];
  line.on('session', (event) => told.push(event));
  await owner.ask('PATCH', `/api/sessions/${id}`, { title: 'Slow Ferry Home, again' });
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  await settled();
  expect(told).toEqual([
    { title: 'Slow Ferry Home, again', listenersMayComment: false },
    { title: 'Slow Ferry Home, again', listenersMayComment: true },
  ]);
});

test('after a restart the song rests where it was sent, with its loop, and where it was when the service ended under it', async () => {
  const { id, owner } = await scene();
  const first = await listen(owner, id);
  await act(first.line, { action: 'loop', loop: { from: 40, until: 60 } });
  await act(first.line, { action: 'seek', position: 42 });
  await service.restart();
  const second = await listen(owner, id);
  expect(second.anchors[0]).toMatchObject({ playing: false, position: 42, loop: { from: 40, until: 60 } });
  await act(second.line, { action: 'play', position: 50 });
  await vi.waitFor(async () => {
    const { answered } = await second.line.emitWithAck('clock', { sent: 0 });
    expect(answered).toBeGreaterThan(second.anchors.at(-1)?.at ?? Number.POSITIVE_INFINITY);
  });
  await service.restart();
  const third = await listen(owner, id);
  expect(third.anchors[0]).toMatchObject({ playing: false, loop: { from: 40, until: 60 } });
  expect(third.anchors[0]?.position).toBeGreaterThan(50);
  expect(third.anchors[0]?.position).toBeLessThan(60);
});

test('where the song rests is on disk soon after it was moved, without an orderly end', async () => {
  const { id, owner } = await scene();
  const { line } = await listen(owner, id);
  await act(line, { action: 'seek', position: 17 });
  await act(line, { action: 'seek', position: 18 });
  const disk = openDatabase(join(service.folder, 'mixing-table.sqlite'));
  await vi.waitFor(async () => {
    const row = await disk.kysely.selectFrom('resting_places').select('position').where('session_id', '=', id).executeTakeFirst();
    expect(row).toEqual({ position: 18 });
  });
  await disk.close();
});

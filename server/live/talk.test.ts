import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TalkEvent, TalkSignal, TalkWelcome } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let lines: ReturnType<Person['live']>[] = [];
beforeAll(async () => {
  service = await runService({
    MAX_VOICES: '3',
    GUESTS_PER_MINUTE: '1000',
    INVITE_LOOKS_PER_MINUTE: '1000',
    TURN_URLS: 'turn:turn.example.org',
    TURN_SECRET: 'north-of-the-harbour',
  });
});
afterEach(() => {
  for (const line of lines) line.disconnect();
  lines = [];
});
afterAll(() => service.dispose());

/** A session of Ana's with a commenter and a listener. */
async function scene() {
  const [ana, ben, lia] = await Promise.all([service.person('Ana'), service.person('Ben'), service.person('Lia')]);
  const id = await ana.session();
  await ben.redeem(await ana.invite(id, 'commenter'));
  await lia.redeem(await ana.invite(id, 'listener'));
  return { id, ana, ben, lia };
}

/** A line that has joined, under this presence. */
async function join(person: Person, id: string, client: number) {
  const line = person.live(id);
  lines.push(line);
  const events: TalkEvent[] = [];
  line.on('talk', (event) => events.push(event));
  await once(line as never, 'transport');
  const answer = await line.emitWithAck('talk', { action: 'join', client });
  const welcome = answer.ok ? answer.value : null;
  /** All that was sent before has come: events keep their order. */
  const settled = () => line.emitWithAck('clock', { sent: 0 });
  return { line, events, answer, welcome: welcome as TalkWelcome, settled };
}
const OFFER: TalkSignal = { description: { type: 'offer', sdp: 'v=0' } };

test('who joins learns who is there, and they of them; who leaves is gone', async () => {
  const { id, ana, ben } = await scene();
  const first = await join(ana, id, 11);
  expect(first.welcome.peers).toMatchObject([{ peer: first.welcome.peer, client: 11, user: { id: ana.id, name: 'Ana' }, speaking: false }]);
  const second = await join(ben, id, 12);
  expect(second.welcome.peers.map(({ client }) => client).sort()).toEqual([11, 12]);
  await first.settled();
  expect(first.events).toMatchObject([{ what: 'here', peers: [{ peer: second.welcome.peer, client: 12 }] }]);
  second.line.disconnect();
  await expect.poll(() => first.events.at(-1)).toEqual({ what: 'gone', peer: second.welcome.peer });
});

test('joining again changes nothing and brings new ways: for guests the relay, with credentials that end', async () => {
  const { id, ana } = await scene();
  const { line, welcome } = await join(ana, id, 11);
  const again = await line.emitWithAck('talk', { action: 'join', client: 11 });
  expect(again).toMatchObject({ ok: true, value: { peer: welcome.peer, ways: { relayOnly: true } } });
  expect(welcome.peers).toHaveLength(1);
  expect(welcome.ways.servers[0]).toMatchObject({ urls: ['turn:turn.example.org'], username: expect.stringMatching(`^\\d+:${ana.id}$`) });
});

test('a signal goes to the one page that it is for, with who sent it', async () => {
  const { id, ana, ben, lia } = await scene();
  const [a, b, c] = [await join(ana, id, 1), await join(ben, id, 2), await join(lia, id, 3)];
  await a.line.emitWithAck('talk', { action: 'signal', to: c.welcome.peer, signal: OFFER });
  await Promise.all([b.settled(), c.settled()]);
  expect(c.events.filter(({ what }) => what === 'signal')).toEqual([{ what: 'signal', from: a.welcome.peer, signal: OFFER }]);
  expect(b.events.filter(({ what }) => what === 'signal')).toEqual([]);
});

test('a signal reaches nobody of another session, nor who has not joined', async () => {
  const { id, ana, ben } = await scene();
  const a = await join(ana, id, 1);
  const there = await ben.session();
  const elsewhere = await join(ben, there, 2);
  await a.line.emitWithAck('talk', { action: 'signal', to: elsewhere.welcome.peer, signal: OFFER });
  await elsewhere.settled();
  expect(elsewhere.events).toEqual([]);
  const silent = ben.live(id);
  lines.push(silent);
  await once(silent as never, 'transport');
  expect(await silent.emitWithAck('talk', { action: 'signal', to: a.welcome.peer, signal: OFFER })).toMatchObject({ ok: false });
});

test('who speaks is told to all; a listener may not, and who becomes one is silent at once', async () => {
  const { id, ana, ben, lia } = await scene();
  const [a, b, c] = [await join(ana, id, 1), await join(ben, id, 2), await join(lia, id, 3)];
  expect(await c.line.emitWithAck('talk', { action: 'speak', on: true })).toEqual({
    ok: false,
    detail: expect.stringContaining('listener'),
  });
  expect(await b.line.emitWithAck('talk', { action: 'speak', on: true })).toMatchObject({ ok: true });
  const told = once(a.line as never, 'member');
  await ana.ask('PATCH', `/api/sessions/${id}/members/${ben.id}`, { role: 'listener' });
  await told;
  expect(a.events.filter(({ what }) => what === 'speaking')).toEqual([
    { what: 'speaking', peer: b.welcome.peer, on: true },
    { what: 'speaking', peer: b.welcome.peer, on: false },
  ]);
});

test('a full house is told in words, and has room again when somebody leaves', async () => {
  const { id, ana, ben } = await scene();
  const three = [await join(ana, id, 1), await join(ana, id, 2), await join(ben, id, 3)];
  const fourth = await join(ben, id, 4);
  expect(fourth.answer).toEqual({ ok: false, detail: expect.stringContaining('3 people at once') });
  await three[0]?.line.emitWithAck('talk', { action: 'leave' });
  expect(await fourth.line.emitWithAck('talk', { action: 'join', client: 4 })).toMatchObject({ ok: true });
});

test.each([
  ['joining as nobody', { action: 'join' }],
  ['speaking by a word', { action: 'speak', on: 'yes' }],
  ['a description that is too long', { action: 'signal', to: 'x', signal: { description: { type: 'offer', sdp: 'x'.repeat(16_001) } } }],
  ['an empty signal', { action: 'signal', to: 'x', signal: {} }],
  ['nothing', null],
])('%s is no call of talking', async (_, call) => {
  const { id, ana } = await scene();
  const { line } = await join(ana, id, 1);
  expect(await line.emitWithAck('talk', call as never)).toMatchObject({ ok: false });
});

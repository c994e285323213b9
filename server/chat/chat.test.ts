import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChatCall, ChatEvent, ChatMessage } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let ana: Person;
let ben: Person;
let lia: Person;
let id: string;
let lines: ReturnType<Person['live']>[] = [];
beforeAll(async () => {
  service = await runService({ SESSIONS_PER_MINUTE: '1000', MAX_CHAT: '3', CHAT_PER_MINUTE: '40' });
});
afterEach(() => {
  for (const line of lines) line.disconnect();
  lines = [];
});
afterAll(() => service.dispose());

/** A session of Ana's, with a commenter and a listener; new people each time, for what they write is counted. */
async function scene(): Promise<void> {
  [ana, ben, lia] = await Promise.all([service.person('Ana'), service.person('Ben'), service.person('Lia')]);
  id = await ana.session();
  await ben.redeem(await ana.invite(id, 'commenter'));
  await lia.redeem(await ana.invite(id, 'listener'));
}
async function lineOf(person: Person): Promise<ReturnType<Person['live']>> {
  const line = person.live(id);
  lines.push(line);
  await once(line as never, 'transport');
  return line;
}
const list = async (person: Person, query = '') => (await person.ask<ChatMessage[]>('GET', `/api/sessions/${id}/chat${query}`)).body;
const say = (body: string, more: object = {}): ChatCall => ({ action: 'say', body, ...more });

test('a message comes to all who are there, and to whoever comes later, with the moment and the strip it speaks of', async () => {
  await scene();
  const [bens, lias] = [await lineOf(ben), await lineOf(lia)];
  const heard = new Promise<ChatEvent>((resolve) => lias.once('chat', resolve));
  const answer = await bens.emitWithAck('chat', say('  The snare rings ', { at: 42, until: 44.5, stripId: 'snare' }));
  const message = { author: { id: ben.id, name: 'Ben' }, body: 'The snare rings', at: 42, until: 44.5, stripId: 'snare' };
  expect(answer).toMatchObject({ ok: true, value: message });
  expect(await heard).toMatchObject({ what: 'put', message });
  expect(await list(lia)).toMatchObject([message]);
  await service.restart();
  expect(await list(ana)).toMatchObject([message]);
});

test('a listener reads and may not write, and is told why', async () => {
  await scene();
  const line = await lineOf(lia);
  expect(await line.emitWithAck('chat', say('May I?'))).toEqual({ ok: false, detail: expect.stringContaining('As listener') });
  expect(await list(lia)).toEqual([]);
});

test('only the newest are kept; the others are told that the oldest went', async () => {
  await scene();
  const [line, other] = [await lineOf(ana), await lineOf(ben)];
  const gone = new Promise<ChatEvent>((resolve) => other.on('chat', (event) => event.what === 'gone' && resolve(event)));
  const made: string[] = [];
  for (const body of ['One', 'Two', 'Three', 'Four']) {
    const answer = await line.emitWithAck('chat', say(body));
    if (answer.ok && answer.value) made.push(answer.value.id);
  }
  expect((await list(ana)).map(({ body }) => body)).toEqual(['Two', 'Three', 'Four']);
  expect(await gone).toEqual({ what: 'gone', id: made[0] });
  expect((await list(ben, '?limit=2')).map(({ body }) => body)).toEqual(['Three', 'Four']);
  expect((await list(ben, `?limit=2&before=${made[3]}`)).map(({ body }) => body)).toEqual(['Two', 'Three']);
  expect((await ben.ask('GET', `/api/sessions/${id}/chat?before=nothing`)).status).toBe(404);
});

test('who wrote it, or who mixes, takes a message away; nobody else, and not from another session', async () => {
  await scene();
  const [anas, bens] = [await lineOf(ana), await lineOf(ben)];
  const one = await anas.emitWithAck('chat', say('Mine'));
  const two = await bens.emitWithAck('chat', say('His'));
  const idOf = (answer: typeof one) => (answer.ok && answer.value ? answer.value.id : '');
  expect(await bens.emitWithAck('chat', { action: 'remove', id: idOf(one) })).toMatchObject({ ok: false });
  expect(await anas.emitWithAck('chat', { action: 'remove', id: idOf(two) })).toEqual({ ok: true, value: null });
  expect((await list(ana)).map(({ body }) => body)).toEqual(['Mine']);
  const elsewhere = ana.live(await ana.session());
  lines.push(elsewhere);
  expect(await elsewhere.emitWithAck('chat', { action: 'remove', id: idOf(one) })).toMatchObject({ ok: false });
  expect(await list(ana)).toHaveLength(1);
});

test.each([
  ['blanks', { action: 'say', body: '   ' }, /nothing to send/],
  ['a novel', { action: 'say', body: 'x'.repeat(2001) }, /2,000/],
  ['one before the song', { action: 'say', body: 'x', at: -1 }, /./],
  ['one until a moment, without a beginning', { action: 'say', body: 'x', until: 3 }, /until/],
  ['one that ends before it begins', { action: 'say', body: 'x', at: 4, until: 3 }, /until/],
  ['another call', { action: 'shout' }, /./],
  ['nothing', null, /./],
])('%s is no message', async (_, call, detail) => {
  await scene();
  const line = await lineOf(ana);
  expect(await line.emitWithAck('chat', call as never)).toEqual({ ok: false, detail: expect.stringMatching(detail) });
  expect(await list(ana)).toEqual([]);
});

test('who writes without end is told to wait', async () => {
  await scene();
  const [first, second] = [await lineOf(ana), await lineOf(ana)];
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? first : second).emitWithAck('chat', say(`Message ${n}`))),
  );
  const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.detail]));
  expect(refusals.length).toBe(10);
  expect(refusals[0]).toMatch(/40 chat messages a minute/);
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type ClientToServer, MESSAGE, type ServerToClient } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';
import { client } from './hand-driven';
import { MixLine } from './mix-line.fixture';

const MEMBERS = ['listener', 'commenter', 'mixer', 'owner'] as const;
type Member = (typeof MEMBERS)[number];
type Who = 'nobody' | 'stranger' | Member;
const WHO: readonly Who[] = ['nobody', 'stranger', ...MEMBERS];

let service: RunningService;
const people = new Map<Who, Person>();
/** Of the same session, a listener too. */
let author: Person;
let id = '';
let closing: (() => void)[] = [];

function person(who: Who): Person {
  const found = people.get(who);
  if (!found) throw new Error(`Nobody is ${who}.`);
  return found;
}

beforeAll(async () => {
  service = await runService();
  for (const who of WHO) people.set(who, await service.person(who === 'nobody' ? undefined : who));
  author = await service.person('Author');
  const owner = person('owner');
  id = await owner.session();
  for (const role of ['listener', 'commenter', 'mixer'] as const) await person(role).redeem(await owner.invite(id, role));
  await author.redeem(await owner.invite(id, 'listener'));
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
});
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});
afterAll(() => service.dispose());

const mixLine = (who: Who): MixLine => {
  const line = new MixLine(`${service.url.replace('http', 'ws')}/sync/${id}`, person(who).cookie);
  closing.push(() => line.cut());
  return line;
};

let values = 0;

/** An update that sets a field to a value that no other has had, on top of the mix that came. */
function writing(line: MixLine, field: 'fader' | 'pan'): { update: Uint8Array; value: number } {
  const doc = line.mix;
  const value = -1 - ++values / 100;
  const before = Y.encodeStateVector(doc);
  (doc.getMap('strips').get('room') as Y.Map<unknown>).set(field, value);
  return { update: Y.encodeStateAsUpdate(doc, before), value };
}

async function isKept(value: number): Promise<boolean> {
  const mix = await service.services.sync.read(id);
  return [...mix.strips.values()].some((strip) => strip.values['fader'] === value);
}

async function wrote(line: MixLine, subtype: 1 | 2): Promise<string> {
  await line.handled();
  line.say(client.difference(new Y.Doc()));
  const { update, value } = writing(line, 'fader');
  line.say(client.sync(subtype, update));
  await line.handled();
  // Whoever may not write is not told that it was saved; whoever may is, once it is on disk.
  const watcher = await mixLine('owner').open();
  await watcher.handled();
  const other = writing(watcher, 'pan');
  watcher.say(client.difference(new Y.Doc()));
  watcher.say(client.update(other.update));
  await watcher.until(() => watcher.heard.some((one) => one.what === 'saved' && one.n === 2));
  await line.handled();
  const told = line.heard.some((one) => one.what === 'saved' && one.n === 2);
  expect(told).toBe(await isKept(value));
  return told ? 'kept' : 'left out';
}

let shown = 1000;

/** Shows a presence under a new client id; the id. */
function show(line: MixLine): number {
  shown++;
  line.say(client.entry(shown, 1, { selected: 'room', role: 'owner', user: { id: 'x', name: 'Forged', color: 1 } }));
  return shown;
}

const HAND = new Uint8Array([MESSAGE.hand, 27, 0, 1, 16, ...Buffer.from('strip/room/fader'), 192, 24, 0, 0, 0, 0, 0, 0]);

type Try = (line: MixLine, who: Who) => Promise<string>;
const closed = (line: MixLine) => line.until(() => false).then(() => String(line.code));
const endOf = (line: MixLine, message: Uint8Array) => {
  line.say(message);
  return closed(line);
};
const members = (result: string) => [result, result, result, result];

/** Each message that a client may send, for listener, commenter, mixer and owner. */
const MESSAGES: Readonly<Record<keyof typeof MESSAGE, readonly (readonly [what: string, attempt: Try, ...results: string[]])[]>> = {
  sync: [
    [
      'state vector',
      async (line) => line.handled().then(() => (line.mix.getMap('strips').size > 0 ? 'answered' : 'empty')),
      ...members('answered'),
    ],
    ['difference', (line) => wrote(line, 1), 'left out', 'left out', 'kept', 'kept'],
    ['update', (line) => wrote(line, 2), 'left out', 'left out', 'kept', 'kept'],
  ],
  awareness: [
    [
      'a presence with another name and role',
      async (line, who) => {
        const watcher = await mixLine('owner').open();
        const own = show(line);
        const entry = () => watcher.heard.flatMap((one) => (one.what === 'awareness' ? one.entries : [])).find((one) => one.client === own);
        await watcher.until(() => entry() !== undefined);
        const told = { role: who, user: { id: person(who).id } };
        expect(entry()?.state).toMatchObject(told);
        return 'seen as who they are';
      },
      ...members('seen as who they are'),
    ],
  ],
  queryAwareness: [
    [
      'who is here?',
      async (line) => {
        const before = line.count('awareness');
        line.say(new Uint8Array([MESSAGE.queryAwareness]));
        await line.until(() => line.count('awareness') > before);
        return 'answered';
      },
      ...members('answered'),
    ],
  ],
  saved: [['101', async (line) => endOf(line, new Uint8Array([MESSAGE.saved, 1])), ...members('4400')]],
  refused: [['102', async (line) => endOf(line, new Uint8Array([MESSAGE.refused, 1, 1, 0])), ...members('4400')]],
  hand: [
    [
      'a moving hand',
      async (line) => {
        const watcher = await mixLine('owner').open();
        show(line);
        line.say(HAND);
        await line.handled();
        // Relayed in the moment it is read; what the watcher asks is answered after that.
        await watcher.handled();
        return watcher.count('hand') > 0 ? 'relayed' : 'dropped';
      },
      'dropped',
      'dropped',
      'relayed',
      'relayed',
    ],
  ],
};

const cells = Object.entries(MESSAGES).flatMap(([type, rows]) =>
  rows.flatMap(([what, attempt, ...results]) => MEMBERS.map((who, n) => ({ type, what, attempt, who, result: results[n] }))),
);

test.each(cells)('/sync: $type ($what) of a $who → $result', async ({ attempt, who, result }) => {
  expect(await attempt(await mixLine(who).open(), who)).toBe(result);
});

test.each([
  ['nobody', '4401'],
  ['stranger', '4404'],
] as const)('/sync: %s is closed with %s before any message is read', async (who, code) => {
  const line = mixLine(who);
  expect(await closed(line)).toBe(code);
  expect(line.heard).toEqual([]);
});

type Live = ReturnType<Person['live']>;
async function live(who: Who): Promise<Live | 'refused'> {
  const line = person(who).live(id);
  closing.push(() => line.disconnect());
  // The anchor of the moment comes to everybody who enters.
  const connected = await new Promise<boolean>((settle) => {
    line.once('transport', () => settle(true));
    line.once('connect_error', () => settle(false));
  });
  return connected ? line : 'refused';
}

/** Each call, for listener, commenter, mixer and owner. */
const CALLS: Readonly<Record<keyof ClientToServer, readonly [attempt: (line: Live) => Promise<string>, ...results: string[]]>> = {
  clock: [async (line) => ((await line.emitWithAck('clock', { sent: 1 })).sent === 1 ? 'answered' : 'wrong'), ...members('answered')],
  transport: [
    async (line) => String((await line.emitWithAck('transport', { action: 'seek', position: 1 })).ok),
    'false',
    'true',
    'true',
    'true',
  ],
  // Counted for nobody, answered to nobody: what comes after it is handled.
  report: [
    async (line) => {
      line.emit('report', { underruns: 1, moves: 0 });
      return (await line.emitWithAck('clock', { sent: 2 })).sent === 2 ? 'taken' : 'wrong';
    },
    ...members('taken'),
  ],
  talk: [
    async (line) => {
      const joined = await line.emitWithAck('talk', { action: 'join', client: 1 });
      const speaks = await line.emitWithAck('talk', { action: 'speak', on: true });
      return `${joined.ok ? 'hears' : 'is deaf'}, ${speaks.ok ? 'talks' : 'is silent'}`;
    },
    'hears, is silent',
    ...['hears, talks', 'hears, talks', 'hears, talks'],
  ],
  chat: [async (line) => String((await line.emitWithAck('chat', { action: 'say', body: 'Louder' })).ok), 'false', 'true', 'true', 'true'],
};

const calls = Object.entries(CALLS).flatMap(([call, [attempt, ...results]]) =>
  MEMBERS.map((who, n) => ({ call, attempt, who, result: results[n] })),
);
test.each(calls)('live: $call of a $who → $result', async ({ attempt, who, result }) => {
  const line = await live(who);
  expect(line === 'refused' ? line : await attempt(line)).toBe(result);
});

test.each(['nobody', 'stranger'] as const)('live: %s gets no line', async (who) => {
  expect(await live(who)).toBe('refused');
});

/** What makes each event, and who of listener, commenter, mixer, owner and the author of a pending comment gets it. */
const EVENTS: Readonly<
  Record<keyof ServerToClient, readonly (readonly [what: string, make: () => Promise<unknown>, ...who: boolean[]])[]>
> = {
  transport: [
    [
      'a seek',
      async () => ((await live('mixer')) as Live).emitWithAck('transport', { action: 'seek', position: 3 }),
      true,
      true,
      true,
      true,
      true,
    ],
  ],
  comment: [
    [
      'a comment',
      () => person('commenter').ask('POST', `/api/sessions/${id}/comments`, { body: 'Loud', at: 1 }),
      true,
      true,
      true,
      true,
      true,
    ],
    [
      'a comment that waits for approval',
      () => author.ask('POST', `/api/sessions/${id}/comments`, { body: 'May I?', at: 1 }),
      ...[false, false, true, true, true],
    ],
  ],
  // Comes to whoever has joined, which here all have.
  talk: [
    [
      'somebody who can hear',
      async () => ((await live('mixer')) as Live).emitWithAck('talk', { action: 'join', client: 2 }),
      ...[true, true, true, true, true],
    ],
  ],
  chat: [
    [
      'a message',
      async () => ((await live('commenter')) as Live).emitWithAck('chat', { action: 'say', body: 'Again from the top?' }),
      ...[true, true, true, true, true],
    ],
  ],
  snapshot: [
    [
      'a snapshot',
      () => person('mixer').ask('POST', `/api/sessions/${id}/snapshots`, { name: 'Before the chorus' }),
      ...[true, true, true, true, true],
    ],
  ],
  blind: [
    [
      'a blind test',
      async () => {
        const { body } = await person('mixer').ask<{ id: string }>('POST', `/api/sessions/${id}/snapshots`, { name: 'One' });
        return person('mixer').ask('POST', `/api/sessions/${id}/blind-tests`, { versions: [body.id, 'now'] });
      },
      ...[true, true, true, true, true],
    ],
  ],
  member: [
    [
      'a new role',
      () => person('owner').ask('PATCH', `/api/sessions/${id}/members/${person('commenter').id}`, { role: 'commenter' }),
      true,
      true,
      true,
      true,
      true,
    ],
  ],
  stem: [
    [
      'an upload',
      () => person('mixer').ask('POST', `/api/sessions/${id}/stems?filename=a.wav`, new Uint8Array(100)),
      true,
      true,
      true,
      true,
      true,
    ],
  ],
  session: [['a new title', () => person('owner').ask('PATCH', `/api/sessions/${id}`, { title: 'Renamed' }), true, true, true, true, true]],
  history: [
    [
      'a change of the mix',
      async () => {
        const line = await mixLine('mixer').open();
        await wrote(line, 2);
      },
      ...[true, true, true, true, true],
    ],
  ],
  notice: [
    [
      'the end of a membership',
      async () => {
        await person('owner').ask('DELETE', `/api/sessions/${id}/members/${author.id}`);
        return author.redeem(await person('owner').invite(id, 'listener'));
      },
      ...[false, false, false, false, true],
    ],
  ],
};

const events = Object.entries(EVENTS).flatMap(([event, rows]) =>
  rows.map(([what, make, ...who]) => ({ event: event as keyof ServerToClient, what, make, who })),
);
test.each(events)('live: $event ($what) comes to $who', async ({ event, make, who }) => {
  people.set('nobody', author);
  const lines = [...MEMBERS, 'nobody' as const];
  const heard = new Set<number>();
  const ends: Promise<unknown>[] = [];
  for (const [n, one] of lines.entries()) {
    const line = (await live(one)) as Live;
    if (event === 'talk') await line.emitWithAck('talk', { action: 'join', client: 3 });
    line.on(event, () => heard.add(n));
    // All that was sent before its end has come by then.
    ends.push(
      Promise.race([
        new Promise((end) => line.on('session', (info) => info.title.startsWith('End') && end(null))),
        new Promise((end) => line.on('disconnect', end)),
      ]),
    );
  }
  await make();
  if (who.every((one) => one)) await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(lines.length);
  await person('owner').ask('PATCH', `/api/sessions/${id}`, { title: `End of ${event}` });
  await Promise.all(ends);
  expect(lines.map((_, n) => heard.has(n))).toEqual(who);
});

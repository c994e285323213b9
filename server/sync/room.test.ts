import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { readMix } from '../../lib/doc';
import { setValue } from '../../lib/mix';
import { CLOSE, encodeHand } from '../../lib/protocol';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { migrate } from '../sql/migrations';
import type { Connection } from './connection';
import { GroupCommit } from './group-commit';
import { client, HandClock, HandSocket, type Heard, HeldLog, settled } from './hand-driven';
import { LIMITS } from './limits';
import { Room } from './room';

const quiet = { info() {}, warn() {}, error() {} };

let clock: HandClock;
let log: HeldLog;
let commit: GroupCommit;
let roles: Map<string, Role>;

beforeEach(async () => {
  const database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  clock = new HandClock();
  log = new HeldLog(embeddedUpdateLog(database));
  commit = new GroupCommit(log, clock);
  roles = new Map([
    ['ann', 'owner'],
    ['ben', 'mixer'],
    ['lis', 'listener'],
  ]);
});

function openRoom(limits = LIMITS, sessionId = 'song'): Room {
  return new Room(sessionId, { log, commit, clock, limits, logger: quiet, roleOf: async (id) => roles.get(id) ?? null });
}

/** Somebody at a room: a document, a line by hand, and what came over it. */
class Person {
  readonly doc = new Y.Doc();
  readonly socket = new HandSocket();
  readonly connection: Connection;
  heard: Heard[] = [];
  private readonly unsent: Uint8Array[] = [];

  constructor(
    private readonly room: Room,
    id: string,
  ) {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.unsent.push(update);
    });
    this.connection = room.join(this.socket, { user: { id, name: id, color: 3 }, role: roles.get(id) ?? 'listener' });
  }

  /** Takes what the room sent; answers its state vector as y-websocket does. */
  listen(): Heard[] {
    const heard = this.socket.take();
    for (const message of heard) {
      if (message.what === 'state-vector') this.say(client.difference(this.doc, message.bytes));
      if (message.what === 'difference' || message.what === 'update') Y.applyUpdate(this.doc, message.bytes, this);
    }
    this.heard.push(...heard);
    return heard;
  }

  /** What y-websocket says when its line opens, and everything up to being in step. */
  async enter(): Promise<this> {
    await this.room.loaded;
    this.say(client.sync(0, Y.encodeStateVector(this.doc)));
    this.listen();
    await clock.advance(8);
    this.listen();
    return this;
  }

  say(bytes: Uint8Array): void {
    this.room.receive(this.connection, bytes);
  }

  /** Sends the updates that the document made. */
  flush(): void {
    for (const update of this.unsent.splice(0)) this.say(client.update(update));
  }

  set(strip: string, field: string, value: unknown): void {
    this.doc.getMap<Y.Map<unknown>>('strips').get(strip)?.set(field, value);
    this.flush();
  }

  fader(strip = 'room'): unknown {
    return this.doc.getMap<Y.Map<unknown>>('strips').get(strip)?.get('fader');
  }

  get saved(): number {
    return Math.max(0, ...this.heard.flatMap((message) => (message.what === 'saved' ? [message.n] : [])));
  }

  get refusal() {
    return this.heard.find((message) => message.what === 'refused');
  }
}

async function company(...ids: string[]): Promise<{ room: Room; people: Person[] }> {
  const room = openRoom();
  const people: Person[] = [];
  for (const id of ids) people.push(await new Person(room, id).enter());
  return { room, people };
}

async function pair(first = 'ann', second = 'ben') {
  const { room, people } = await company(first, second);
  const [one, two] = people;
  if (!one || !two) throw new Error('nobody came');
  return { room, one, two };
}

describe('2 opening', () => {
  test('2.1 nothing is answered before the mix is loaded; what came meanwhile is handled then', async () => {
    const open = log.close();
    const room = openRoom();
    const ann = new Person(room, 'ann');
    ann.say(client.sync(0, Y.encodeStateVector(ann.doc)));
    await settled();
    expect(ann.socket.take()).toEqual([]);
    open();
    await room.loaded;
    expect(ann.listen().map(({ what }) => what)).toEqual(['state-vector', 'awareness', 'difference']);
    expect(readMix(ann.doc).strips.size).toBe(3);
  });

  test('2.1 who sends without end before the mix is loaded is closed', async () => {
    const open = log.close();
    const room = openRoom();
    const ann = new Person(room, 'ann');
    for (let count = 0; count < 3; count++) ann.say(new Uint8Array(1024 * 1024));
    expect(ann.socket.closed?.code).toBe(CLOSE.tooLarge);
    open();
    await room.loaded;
  });

  test('2.2 a newcomer gets the whole mix with what came since it was last encoded', async () => {
    const { room, one } = await pair();
    for (const value of [-1, -2, -3]) {
      one.set('room', 'fader', value);
      await clock.advance(8);
    }
    const late = await new Person(room, 'lis').enter();
    expect(late.fader()).toBe(-3);
    expect(late.heard.filter(({ what }) => what === 'update').length).toBe(3);
  });

  test('2.3 a new session has a mix on disk before anybody sees it', async () => {
    const room = openRoom();
    await room.loaded;
    expect(log.batches.length).toBe(1);
    expect([...room.read().strips.keys()]).toEqual(['room', 'delay', 'master']);
  });
});

describe('3 updates', () => {
  test('3.1 nobody sees a change, and nobody is told that it is saved, before it is on disk', async () => {
    const { one, two } = await pair();
    const open = log.close();
    one.set('room', 'fader', -6);
    await clock.advance(100);
    expect([one.listen(), two.listen()]).toEqual([[], []]);
    open();
    await settled();
    expect(two.listen().map(({ what }) => what)).toEqual(['update']);
    expect(two.fader()).toBe(-6);
    expect(one.listen()).toEqual([{ what: 'saved', n: 2 }]);
  });

  test('3.2 everything within 8 ms, in all rooms, is one transaction', async () => {
    const { one, two } = await pair();
    const other = openRoom(LIMITS, 'other');
    const elsewhere = await new Person(other, 'ann').enter();
    const before = log.batches.length;
    one.set('room', 'fader', -6);
    two.set('delay', 'fader', -7);
    elsewhere.set('room', 'fader', -8);
    await clock.advance(8);
    expect(log.batches.slice(before).map((batch) => batch.map(({ sessionId }) => sessionId))).toEqual([['song', 'song', 'other']]);
  });

  test('3.2 who wrote each update, and with which client id, is on disk with it', async () => {
    const { one } = await pair();
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(log.batches.at(-1)?.[0]).toMatchObject({ userId: 'ann', clientId: one.doc.clientID, sessionId: 'song' });
  });

  test('3.4 when a commit fails nobody sees it, its sender is sent away, and brings it again', async () => {
    const { room, one, two } = await pair();
    log.failNext = new Error('disk full');
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(one.socket.closed?.code).toBe(CLOSE.overloaded);
    expect(two.listen()).toEqual([]);
    two.set('delay', 'fader', -2);
    await clock.advance(8);
    two.listen();
    expect(two.saved).toBe(2);
    const again = new Person(room, 'ann');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(one.doc), again);
    await again.enter();
    two.listen();
    expect([two.fader('room'), again.fader('delay'), again.saved]).toEqual([-6, -2, 1]);
  });

  test('3.5 what is sent again while it is under way is acknowledged only when it is on disk', async () => {
    const { room, one } = await pair();
    const open = log.close();
    one.set('room', 'fader', -6);
    const again = new Person(room, 'ann');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(one.doc), again);
    again.listen();
    await clock.advance(20);
    again.listen();
    expect(again.saved).toBe(0);
    open();
    await settled();
    await clock.advance(8);
    again.listen();
    expect(again.saved).toBe(1);
  });

  test('3.6 the updates of one commit go out as one; who wrote all of it does not get it back', async () => {
    const { one, two } = await pair();
    one.set('room', 'fader', -6);
    one.set('room', 'fader', -7);
    await clock.advance(8);
    expect(two.listen().map(({ what }) => what)).toEqual(['update']);
    expect(one.listen()).toEqual([{ what: 'saved', n: 3 }]);
    expect(two.fader()).toBe(-7);
  });
});

describe('4 the gate, at the room', () => {
  test('4.1 an update of 100 KB is refused by name of the limit, and the mix is as it was', async () => {
    const { room, one, two } = await pair();
    one.say(client.update(new Uint8Array(100 * 1024)));
    one.listen();
    expect(one.refusal).toMatchObject({ n: 2, code: CLOSE.tooLarge, why: expect.stringContaining('64 KB') });
    expect(one.socket.closed?.code).toBe(CLOSE.tooLarge);
    expect(two.listen()).toEqual([]);
    expect(room.people.length).toBe(1);
  });

  test('4.3 an honest client that edits before its first difference loses nothing', async () => {
    const room = openRoom();
    const before = await new Person(room, 'ann').enter();
    before.doc.getMap<Y.Map<unknown>>('strips').get('room')?.set('fader', -3);
    // A new line for the same document: the edit above was never sent, so what follows it has a gap.
    const ann = new Person(room, 'ann');
    Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(before.doc), ann);
    ann.doc.clientID = before.doc.clientID;
    ann.set('room', 'pan', 20);
    expect(ann.socket.closed).toBeNull();
    await ann.enter();
    expect(ann.saved).toBe(2);
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -3, pan: 20 });
  });

  test('4.3 after the first difference a gap is refused', async () => {
    const { one } = await pair();
    one.doc.getMap<Y.Map<unknown>>('strips').get('room')?.set('fader', -3);
    const updates: Uint8Array[] = [];
    one.doc.on('update', (update: Uint8Array) => updates.push(update));
    one.doc.getMap<Y.Map<unknown>>('strips').get('room')?.set('pan', 3);
    one.say(client.update(updates[0] ?? new Uint8Array()));
    one.listen();
    expect(one.refusal).toMatchObject({ n: 2, code: CLOSE.refused });
  });

  test('4.8 a refused update is told with its number and leaves the others and the mix untouched', async () => {
    const { room, one, two } = await pair();
    one.doc.getMap('strips').set('evil', new Y.Map([['fader', 'loud']]));
    one.flush();
    one.listen();
    expect(one.refusal).toMatchObject({ n: 2, code: CLOSE.refused });
    expect(one.socket.closed?.code).toBe(CLOSE.refused);
    two.set('room', 'fader', -4);
    await clock.advance(8);
    expect(room.read().strips.has('evil')).toBe(false);
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -4 });
  });
});

describe('4 the gate, at the room, again and again', () => {
  test('4.9 who is refused again and again stays outside for half a minute; others come and go', async () => {
    const room = openRoom();
    const evil = async () => {
      const person = await new Person(room, 'ben').enter();
      if (!person.socket.closed) person.set('room', 'fader', 'loud');
      return person.socket.closed?.code;
    };
    const codes = [];
    for (let count = 0; count < 14; count++) codes.push(await evil());
    expect(codes.filter((code) => code === CLOSE.refused).length).toBe(11);
    expect(codes.at(-1)).toBe(CLOSE.tooFast);
    expect((await new Person(room, 'ann').enter()).socket.closed).toBeNull();
    await clock.advance(30_000);
    expect((await new Person(room, 'ben').enter()).socket.closed).toBeNull();
  });
});

describe('5 roles', () => {
  test("5.1 a listener's updates are left out in silence and never acknowledged; its empty difference is", async () => {
    const { room, one, two } = await pair('ann', 'lis');
    expect(two.saved).toBe(1);
    two.set('room', 'fader', -60);
    await clock.advance(1000);
    two.listen();
    expect([two.saved, two.socket.closed, two.refusal]).toEqual([1, null, undefined]);
    expect(one.listen()).toEqual([]);
    expect(room.read().strips.get('room')?.values).toEqual({});
  });

  test('5.1 a listener who knows of deletions has an empty difference all the same', async () => {
    const { room, one } = await pair();
    one.set('room', 'fader', -3);
    one.set('room', 'fader', -4);
    await clock.advance(8);
    const lis = await new Person(room, 'lis').enter();
    const again = new Person(room, 'lis');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(lis.doc), again);
    await again.enter();
    expect(again.saved).toBe(1);
  });

  test('5.2 who is removed is closed at once; who becomes a listener stays and can write no more', async () => {
    const { room, one, two } = await pair('ben', 'ann');
    room.setRole('ben', 'listener');
    one.set('room', 'fader', -5);
    await clock.advance(8);
    expect(room.read().strips.get('room')?.values).toEqual({});
    expect(one.socket.closed).toBeNull();
    room.setRole('ben', null);
    expect(one.socket.closed?.code).toBe(CLOSE.forbidden);
    expect(two.socket.closed).toBeNull();
  });

  test('5.3 a role that changed behind our back acts within a second of messages', async () => {
    const { room, one } = await pair('ben', 'ann');
    roles.set('ben', 'listener');
    await clock.advance(1000);
    one.set('room', 'fader', -5);
    await clock.advance(8);
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -5 });
  });

  test('5.4 who may write again is asked for all that was left out', async () => {
    const { room, one, two } = await pair('ben', 'ann');
    roles.set('ben', 'listener');
    room.setRole('ben', 'listener');
    one.set('room', 'fader', -5);
    roles.set('ben', 'mixer');
    room.setRole('ben', 'mixer');
    one.set('room', 'pan', 10);
    expect(one.listen().map(({ what }) => what)).toContain('state-vector');
    await clock.advance(8);
    two.listen();
    one.listen();
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -5, pan: 10 });
    expect([two.fader(), one.saved]).toEqual([-5, 4]);
  });
});

describe('6 awareness', () => {
  const entries = (heard: readonly Heard[]) => heard.flatMap((message) => (message.what === 'awareness' ? message.entries : []));

  test('6.1 the first id shown is the own one; 6.2 who it is says the service', async () => {
    const { one, two } = await pair();
    one.say(client.entry(11, 1, { user: { id: 'ben', name: 'Forged', color: 9 }, role: 'owner', selected: 'room', secret: 'x' }));
    await clock.advance(50);
    expect(entries(two.listen())).toEqual([
      { client: 11, clock: expect.any(Number), state: { user: { id: 'ann', name: 'ann', color: 3 }, role: 'owner', selected: 'room' } },
    ]);
    expect(entries(one.listen())).toEqual([]);
  });

  test("6.1 what a connection says of others is not heard, and another user's id is not taken", async () => {
    const { one, two } = await pair();
    one.say(client.entry(11, 1, {}));
    two.say(client.entry(22, 1, {}));
    await clock.advance(50);
    one.listen();
    two.listen();
    two.say(client.entry(11, 5, { selected: 'delay' }));
    two.say(client.entry(11, 6, null));
    await clock.advance(50);
    expect([entries(one.listen()), entries(two.listen())]).toEqual([[], []]);
  });

  test('6.3 who comes back with the same id and clock is seen again', async () => {
    const { room, one, two } = await pair();
    one.say(client.entry(11, 1, {}));
    await clock.advance(50);
    const [first] = entries(two.listen());
    room.leave(one.connection);
    await clock.advance(50);
    const [gone] = entries(two.listen());
    const back = new Person(room, 'ann');
    back.say(client.entry(11, 1, {}));
    await clock.advance(50);
    const [again] = entries(two.listen());
    expect([gone?.state, again?.client]).toEqual([null, 11]);
    expect(gone?.clock).toBeGreaterThan(first?.clock ?? 0);
    expect(again?.clock).toBeGreaterThan(gone?.clock ?? 0);
  });

  test('6.3 an entry with an older clock than the last is not heard', async () => {
    const { one, two } = await pair();
    one.say(client.entry(11, 5, { selected: 'room' }));
    one.say(client.entry(11, 4, { selected: 'delay' }));
    await clock.advance(50);
    expect(entries(two.listen()).map(({ state }) => state?.['selected'])).toEqual(['room']);
  });

  test('6.2 too large, too many, and what is no state are dropped', async () => {
    const { one, two } = await pair();
    one.say(client.entry(11, 1, { selected: 'x'.repeat(3000) }));
    one.say(client.entry(11, 2, 'text'));
    one.say(client.entry(11, 3, [1]));
    await clock.advance(50);
    expect(entries(two.listen())).toEqual([]);
    for (let count = 0; count < 100; count++) one.say(client.entry(11, 4 + count, { position: count }));
    await clock.advance(50);
    const [last] = entries(two.listen());
    expect(last?.state?.['position']).toBeLessThan(20);
  });

  test('6.4 several changes are one message; a newcomer is told who is here', async () => {
    const { room, people } = await company('ann', 'ben', 'lis');
    const [ann, ben, lis] = people;
    ann?.say(client.entry(11, 1, {}));
    ben?.say(client.entry(22, 1, {}));
    await clock.advance(50);
    const heard = lis?.listen() ?? [];
    expect(heard.map(({ what }) => what)).toEqual(['awareness']);
    expect(entries(heard).map(({ client: id }) => id)).toEqual([11, 22]);
    expect(entries(ann?.listen() ?? []).map(({ client: id }) => id)).toEqual([22]);
    const late = new Person(room, 'lis');
    expect(entries(late.listen()).map(({ client: id }) => id)).toEqual([11, 22]);
  });
});

describe('7 hands', () => {
  const [move = new Uint8Array()] = encodeHand({ released: false, values: [['strip/room/fader', -6]] });
  const hands = (person: Person) => person.listen().filter(({ what }) => what === 'hand');

  test("7.1 a mixer's hand is passed on at once with its client id; a listener's, and one without an id, is not", async () => {
    const { people } = await company('ann', 'lis');
    const [ann, lis] = people;
    ann?.say(move);
    expect(lis && hands(lis)).toEqual([]);
    ann?.say(client.entry(11, 1, {}));
    lis?.say(client.entry(33, 1, {}));
    ann?.say(move);
    lis?.say(move);
    expect(lis && hands(lis)).toMatchObject([{ client: 11 }]);
    expect(ann && hands(ann)).toEqual([]);
    expect(log.batches.length).toBe(1);
  });

  test('7.2 no more than 60 a second, no longer than 256 bytes, none to who is behind', async () => {
    const { one, two } = await pair();
    one.say(client.entry(11, 1, {}));
    let passed = 0;
    for (let tick = 0; tick < 200; tick++) {
      one.say(move);
      passed += hands(two).length;
      await clock.advance(5);
    }
    expect(passed).toBeGreaterThan(55);
    expect(passed).toBeLessThanOrEqual(76);
    await clock.advance(1000);
    one.say(Uint8Array.of(103, 0x81, 0x02, ...new Uint8Array(257)));
    two.socket.buffered = 65 * 1024;
    one.say(move);
    expect(hands(two)).toEqual([]);
    expect(two.socket.closed).toBeNull();
  });
});

describe('8 lines', () => {
  test.each([
    ['an unknown type', [77, 1]],
    ['an empty message', []],
    ['an unknown sync message', [0, 9, 0]],
    ['a length that lies', [0, 2, 200, 1]],
    ['a number without end', [0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255]],
  ])('1.2 %s closes with 4400', async (_, bytes) => {
    const { one, two } = await pair();
    one.say(Uint8Array.from(bytes));
    expect(one.socket.closed?.code).toBe(CLOSE.malformed);
    expect(two.socket.closed).toBeNull();
  });

  test('1.2 a type written with more bytes than it needs is the same type', async () => {
    const { room, people } = await company('lis');
    const [lis] = people;
    const doc = new Y.Doc();
    doc.getMap('strips').set('x', new Y.Map([['kind', 'stem']]));
    const update = Y.encodeStateAsUpdate(doc);
    // 0 and 2, each as two bytes: a check of the first bytes alone would let this pass as nothing that it knows.
    lis?.say(Uint8Array.of(0x80, 0x00, 0x82, 0x00, update.length, ...update));
    await clock.advance(8);
    expect(lis?.socket.closed).toBeNull();
    expect(room.read().strips.has('x')).toBe(false);
  });

  test('8.1 a reader that is too slow is closed to come back, and nobody else notices', async () => {
    const { one, two } = await pair();
    two.socket.buffered = 9 * 1024 * 1024;
    one.set('room', 'fader', -6);
    await clock.advance(8);
    one.listen();
    expect([two.socket.closed?.code, one.socket.closed, one.saved]).toEqual([CLOSE.overloaded, null, 2]);
  });

  test('8.2 who hears nothing else hears that the line is alive', async () => {
    const { people } = await company('ann');
    await clock.advance(30_000);
    expect(people[0]?.listen()).toEqual([{ what: 'awareness', entries: [] }]);
  });

  test('8.3 a flood of messages, or of requests for the mix, is closed', async () => {
    const { one, two } = await pair();
    for (let count = 0; count < 7000; count++) one.say(Uint8Array.of(3));
    expect(one.socket.closed?.code).toBe(CLOSE.tooFast);
    for (let count = 0; count < 20; count++) two.say(client.sync(0, Uint8Array.of(0)));
    expect(two.socket.closed?.code).toBe(CLOSE.tooFast);
  });
});

describe('9 disk and memory', () => {
  test('9.1 more than 500 rows become one snapshot, and the mix read from it is the same', async () => {
    const { room, one } = await pair();
    for (let count = 0; count < 520; count++) {
      one.set('room', 'fader', -(count % 50) - 1);
      if (count % 50 === 0) await clock.advance(1000);
    }
    await clock.advance(1000);
    expect(await log.count('song')).toBeLessThan(100);
    const [snapshot] = await log.read('song');
    expect(snapshot?.update.length).toBeLessThan(5000);
    const reopened = openRoom();
    await reopened.loaded;
    expect(reopened.read()).toEqual(room.read());
  });

  test('9.4 a change of the server goes the same way: on disk first, then to everybody', async () => {
    const { room, one } = await pair();
    const written = room.edit((mix) => setValue(mix, { on: 'strip', id: 'room', parameter: 'fader' }, -9));
    expect(one.listen()).toEqual([]);
    await clock.advance(8);
    await written;
    one.listen();
    expect(one.fader()).toBe(-9);
  });

  test('9.4 two changes of the server at once see each other', async () => {
    const room = openRoom();
    await room.loaded;
    const fader = { on: 'strip', id: 'room', parameter: 'fader' } as const;
    const down = () => room.edit((mix) => setValue(mix, fader, (mix.strips.get('room')?.values['fader'] ?? 0) - 1));
    const both = [down(), down()];
    await clock.advance(8);
    await Promise.all(both);
    expect(room.read().strips.get('room')?.values['fader']).toBe(-2);
  });

  test('9.4 a change of the server that the layout does not know is refused to the server too', async () => {
    const room = openRoom();
    await room.loaded;
    const edit = room.edit(() => [{ do: 'put', map: 'strips', id: 'room', fields: { nonsense: 1 } }]);
    await expect(edit).rejects.toThrow('No field');
  });
});

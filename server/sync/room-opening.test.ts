import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readMix } from '../../lib/doc';
import { CLOSE } from '../../lib/protocol';
import { client, settled } from './hand-driven';
import { clock, log, openRoom, Person, pair } from './staged-room.fixture';

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

  test('2.4 exact differences have a budget; past it the whole document goes, and brings to the same state', async () => {
    const { room, one } = await pair();
    for (let count = 0; count < 240; count++) one.doc.getMap('strips').set(`s${count}`, new Y.Map([['kind', 'stem']]));
    one.doc.getMap('strips').forEach((strip) => {
      if (strip instanceof Y.Map) for (const field of ['fader', 'pan', 'trim', 'width']) strip.set(field, 1);
    });
    one.flush();
    await clock.advance(8);
    one.listen();
    // Everything that is there, and a client that nobody knows: what is lacking is nothing, and yet all of it has to be looked at.
    const vector = Y.encodeStateVector(new Map([...Y.decodeStateVector(Y.encodeStateVector(one.doc)), [7777, 1]]));
    const ask = (count: number) => {
      const asking = new Person(room, 'lis');
      asking.listen();
      const answers = Array.from({ length: count }, () => {
        asking.say(client.sync(0, vector));
        return asking.socket.take().flatMap((message) => ('bytes' in message ? [message.bytes] : []));
      });
      room.leave(asking.connection);
      return answers;
    };
    const whole = room.encode();
    const isExact = (answer: readonly Uint8Array[]) => answer.reduce((sum, { length }) => sum + length, 0) < whole.length / 10;
    const all = Array.from({ length: 30 }, () => ask(10)).flat();
    expect(all.filter(isExact).length).toBeGreaterThan(0);
    expect(all.filter(isExact).length).toBeLessThan(100);
    const newcomer = new Y.Doc();
    for (const bytes of all.at(-1) ?? []) Y.applyUpdate(newcomer, bytes);
    expect(readMix(newcomer)).toEqual(room.read());
    await clock.advance(10_000);
    expect(ask(10).every(isExact)).toBe(true);
  });
});

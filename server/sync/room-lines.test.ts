import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/protocol';
import { client } from './hand-driven';
import { clock, company, pair } from './staged-room.fixture';

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

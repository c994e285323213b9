import { describe, expect, test } from 'vitest';
import { encodeHand } from '../../lib/protocol';
import { client } from './hand-driven';
import { clock, company, log, type Person, pair } from './staged-room.fixture';

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

import { describe, expect, test } from 'vitest';
import type { Ears } from '../../lib/protocol';
import { client, type Heard } from './hand-driven';
import { clock, company, Person, pair } from './staged-room.fixture';

const SILENT_EARS: Ears = {
  ...{ sound: 'off', stems: 12, lacking: 0, lacks: [], effects: 0, rate: null, latency: 0, nudge: 0 },
  ...{ gaps: 0, moved: 0, ways: [], unsaved: 0, mix: '00ff00ff00ff00ff', print: null },
};

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
    for (let count = 0; count < 100; count++) one.say(client.entry(11, 4 + count, { selected: `s${count}` }));
    await clock.advance(50);
    const [last] = entries(two.listen());
    expect(Number(String(last?.state?.['selected']).slice(1))).toBeLessThan(20);
  });

  test('6.2 what a page plays is passed on in its agreed shape; any other shape is left out, and the rest is heard', async () => {
    const { one, two } = await pair();
    const ears = { ...SILENT_EARS, lacking: 1, lacks: [{ stem: 'bass', why: 'loading' }] };
    one.say(client.entry(11, 1, { ears: { ...ears, secret: 'x' } }));
    await clock.advance(50);
    expect(entries(two.listen()).map(({ state }) => state?.['ears'])).toEqual([ears]);
    one.say(client.entry(11, 2, { selected: 'room', ears: { ...ears, print: 'not a hash' } }));
    await clock.advance(50);
    const [last] = entries(two.listen());
    expect([last?.state?.['selected'], last?.state?.['ears']]).toEqual(['room', undefined]);
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

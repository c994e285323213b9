import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, encodeHand } from '../../lib/protocol';
import { HandChannels } from './hand-channels.fixture';
import { client, type Heard, settled } from './hand-driven';
import { LIMITS } from './limits';
import { clock, ended, log, openRoom, Person } from './staged-room.fixture';

/** Ann and ben in one session on two instances. */
async function apart() {
  const channels = new HandChannels();
  const [one, other] = [openRoom(LIMITS, 'song', channels.of('one')), openRoom(LIMITS, 'song', channels.of('other'))];
  const ann = await new Person(one, 'ann').enter();
  const ben = await new Person(other, 'ben').enter();
  channels.deliver();
  await settled();
  return { channels, one, other, ann, ben };
}
const entries = (heard: readonly Heard[]) => heard.flatMap((message) => (message.what === 'awareness' ? message.entries : []));

describe('10 more than one instance', () => {
  test('10.2 what is on disk here is there without the log being read', async () => {
    const { channels, ann, ben } = await apart();
    const open = log.closeReading();
    ann.set('room', 'fader', -7);
    await clock.advance(8);
    channels.deliver();
    ben.listen();
    expect(ben.fader()).toBe(-7);
    open();
  });

  test('10.2 a lost message is noticed with the next one, and read from the log', async () => {
    const { channels, ann, ben } = await apart();
    ann.set('room', 'pan', 20);
    await clock.advance(8);
    channels.deliver();
    ann.doc.transact(() => ann.doc.getMap('strips').delete('delay'));
    ann.flush();
    await clock.advance(8);
    channels.lose();
    ann.set('room', 'fader', -3);
    await clock.advance(8);
    channels.deliver();
    await settled();
    ben.listen();
    expect([ben.fader(), ben.doc.getMap('strips').has('delay')]).toEqual([-3, false]);
  });

  test('10.2 what builds on something lost waits for it; meanwhile everybody here is heard as ever', async () => {
    const { channels, ann, ben } = await apart();
    ann.doc.transact(() => ann.doc.getMap('inserts').set('fresh', new Y.Map()));
    ann.flush();
    await clock.advance(8);
    channels.lose();
    const open = log.closeReading();
    ann.doc.transact(() => ann.doc.getMap<Y.Map<unknown>>('inserts').get('fresh')?.set('type', 'delay'));
    ann.flush();
    await clock.advance(8);
    channels.deliver();
    ben.set('room', 'fader', -9);
    await clock.advance(8);
    ben.listen();
    expect([ben.socket.closed, ben.saved]).toEqual([null, 2]);
    open();
    await settled();
    ben.listen();
    expect(ben.doc.getMap<Y.Map<unknown>>('inserts').get('fresh')?.get('type')).toBe('delay');
  });

  test('10.14 one client id with two contents at once: the one that is in the log second is found, and its people begin anew', async () => {
    const { channels, one, ann, ben } = await apart();
    const twin = await new Person(one, 'ann').enter();
    const rival = ben;
    // Two pages of one person who took the same number, on two instances, before either had heard of the other.
    twin.doc.clientID = 7777;
    rival.doc.clientID = 7777;
    twin.set('room', 'fader', -6);
    await clock.advance(8);
    rival.set('room', 'pan', 30);
    await clock.advance(8);
    channels.deliver();
    for (let turn = 0; turn < 4; turn++) await settled();
    await clock.advance(20);
    for (let turn = 0; turn < 4; turn++) await settled();
    expect(rival.socket.closed?.code).toBe(CLOSE.refused);
    expect([ann.socket.closed, twin.socket.closed]).toEqual([null, null]);
    expect(ended).toEqual(['song']);
    const again = openRoom(LIMITS, 'song', channels.of('third'));
    await again.loaded;
    expect(again.read().strips.get('room')?.values).toEqual(one.read().strips.get('room')?.values);
  });

  test('10.14 the same change by two instances, as after a line that broke, harms nobody', async () => {
    const { channels, one, other, ann, ben } = await apart();
    const moved = new Person(other, 'ann');
    Y.applyUpdate(moved.doc, Y.encodeStateAsUpdate(ann.doc), moved);
    moved.doc.clientID = ann.doc.clientID;
    await moved.enter();
    const before = Y.encodeStateVector(ann.doc);
    ann.doc.getMap<Y.Map<unknown>>('strips').get('room')?.set('fader', -5);
    const change = client.update(Y.encodeStateAsUpdate(ann.doc, before));
    ann.say(change);
    moved.say(change);
    await clock.advance(8);
    channels.deliver();
    for (let turn = 0; turn < 4; turn++) await settled();
    await clock.advance(20);
    for (const person of [ann, ben, moved]) person.listen();
    expect([ann, ben, moved].map(({ socket }) => socket.closed)).toEqual([null, null, null]);
    expect([one, other].map((room) => room.read().strips.get('room')?.values)).toEqual([{ fader: -5 }, { fader: -5 }]);
  });

  test('10.4 whatever is lost is there within 5 s, both ways', async () => {
    const { channels, ann, ben } = await apart();
    ann.set('room', 'fader', -11);
    ben.set('delay', 'fader', -12);
    await clock.advance(8);
    channels.lose();
    await clock.advance(5000);
    for (const person of [ann, ben]) person.listen();
    expect([ben.fader(), ann.fader('delay')]).toEqual([-11, -12]);
  });

  test("10.2 the client ids of another instance's people are theirs here too", async () => {
    const { channels, ann, other } = await apart();
    ann.set('room', 'fader', -7);
    await clock.advance(8);
    channels.deliver();
    const forger = await new Person(other, 'ben').enter();
    forger.doc.clientID = ann.doc.clientID;
    forger.set('room', 'fader', 6);
    await clock.advance(8);
    forger.listen();
    expect(forger.refusal).toMatchObject({ why: expect.stringContaining("somebody else's client id") });
  });

  test('10.6 people are seen there; those of an instance that says nothing any more are gone', async () => {
    const { channels, ann, ben } = await apart();
    ann.say(client.entry(11, 1, { selected: 'room' }));
    await clock.advance(50);
    channels.deliver();
    await clock.advance(50);
    const [seen] = entries(ben.listen());
    expect(seen).toMatchObject({ client: 11, state: { role: 'owner', selected: 'room' } });
    for (let beat = 0; beat < 5; beat++) {
      await clock.advance(4000);
      channels.lose();
    }
    const gone = entries(ben.listen()).at(-1);
    expect(gone).toMatchObject({ client: 11, state: null });
    expect(gone?.clock).toBeGreaterThan(seen?.clock ?? 0);
  });

  test('10.6 who comes again on another instance has moved: the old line has nothing more to say', async () => {
    const { channels, one, other, ann, ben } = await apart();
    ann.say(client.entry(11, 1, {}));
    await clock.advance(50);
    channels.deliver();
    const again = await new Person(other, 'ann').enter();
    again.say(client.entry(11, 2, { selected: 'delay' }));
    await clock.advance(50);
    channels.deliver();
    one.leave(ann.connection);
    await clock.advance(50);
    channels.deliver();
    await clock.advance(50);
    expect(entries(ben.listen()).at(-1)).toMatchObject({ client: 11, state: { selected: 'delay' } });
  });

  test('10.7 a hand goes on as it came, and one that is late does not', async () => {
    const { channels, ann, ben } = await apart();
    const [move = new Uint8Array()] = encodeHand({ released: false, values: [['strip/room/fader', -6]] });
    ann.say(client.entry(11, 1, {}));
    ann.say(move);
    channels.deliver();
    expect(ben.listen().filter(({ what }) => what === 'hand')).toMatchObject([{ client: 11 }]);
    ann.say(move);
    channels.age = 300;
    channels.deliver();
    expect(ben.listen().filter(({ what }) => what === 'hand')).toEqual([]);
  });

  test('10.11 a snapshot holds what the others wrote, heard of or not', async () => {
    const { channels, ann, ben } = await apart();
    ben.set('delay', 'fader', -12);
    await clock.advance(8);
    for (let count = 0; count < 520; count++) {
      ann.set('room', 'fader', -(count % 50) - 1);
      if (count % 50 === 0) await clock.advance(8);
      channels.lose();
    }
    await clock.advance(8);
    await settled();
    expect(await log.count('song')).toBeLessThan(100);
    const reopened = openRoom();
    await reopened.loaded;
    expect(reopened.read().strips.get('delay')?.values['fader']).toBe(-12);
    expect(reopened.read().strips.get('room')?.values['fader']).toBe(-20);
  });
});

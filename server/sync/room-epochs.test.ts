import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { epochOf, readMix } from '../../lib/doc';
import { CLOSE } from '../../lib/protocol';
import { HandChannels } from './hand-channels.fixture';
import { client, settled } from './hand-driven';
import { LIMITS } from './limits';
import { clock, log, openRoom, Person } from './staged-room.fixture';

/** A tenth of it may be past. */
const SMALL = { ...LIMITS, documentBytes: 100_000 };
const open = () => openRoom(SMALL);

/** Two controls in turn, whose values never merge: 14 KB of past in one message. */
function outgrow(person: Person): void {
  const strip = person.doc.getMap<Y.Map<unknown>>('strips').get('room');
  person.doc.transact(() => {
    for (let n = 0; n < 1600; n++) strip?.set(n % 2 ? 'pan' : 'fader', -(n % 60) - 0.5);
  });
  person.flush();
}

const whole = (person: Person) => Y.encodeStateAsUpdate(person.doc).length;
const epoch = (person: Person) => epochOf(Y.decodeStateVector(Y.encodeStateVector(person.doc)).keys());

/** Lets everything be written. */
async function written(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await clock.advance(8);
    await settled();
  }
}

/** Ann, in a room that has outgrown and come to an end. */
async function turned() {
  const room = open();
  const ann = await new Person(room, 'ann').enter();
  ann.set('room', 'name', 'Hall');
  await clock.advance(2000);
  outgrow(ann);
  await written();
  return { room, ann };
}

describe('12 epochs', () => {
  test('12.1 a document that is to a tenth of its limit the past of its mix goes, and the next one holds the same mix', async () => {
    const { room, ann } = await turned();
    expect(ann.socket.closed?.code).toBe(CLOSE.moved);
    const ben = await new Person(open(), 'ben').enter();
    expect(readMix(ben.doc)).toEqual(readMix(ann.doc));
    expect([epoch(ann), epoch(ben)]).toEqual([0, 1]);
    expect(whole(ann)).toBeGreaterThan(10_000);
    expect(whole(ben)).toBeLessThan(1000);
    expect(room.people).toEqual([]);
  });

  test('12.1 one that holds as much and all of it lives stays', async () => {
    const ann = await new Person(open(), 'ann').enter();
    ann.doc.transact(() => {
      for (let n = 0; n < 300; n++) ann.doc.getMap('markers').set(`m${n}`, new Y.Map([['name', 'x'.repeat(80)]]));
    });
    ann.flush();
    await written();
    expect(ann.socket.closed).toBeNull();
    expect(whole(ann)).toBeGreaterThan(20_000);
  });

  test('12.1 a lane of which nearly all is past ends it too', async () => {
    const ann = await new Person(openRoom(), 'ann').enter();
    const lanes = ann.doc.getMap<Y.Map<unknown>>('automation');
    lanes.set('strip/room/fader', new Y.Map());
    for (let nth = 0; nth < 10 && !ann.socket.closed; nth++) {
      ann.doc.transact(() => {
        const lane = lanes.get('strip/room/fader');
        for (const name of [...(lane?.keys() ?? [])]) lane?.delete(name);
        for (let n = 0; n < 1000; n++) lane?.set(`p${nth}x${n}`, `${n} 0 l`);
      });
      ann.flush();
      await written();
    }
    expect(ann.socket.closed?.code).toBe(CLOSE.moved);
    const again = await new Person(openRoom(), 'ann').enter();
    expect(readMix(again.doc)).toEqual(readMix(ann.doc));
    expect(again.doc.getMap<Y.Map<unknown>>('automation').get('strip/room/fader')?._map.size).toBe(1000);
  });

  test('12.2 what was acknowledged is in the new document; what comes too late for it is not acknowledged', async () => {
    const room = open();
    const [ann, ben] = [await new Person(room, 'ann').enter(), await new Person(room, 'ben').enter()];
    outgrow(ann);
    await clock.advance(8);
    // The commit is done and the new document is on its way.
    ben.set('delay', 'fader', -9);
    await written();
    ben.listen();
    const acknowledged = ben.saved === 2;
    const stranger = await new Person(open(), 'ann').enter();
    expect(stranger.fader('delay') === -9).toBe(acknowledged);
    expect(ben.socket.closed?.code).toBe(CLOSE.moved);
  });

  test('12.3 who comes with the document of before is sent away, having been sent nothing of the new one', async () => {
    const { ann } = await turned();
    const room = open();
    const late = new Person(room, 'ann');
    Y.applyUpdate(late.doc, Y.encodeStateAsUpdate(ann.doc), late);
    await room.loaded;
    late.say(client.sync(0, Y.encodeStateVector(late.doc)));
    expect(late.socket.closed?.code).toBe(CLOSE.moved);
    expect(late.socket.take().filter(({ what }) => what === 'difference' || what === 'update')).toEqual([]);
  });

  test('12.3 nothing of the document of before is taken, with a question or without', async () => {
    const { ann } = await turned();
    const room = open();
    const before = await new Person(room, 'ben').enter();
    const late = new Person(room, 'ann');
    late.say(client.difference(ann.doc));
    await written();
    expect(late.socket.take().find(({ what }) => what === 'refused')).toMatchObject({ code: CLOSE.moved });
    const only = new Person(room, 'ann');
    ann.doc.getMap<Y.Map<unknown>>('strips').get('delay')?.set('fader', -3);
    only.say(client.update(Y.encodeStateAsUpdate(ann.doc, Y.encodeStateVector(before.doc))));
    await written();
    expect(only.socket.closed?.code).toBe(CLOSE.moved);
    expect(before.socket.closed).toBeNull();
    expect(readMix(before.doc)).toEqual(room.read());
  });

  test('12.3 being sent away so counts as no refusal: one may come back at once, as often as it happens', async () => {
    const { ann } = await turned();
    const room = open();
    await room.loaded;
    for (let n = 0; n < 30; n++) new Person(room, 'ann').say(client.sync(0, Y.encodeStateVector(ann.doc)));
    const fresh = await new Person(room, 'ann').enter();
    expect(fresh.socket.closed).toBeNull();
    expect(fresh.saved).toBe(1);
  });

  test('12.3 the ids with which documents begin are nobody else’s', async () => {
    const room = open();
    const ann = new Person(room, 'ann');
    ann.doc.clientID = 2;
    await ann.enter();
    ann.set('room', 'fader', -2);
    await written();
    ann.listen();
    expect(ann.socket.closed?.code).toBeGreaterThanOrEqual(4400);
    const ben = await new Person(room, 'ben').enter();
    expect([ben.fader(), epoch(ben)]).toEqual([undefined, 0]);
  });

  test('12.4 the history goes on over it: each gesture, and the mix after each', async () => {
    const { ann } = await turned();
    const room = open();
    const ben = await new Person(room, 'ben').enter();
    ben.set('room', 'name', 'Cellar');
    await written();
    const gestures = await log.gesturesAfter('song', 0);
    expect(gestures.map(({ userId }) => userId)).toEqual([null, 'ann', 'ann', 'ben']);
    const names = await Promise.all(gestures.map(async ({ sequence }) => (await room.past(sequence)).strips.get('room')?.name));
    expect(names).toEqual(['Room', 'Hall', 'Hall', 'Cellar']);
    expect((await room.past(gestures[2]?.sequence ?? 0)).strips).toEqual(readMix(ann.doc).strips);
  });

  test('12.5 a new document that cannot be written leaves the one that was', async () => {
    const room = open();
    const ann = await new Person(room, 'ann').enter();
    log.turn = () => Promise.reject(new Error('the disk is full'));
    outgrow(ann);
    await written();
    ann.listen();
    expect([ann.socket.closed?.code, ann.saved]).toEqual([CLOSE.overloaded, 2]);
    const again = new Person(open(), 'ann');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ann.doc), again);
    await again.enter();
    expect([again.socket.closed, epoch(again)]).toEqual([null, 0]);
  });

  test('12.5 the service’s own change that came too late says so, to be made again', async () => {
    const room = open();
    const ann = await new Person(room, 'ann').enter();
    outgrow(ann);
    await clock.advance(8);
    const late = room.edit(() => [{ do: 'put', map: 'strips', id: 'delay', fields: { fader: -4 } }]).catch((error: Error) => error.message);
    await written();
    const stranger = await new Person(open(), 'ben').enter();
    expect((await late) === 'The mix has moved to a new document').toBe(stranger.fader('delay') === undefined);
  });

  /** Ann and ben in one session on two instances. */
  async function apart() {
    const channels = new HandChannels();
    const [one, other] = [openRoom(SMALL, 'song', channels.of('one')), openRoom(SMALL, 'song', channels.of('other'))];
    const [ann, ben] = [await new Person(one, 'ann').enter(), await new Person(other, 'ben').enter()];
    channels.deliver();
    await settled();
    return { channels, ann, ben };
  }

  test('12.6 another instance hears of it', async () => {
    const { channels, ann, ben } = await apart();
    outgrow(ann);
    await written();
    channels.deliver();
    expect([ann, ben].map(({ socket }) => socket.closed?.code)).toEqual([CLOSE.moved, CLOSE.moved]);
  });

  test('12.6 one that hears nothing finds it in the log, at once with its next change, which it does not acknowledge', async () => {
    const { channels, ann, ben } = await apart();
    outgrow(ann);
    await written();
    channels.lose();
    expect(ben.socket.closed).toBeNull();
    ben.set('delay', 'fader', -9);
    await written();
    ben.listen();
    expect([ben.socket.closed?.code, ben.saved]).toEqual([CLOSE.moved, 1]);
    const stranger = await new Person(open(), 'ben').enter();
    expect(stranger.fader('delay')).toBeUndefined();
  });

  test('12.6 or within four seconds', async () => {
    const { channels, ann, ben } = await apart();
    outgrow(ann);
    await written();
    channels.lose();
    await clock.advance(4000);
    await settled();
    expect(ben.socket.closed?.code).toBe(CLOSE.moved);
  });

  test('12.6 what another instance wrote unheard is in the new document', async () => {
    const { channels, ann, ben } = await apart();
    ben.set('delay', 'fader', -9);
    await written();
    channels.lose();
    outgrow(ann);
    await written();
    const stranger = await new Person(open(), 'ben').enter();
    expect([stranger.fader('delay'), epoch(stranger)]).toEqual([-9, 1]);
  });

  test('12.7 epochs follow each other', async () => {
    for (let nth = 1; nth <= 3; nth++) {
      outgrow(await new Person(open(), 'ann').enter());
      await written();
      expect(epoch(await new Person(open(), 'ben').enter())).toBe(nth);
    }
  });
});

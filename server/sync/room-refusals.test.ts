import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/protocol';
import { client } from './hand-driven';
import { clock, openRoom, Person, pair } from './staged-room.fixture';

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

  test('4.9 a refusal that is only seen when it is applied makes the shadow anew, and counts for ten', async () => {
    const room = openRoom();
    const ann = await new Person(room, 'ann').enter();
    for (let count = 0; count < 253; count++) ann.doc.getMap('strips').set(`s${count}`, new Y.Map([['kind', 'stem']]));
    ann.flush();
    await clock.advance(8);
    const evil = async () => {
      const person = await new Person(room, 'ben').enter();
      // One goes and two come: how many there are then is known when it has been done.
      const before = Y.encodeStateVector(person.doc);
      person.doc.getMap('strips').delete('s0');
      for (const id of ['x', 'y']) person.doc.getMap('strips').set(id, new Y.Map([['kind', 'stem']]));
      person.say(client.update(Y.encodeStateAsUpdate(person.doc, before)));
      return person.socket.closed?.code;
    };
    expect([await evil(), await evil(), await evil()]).toEqual([CLOSE.refused, CLOSE.refused, CLOSE.tooFast]);
    expect(room.read().strips.size).toBe(256);
  });
});

describe('4.10 and 4.11 what an update costs the room', () => {
  const key = 'strip/room/fader';
  const lane = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('automation').get(key) as Y.Map<unknown>;
  const churn = (doc: Y.Doc, nth: number) =>
    doc.transact(() => {
      for (const name of [...lane(doc).keys()]) lane(doc).delete(name);
      for (let n = 0; n < 1000; n++) lane(doc).set(`p${nth}x${n}`, `${n} 0 l`);
    });

  test('who changes far more than anybody can is cut off, the others are not, and it is all there when they come again', async () => {
    const { one, two } = await pair();
    const changes = (from: number) =>
      one.doc.transact(() => {
        for (let n = 0; n < 2000; n++)
          one.doc
            .getMap<Y.Map<unknown>>('strips')
            .get('room')
            ?.set('pan', (from + n) % 97);
      });
    one.doc.getMap('automation').set(key, new Y.Map());
    for (let nth = 0; nth < 130 && !one.socket.closed; nth++) {
      if (nth % 2) changes(nth);
      churn(one.doc, nth % 5);
      one.flush();
    }
    expect(one.socket.closed?.code).toBe(CLOSE.tooFast);
    expect(two.socket.closed).toBeNull();
    // So much of it is past that the mix goes on in a new document (12.1).
    await clock.advance(10_000);
    const again = await new Person(openRoom(), 'ann').enter();
    expect(again.socket.closed).toBeNull();
    expect([...lane(again.doc).keys()].length).toBe(1000);
  });
});

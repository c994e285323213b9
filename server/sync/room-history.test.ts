import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAPS, readMix, readRecords, transactChanges } from '../../lib/doc';
import {
  addInsert,
  addMarker,
  addPoint,
  addStrip,
  type Change,
  type Difference,
  followDifferences,
  type Mix,
  type Records,
  removeInsert,
  removeStrip,
  renameStrip,
  setValue,
  type Target,
} from '../../lib/mix';
import type { LoggedGesture } from '../ports';
import { HandChannels } from './hand-channels.fixture';
import { LIMITS } from './limits';
import type { Room } from './room';
import { clock, company, log, openRoom, Person, pair } from './staged-room.fixture';

const fader = (id: string): Target => ({ on: 'strip', id, parameter: 'fader' });
const differences = ({ body }: LoggedGesture) => (JSON.parse(body) as { differences: Difference[] }).differences;
/** What people did, as `ann set strips/room/fader undefined>-6`. */
const told = async () => {
  const gestures = (await log.gesturesAfter('song', 0)).filter(({ kind }) => kind !== 'upkeep');
  return gestures.map(
    (one) =>
      `${one.userId} ${one.kind}${one.reverts === null ? '' : ' back'} ${differences(one)
        .map((each) => `${each.map}/${each.id}${each.did === 'set' ? `/${each.field} ${each.from}>${each.to}` : ` ${each.did}`}`)
        .join(', ')}`,
  );
};
const act = (person: Person, build: (mix: Mix) => readonly Change[]) => {
  transactChanges(person.doc, build(readMix(person.doc)), 'gesture');
  person.flush();
};
const turn = async (...people: Person[]) => {
  await clock.advance(10);
  for (const person of people) person.listen();
};

test('11.1 a value that becomes different is a gesture: who, which control, from, to', async () => {
  const { one, two } = await pair();
  act(one, (mix) => setValue(mix, fader('room'), -6));
  await clock.advance(1500);
  act(one, (mix) => setValue(mix, fader('room'), -9));
  await turn(one, two);
  act(two, () => renameStrip('room', 'Hall'));
  await turn(one, two);
  expect(await told()).toEqual([
    'ann set strips/room/fader undefined>-6',
    'ann set strips/room/fader -6>-9',
    'ben set strips/room/name Room>Hall',
  ]);
  expect((await log.gesturesAfter('song', 0)).at(-1)).toMatchObject({ strips: ['room'], userId: 'ben' });
});

test('11.1 what changes nothing is no gesture', async () => {
  const { one } = await pair();
  act(one, (mix) => setValue(mix, fader('room'), -6));
  await clock.advance(10);
  one.doc.getMap<Y.Map<unknown>>('strips').get('room')?.set('fader', -6);
  one.flush();
  await clock.advance(10);
  expect(await told()).toHaveLength(1);
});

test('11.2 what one hand does without resting is one gesture, from the first value to the last', async () => {
  const { one } = await pair();
  for (const value of [-1, -2, -4, -7]) {
    act(one, (mix) => setValue(mix, fader('room'), value));
    await clock.advance(200);
  }
  await clock.advance(1000);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-7']);
});

test('11.9 a gesture is written at once, when it comes to more, and otherwise once a second while it goes on', async () => {
  const { room, one } = await pair();
  const drag = async (value: number) => {
    act(one, (mix) => setValue(mix, fader('room'), value));
    await clock.advance(100);
  };
  await drag(-1);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-1']);
  for (let value = -2; value > -12; value--) await drag(value);
  const written = log.batches.flat().filter(({ gesture }) => gesture?.kind === 'set');
  expect(written).toHaveLength(1);
  await clock.advance(10);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-11']);
  await drag(-12);
  await drag(-13);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-11']);
  const kept = room.keepGestures();
  await clock.advance(10);
  await kept;
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-13']);
});

test('11.9 after an end without notice the history says where each gesture had led, though it was not written', async () => {
  const { one, two } = await pair();
  for (const value of [-1, -2, -3]) {
    act(one, (mix) => setValue(mix, fader('room'), value));
    act(two, (mix) => setValue(mix, fader('delay'), 2 * value));
    await turn(one, two);
  }
  act(two, (mix) => setValue(mix, fader('room'), -20));
  await turn(one, two);
  act(two, (mix) => setValue(mix, fader('room'), -21));
  await turn(one, two);
  const before = ['ann set strips/room/fader undefined>-1', 'ben set strips/delay/fader undefined>-2', 'ben set strips/room/fader -3>-20'];
  expect(await told()).toEqual(before);
  await openRoom().loaded;
  expect(await told()).toEqual([
    'ann set strips/room/fader undefined>-3',
    'ben set strips/delay/fader undefined>-6',
    'ben set strips/room/fader -3>-21',
  ]);
});

test('11.9 what another instance may still be going on with is left to it', async () => {
  const { one, two } = await pair();
  for (const value of [-1, -2]) {
    act(one, (mix) => setValue(mix, fader('room'), value));
    await turn(one, two);
  }
  const peers = new HandChannels().of('other');
  await openRoom(LIMITS, 'song', peers).loaded;
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-1']);
});

test('11.2 another control, or somebody else on the same one, is another gesture', async () => {
  const { one, two } = await pair();
  act(one, (mix) => setValue(mix, fader('room'), -1));
  await turn(one, two);
  act(two, (mix) => setValue(mix, fader('room'), -2));
  await turn(one, two);
  act(one, (mix) => setValue(mix, fader('room'), -3));
  act(one, (mix) => setValue(mix, fader('delay'), -3));
  await turn(one, two);
  expect(await told()).toEqual([
    'ann set strips/room/fader undefined>-1',
    'ben set strips/room/fader -1>-2',
    'ann set strips/room/fader -2>-3',
    'ann set strips/delay/fader undefined>-3',
  ]);
});

test('11.2 two dimensions dragged at once are one gesture', async () => {
  const { one } = await pair();
  for (const step of [1, 2, 3]) {
    act(one, (mix) => [
      ...setValue(mix, { on: 'strip', id: 'room', parameter: 'eq.1.freq' }, 200 + step),
      ...setValue(mix, { on: 'strip', id: 'room', parameter: 'eq.1.gain' }, step),
    ]);
    await clock.advance(200);
  }
  expect(await told()).toHaveLength(1);
});

test('11.3 taking back is a gesture that says which one', async () => {
  const { one } = await pair();
  const undo = new Y.UndoManager(one.doc.getMap('strips'), { trackedOrigins: new Set(['gesture']), captureTimeout: 0 });
  act(one, (mix) => setValue(mix, fader('room'), -6));
  await clock.advance(300);
  undo.undo();
  one.flush();
  await clock.advance(10);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-6', 'ann set back strips/room/fader -6>undefined']);
  const [, first, second] = await log.gesturesAfter('song', 0);
  expect(second?.reverts).toBe(first?.id);
});

test('11.4 removing a strip is one gesture with all that went along, and taking it back brings all of it', async () => {
  const { room, one } = await pair();
  act(one, (mix) => addInsert(mix, 'room', 'chorus'));
  await turn(one);
  const before = readRecords(one.doc);
  act(one, (mix) => removeStrip(mix, 'room'));
  await turn(one);
  const gone = (await log.gesturesAfter('song', 0)).at(-1);
  expect(gone?.kind).toBe('remove');
  expect(differences(gone as LoggedGesture).length).toBeGreaterThan(1);
  const [, added] = await log.gesturesAfter('song', 0);
  expect((await room.past(added?.sequence ?? 0)).strips.get('room')?.name).toBe('Room');
  expect([...(await room.past(added?.sequence ?? 0)).inserts.keys()].sort()).toEqual([...(before.get('inserts')?.keys() ?? [])].sort());
});

test('11.5 a commit that fails leaves no gesture, and the next one begins anew', async () => {
  const { room, one } = await pair();
  act(one, (mix) => setValue(mix, fader('room'), -6));
  log.failNext = new Error('disk full');
  await clock.advance(10);
  expect(await told()).toEqual([]);
  const again = await new Person(room, 'ann').enter();
  act(again, (mix) => setValue(mix, fader('room'), -8));
  await clock.advance(10);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-8']);
});

test('11.5 a commit that fails takes back what a gesture went on with, and leaves what it had been', async () => {
  const { one } = await pair();
  act(one, (mix) => setValue(mix, fader('room'), -6));
  await clock.advance(100);
  act(one, (mix) => setValue(mix, fader('room'), -7));
  await clock.advance(10);
  one.listen();
  act(one, (mix) => setValue(mix, fader('room'), -8));
  log.failNext = new Error('disk full');
  await clock.advance(10);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-6']);
  await clock.advance(1000);
  expect(await told()).toEqual(['ann set strips/room/fader undefined>-7']);
});

test('11.6 compaction keeps so many gestures', async () => {
  const room = openRoom({ ...LIMITS, gestures: 10 });
  const ann = await new Person(room, 'ann').enter();
  for (let step = 1; step <= 510; step++) {
    act(ann, (mix) => setValue(mix, fader(step % 2 ? 'room' : 'delay'), -step / 10));
    await clock.advance(1100);
    ann.listen();
  }
  await clock.advance(10);
  expect((await log.gesturesAfter('song', 0)).length).toBeLessThanOrEqual(20);
});

/** A generator of numbers from 0 to 1: a seed makes the same run again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function randomGesture(mix: Mix, random: () => number): readonly Change[] {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const strip = pick([...mix.strips.keys()]) ?? 'master';
  const insert = pick([...mix.inserts.keys()]);
  const value = Math.round(random() * 20) - 15;
  switch (Math.floor(random() * 9)) {
    case 0:
      return addStrip(mix, { id: `s${Math.floor(random() * 1e9)}`, name: 'New', color: 1, stem: null });
    case 1:
      return strip === 'master' || random() < 0.5 ? [] : removeStrip(mix, strip);
    case 2:
      return addInsert(mix, strip, 'chorus');
    case 3:
      return insert === undefined ? [] : removeInsert(insert);
    case 4:
      return addMarker({ id: 'm', name: 'Here', at: random() * 100, kind: 'marker' });
    case 5:
      return addPoint(mix, fader(strip), { at: Math.round(random() * 60), value, curve: 'linear' });
    case 6:
      return strip === 'room' ? [] : setValue(mix, { on: 'send', id: `${strip}>room`, parameter: 'level' }, value);
    default:
      return setValue(mix, fader(strip), value);
  }
}

const plain = (records: Records) =>
  Object.fromEntries(
    MAPS.map((map) => [
      map,
      Object.fromEntries([...(records.get(map) ?? [])].map(([id, fields]) => [id, Object.fromEntries([...fields].sort())]).sort()),
    ]),
  );
const empty = (): Records => new Map(MAPS.map((map) => [map, new Map()]));
const stateOf = (room: Room) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, room.encode());
  return doc;
};

test('11.7 the gestures from the start give the document, and backwards each moment that there was', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_122);
  console.log(`history: SEED=${seed}`);
  const random = mulberry(seed);
  const { room, people } = await company('ann', 'ben', 'ann');
  const moments = new Map<string, Mix>();
  for (let step = 0; step < 250; step++) {
    const person = people[Math.floor(random() * people.length)] as Person;
    act(person, (mix) => randomGesture(mix, random));
    if (random() < 0.6) await turn(...people.filter(() => random() < 0.7));
    if (random() < 0.1) await clock.advance(1500);
    if (random() < 0.15) {
      await turn(...people);
      // A moment when every hand rests.
      await clock.advance(1500);
      const last = (await log.gesturesAfter('song', 0)).at(-1);
      if (last) moments.set(last.id, readMix(stateOf(room)));
    }
  }
  await turn(...people);
  await turn(...people);
  // The service ends without notice, with gestures that are not written to their end.
  const again = openRoom();
  await again.loaded;
  const records = empty();
  const gestures = await log.gesturesAfter('song', 0);
  for (const gesture of gestures) followDifferences(records, differences(gesture));
  expect(plain(records), `SEED=${seed}`).toEqual(plain(readRecords(stateOf(again))));
  expect(gestures.length).toBeGreaterThan(50);
  for (const { id, sequence } of gestures) {
    const moment = moments.get(id);
    if (moment) expect(await again.past(sequence), `SEED=${seed}`).toEqual(moment);
  }
});

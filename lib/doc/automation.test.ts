import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addInsert,
  addPoint,
  addStrip,
  type Change,
  changePoints,
  clearRange,
  laneValue,
  type Mix,
  MOST_POINTS,
  movePoints,
  noRoom,
  readLane,
  removePoints,
  removeStrip,
  rowOf,
  scaleRange,
  type Target,
  targetKey,
  writeRange,
} from '../mix';
import { beginEpoch } from './epoch';
import { MixDocument } from './mix-document';
import { newMix } from './new-mix';
import { readMix, readRecords } from './read';
import { repairDocument } from './repair';

const FADER: Target = { on: 'strip', id: 'kick', parameter: 'fader' };
const LEVEL: Target = { on: 'send', id: 'kick>room', parameter: 'level' };

function desk() {
  const doc = new Y.Doc();
  newMix(doc);
  const document = new MixDocument(doc);
  const run = (command: (mix: Mix) => Parameters<typeof document.apply>[0]) => {
    document.apply(command(document.mix.get()));
    return document.mix.get();
  };
  run((mix) => addStrip(mix, { id: 'kick', name: 'Kick', stem: null }));
  return { doc, document, run };
}

const lane = (mix: Mix, target: Target = FADER) => mix.automation.get(targetKey(target));
const points = (mix: Mix, target: Target = FADER) => (lane(mix, target)?.points ?? []).map(({ at, value, curve }) => [at, value, curve]);
const value = (mix: Mix, at: number, target: Target = FADER) => {
  const row = rowOf(mix, target);
  return row && laneValue(row, lane(mix, target)?.points ?? [], at);
};

test('points are added in any order, moved, bent and removed; each is one step back', () => {
  const { run, document } = desk();
  run((mix) => addPoint(mix, FADER, { at: 8, value: 99, curve: 'linear' }));
  const two = run((mix) => addPoint(mix, FADER, { at: 2, value: -12, curve: 'linear' }));
  expect(points(two)).toEqual([
    [2, -12, 'linear'],
    [8, 10, 'linear'],
  ]);
  const [first, second] = lane(two)?.points ?? [];
  if (!first || !second) throw new Error('two points');
  run((mix) => movePoints(mix, FADER, new Set([first.id, second.id]), 1, -4));
  expect(points(run((mix) => changePoints(mix, FADER, new Map([[first.id, { curve: 'smooth' }]]))))).toEqual([
    [3, -16, 'smooth'],
    [9, 6, 'linear'],
  ]);
  expect(points(run((mix) => scaleRange(mix, FADER, 0, 5, 0.5, 0)))[0]).toEqual([3, -8, 'smooth']);
  expect(points(run((mix) => removePoints(mix, FADER, new Set([second.id])))).length).toBe(1);
  document.undo();
  expect(points(document.mix.get()).length).toBe(2);
});

test('a pass replaces what was there and leaves the lane around it as it stood', () => {
  const { run } = desk();
  run((mix) => addPoint(mix, FADER, { at: 0, value: -20, curve: 'linear' }));
  run((mix) => addPoint(mix, FADER, { at: 5, value: 10, curve: 'linear' }));
  run((mix) => addPoint(mix, FADER, { at: 10, value: -20, curve: 'linear' }));
  const before = desk().run(() => []);
  expect(value(before, 1)).toBeUndefined();
  const mix = run((now) =>
    writeRange(
      now,
      FADER,
      Array.from({ length: 121 }, (_, n) => ({ at: 4 + n / 60, value: -3, curve: 'linear' as const })),
    ),
  );
  expect([4, 5, 6].map((at) => value(mix, at))).toEqual([-3, -3, -3]);
  for (const at of [1, 3.9, 6.1, 9]) expect(value(mix, at)).toBeCloseTo(at < 5 ? -20 + 6 * at : 40 - 6 * at, 4);
  expect(lane(mix)?.points.length).toBe(6);
});

test('the first pass on a control leaves it standing where it stood before and after', () => {
  const { run } = desk();
  const mix = run((now) =>
    writeRange(now, LEVEL, [
      { at: 2, value: -10, curve: 'linear' },
      { at: 4, value: -5, curve: 'linear' },
    ]),
  );
  expect(mix.sends.has('kick>room')).toBe(true);
  expect([0, 1, 2, 4, 5].map((at) => value(mix, at, LEVEL))).toEqual([-120, -120, -10, -5, -120]);
});

test('a lane is never fuller than a message can carry', () => {
  const { run } = desk();
  const shaking = Array.from({ length: 5000 }, (_, n) => ({ at: n / 50, value: -25 + 35 * Math.sin(n * n), curve: 'linear' as const }));
  const mix = run((now) => writeRange(now, FADER, shaking));
  expect(lane(mix)?.points.length).toBeLessThanOrEqual(MOST_POINTS);
  const doc = new Y.Doc();
  newMix(doc);
  const bytes: number[] = [];
  const other = new MixDocument(doc);
  other.apply(addStrip(other.mix.get(), { id: 'kick', name: 'Kick', stem: null }));
  doc.on('update', (update: Uint8Array) => bytes.push(update.length));
  other.apply(writeRange(other.mix.get(), FADER, shaking));
  console.log(`a full lane: ${bytes.at(-1)} bytes`);
  expect(bytes.at(-1)).toBeGreaterThan(10_000);
  expect(bytes.at(-1)).toBeLessThan(64 * 1024);
});

test('what is switched off stays there, unread; a range is cleared', () => {
  const { run } = desk();
  for (const at of [1, 2, 3]) run((mix) => addPoint(mix, FADER, { at, value: -at, curve: 'hold' }));
  expect(lane(run((mix) => readLane(mix, FADER, false)))?.read).toBe(false);
  expect(lane(run((mix) => readLane(mix, FADER, true)))?.read).toBe(true);
  expect(points(run((mix) => clearRange(mix, FADER, 1.5, 2.5))).map(([at]) => at)).toEqual([1, 3]);
});

test('the lanes of a removed strip are hidden, back when that is taken back, and gone once the server has mended', () => {
  const { doc, run, document } = desk();
  run((mix) => addInsert(mix, 'kick', 'delay'));
  const insert = [...document.mix.get().inserts.values()].find(({ strip }) => strip === 'kick')?.id ?? '';
  const mixOf: Target = { on: 'insert', id: insert, parameter: 'mix' };
  run((mix) => addPoint(mix, FADER, { at: 1, value: -3, curve: 'linear' }));
  run((mix) => addPoint(mix, mixOf, { at: 1, value: 50, curve: 'linear' }));
  expect(run((mix) => removeStrip(mix, 'kick')).automation.size).toBe(0);
  document.undo();
  expect(document.mix.get().automation.size).toBe(2);
  document.redo();
  repairDocument(doc);
  expect(doc.getMap('automation').size).toBe(0);
});

test('a lane of any content is read: no point, no control, no more than its measure', () => {
  const doc = new Y.Doc();
  newMix(doc);
  const record = new Y.Map<unknown>([
    ['pa', '5 -3 l'],
    ['pb', 'nonsense'],
    ['pc', 3],
    ['read', 'maybe'],
    ['other', '1 1 l'],
    ['pd', '2 500 s'],
  ]);
  doc.getMap('automation').set('strip/master/fader', record);
  doc.getMap('automation').set('strip/master/nothing', new Y.Map([['pa', '1 1 l']]));
  doc.getMap('automation').set('nonsense', 7);
  const mix = readMix(doc);
  expect([...mix.automation.keys()]).toEqual(['strip/master/fader']);
  expect(mix.automation.get('strip/master/fader')).toMatchObject({
    read: true,
    points: [
      { id: 'pd', at: 2 },
      { id: 'pa', at: 5 },
    ],
  });
});

test('points that two people put into one lane are all there', () => {
  const { doc, run } = desk();
  run((mix) => addPoint(mix, FADER, { at: 0, value: 0, curve: 'linear' }));
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const ben = new MixDocument(other);
  run((mix) => addPoint(mix, FADER, { at: 1, value: -1, curve: 'linear' }));
  ben.apply(addPoint(ben.mix.get(), FADER, { at: 2, value: -2, curve: 'linear' }));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  expect(points(ben.mix.get()).map(([at]) => at)).toEqual([0, 1, 2]);
  expect(readMix(doc)).toEqual(ben.mix.get());
});

/** A pass in which nothing can be thinned away, another one for each `nth`. */
const shaken = (nth: number, count = 400) =>
  Array.from({ length: count }, (_, n) => ({ at: n, value: -25 + 30 * Math.sin(n * n + nth), curve: 'linear' as const }));

/** The document as the service has it: without what a page keeps to take back. */
function served(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  doc.on('update', (update: Uint8Array) => Y.applyUpdate(copy, update));
  return copy;
}

test('a lane that is written over again and again keeps its keys; what was in it before goes with a new document', () => {
  const { doc, run } = desk();
  const service = served(doc);
  const keys = () => (service.getMap('automation').get(targetKey(FADER)) as Y.Map<unknown>)._map.size;
  run((mix) => writeRange(mix, FADER, shaken(0)));
  const [once, first] = [Y.encodeStateAsUpdate(service).length, keys()];
  let { automation } = run(() => []);
  for (let nth = 1; nth <= 100; nth++) ({ automation } = run((mix) => writeRange(mix, FADER, shaken(nth))));
  expect(keys()).toBeLessThanOrEqual(1.2 * first);
  const next = new Y.Doc();
  Y.applyUpdate(next, beginEpoch(readRecords(service), 1));
  expect(Y.encodeStateAsUpdate(next).length).toBeLessThan(1.2 * once);
  expect(readMix(next).automation).toEqual(automation);
}, 60_000);

/** A lane of these points, in one change. */
const filled = (points: readonly { readonly at: number; readonly value: number }[], letter: string): Change => ({
  do: 'put',
  map: 'automation',
  id: targetKey(FADER),
  fields: Object.fromEntries(points.map(({ at, value }, n) => [`p${n}`, `${at} ${value.toFixed(6)} ${letter}`])),
});

test('a pass finds room in a full lane, which is thinned around it and stays near what it was', () => {
  const { run } = desk();
  const slopes = Array.from({ length: MOST_POINTS }, (_, n) => ({ at: n, value: -20 + 0.2 * Math.sin(n) }));
  run(() => [filled(slopes, 'l')]);
  const full = run((mix) => addPoint(mix, FADER, { at: 5000, value: 0, curve: 'linear' }));
  expect(lane(full)?.points.length).toBe(MOST_POINTS);
  expect(noRoom(full, FADER)).toContain(`may have ${MOST_POINTS}`);
  const pass = Array.from({ length: 100 }, (_, n) => ({ at: 500 + n / 200, value: -3 - 3 * (n % 2), curve: 'linear' as const }));
  const mix = run((now) => writeRange(now, FADER, pass));
  expect(value(mix, 500)).toBe(-3);
  for (const { at, value: was } of slopes) if (at < 499 || at > 502) expect(Math.abs((value(mix, at) ?? 0) - was)).toBeLessThan(1);
  expect(lane(mix)?.points.length).toBeLessThanOrEqual(MOST_POINTS);
});

test('where no pass can be written, the reason names the limit', () => {
  const { run } = desk();
  run(() => [
    filled(
      Array.from({ length: MOST_POINTS }, (_, n) => ({ at: n, value: -60 * (n % 2) })),
      'h',
    ),
  ]);
  const mix = run((now) => writeRange(now, FADER, [{ at: 2000, value: -1, curve: 'linear' }]));
  expect(lane(mix)?.points.length).toBe(MOST_POINTS);
  expect(noRoom(mix, FADER)).toContain(`may have ${MOST_POINTS}`);
  expect(noRoom(mix, LEVEL)).toBeNull();
  const crowd: Mix = { ...mix, automation: new Map(Array.from({ length: 1024 }, (_, n) => [`strip/s${n}/fader`, lane(mix)] as never)) };
  expect(writeRange(crowd, LEVEL, [{ at: 1, value: -1, curve: 'linear' }])).toEqual([]);
  expect(noRoom(crowd, LEVEL)).toContain('1024 controls');
});

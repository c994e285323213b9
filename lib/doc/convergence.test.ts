import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addAux,
  addGroup,
  addMarker,
  addPoint,
  addStrip,
  addVca,
  assignVca,
  type Change,
  clearRange,
  createSend,
  MASTER,
  type Mix,
  moveStrip,
  processingOrder,
  readLane,
  removeStrip,
  renameStrip,
  routeStrip,
  setTempo,
  setValue,
  type Target,
  writeRange,
} from '../mix';
import { MixDocument } from './mix-document';
import { newMix } from './new-mix';
import { readMix } from './read';
import { repairChanges, repairDocument } from './repair';

const PEERS = 4;

/** One thing that a person might do, by numbers that are read against the mix that person sees. */
interface Step {
  readonly peer: number;
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly value: number;
}

const step = fc.record({
  peer: fc.nat(PEERS - 1),
  what: fc.nat(20),
  a: fc.nat(30),
  b: fc.nat(30),
  value: fc.double({ min: -40, max: 10, noNaN: true }),
});
/** Steps, and between them who meets whom. */
const story = fc.array(fc.oneof({ weight: 4, arbitrary: step }, fc.tuple(fc.nat(PEERS - 1), fc.nat(PEERS - 1))), { maxLength: 80 });

/** The few names that everybody draws from, so that two people often make the same thing at once. */
const NAMES = ['g1', 'g2', 'g3', 'x1', 'x2', 's1', 's2', 's3', 'v1', 'v2'];

/** The lane that a step works on: a strip's fader, a send's level, an insert's mix. */
function laneTarget(mix: Mix, strip: string, aux: string, which: number): Target {
  const insert = [...mix.inserts.keys()][which % Math.max(1, mix.inserts.size)];
  if (which % 3 === 1) return { on: 'send', id: `${strip}>${aux}`, parameter: 'level' };
  return which % 3 === 2 && insert ? { on: 'insert', id: insert, parameter: 'mix' } : { on: 'strip', id: strip, parameter: 'fader' };
}

function changesOf(mix: Mix, { what, a, b, value }: Step): Change[] {
  const ids = [...mix.strips.keys()];
  const one = ids[a % ids.length] ?? MASTER;
  const other = ids[b % ids.length] ?? MASTER;
  const name = NAMES[a % NAMES.length] ?? 'g1';
  switch (what) {
    case 0:
      return addStrip(mix, { id: name, name, stem: 'stem', before: other });
    case 1:
      return addGroup(mix, { id: name, name }, [other]);
    case 2:
      return addAux(mix, { id: name, name }, { id: `${name}-fx`, type: 'delay' });
    case 3:
      return removeStrip(mix, one);
    case 4:
    case 5:
      return routeStrip(mix, one, other);
    case 6:
    case 7:
      return createSend(mix, one, other, value);
    case 8:
      return moveStrip(mix, one, other);
    case 9:
      return renameStrip(one, name);
    case 10:
      return setTempo(100 + value);
    case 11:
      return addMarker({ id: `m${a % 4}`, name, at: b, kind: 'section' });
    case 14:
      return addVca(mix, { id: name, name }, [other]);
    case 15:
      return assignVca(mix, one, other, value < 0);
    case 16:
      return assignVca(mix, one, [...mix.strips.values()].find(({ kind }) => kind === 'vca')?.id ?? 'v1', true);
    case 17:
      return addPoint(mix, laneTarget(mix, one, other, b), { at: a, value, curve: 'linear' });
    case 18:
      return writeRange(mix, laneTarget(mix, one, other, b), [
        { at: a, value, curve: 'linear' },
        { at: a + b, value: -value, curve: 'smooth' },
      ]);
    case 19:
      return clearRange(mix, laneTarget(mix, one, other, b), a, a + b);
    case 20:
      return readLane(mix, laneTarget(mix, one, other, b), a % 2 === 0);
    default:
      return setValue(mix, { on: 'strip', id: one, parameter: 'fader' }, value);
  }
}

function meet(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), 'network');
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), 'network');
}

function play(moves: readonly (Step | [number, number])[]): { docs: Y.Doc[]; mixes: MixDocument[] } {
  const begun = new Y.Doc();
  newMix(begun);
  const docs = Array.from({ length: PEERS }, (_, index) => {
    const doc = new Y.Doc();
    // Fixed, so that a story that once failed fails again.
    doc.clientID = index + 1;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(begun));
    return doc;
  });
  const mixes = docs.map((doc) => new MixDocument(doc));
  for (const move of moves) {
    if (Array.isArray(move)) {
      const [a, b] = [docs[move[0]], docs[move[1]]];
      if (a && b && a !== b) meet(a, b);
      continue;
    }
    const mix = mixes[move.peer];
    if (!mix) continue;
    if (move.what === 13) mix.undo();
    else mix.apply(changesOf(mix.mix.get(), move));
  }
  for (let round = 0; round < 2; round++) for (const a of docs) for (const b of docs) if (a !== b) meet(a, b);
  return { docs, mixes };
}

test('whatever many people do with the line cut between them, all see the same valid mix once they have met', () => {
  fc.assert(
    fc.property(story, (moves) => {
      const { docs, mixes } = play(moves);
      const [first] = mixes;
      const mix = first?.mix.get();
      for (const [index, doc] of docs.entries()) {
        const seen = mixes[index]?.mix.get();
        expect(seen).toEqual(mix);
        expect(seen && [...seen.strips.keys()]).toEqual(mix && [...mix.strips.keys()]);
        expect(readMix(doc)).toEqual(seen);
      }
      if (!mix) return;
      const strips = [...mix.strips.values()];
      expect(processingOrder(mix).length).toBe(strips.filter(({ kind }) => kind !== 'vca').length);
      for (const strip of strips) {
        for (const vca of strip.vcas) expect(mix.strips.get(vca)?.kind).toBe('vca');
        if (strip.kind === 'vca' || strip.kind === 'master') expect([strip.vcas, strip.output]).toEqual([[], null]);
      }
    }),
    { numRuns: 200 },
  );
});

test('the repair is the same on every peer, changes nothing that is seen, and has nothing to do a second time', () => {
  fc.assert(
    fc.property(story, (moves) => {
      const { docs } = play(moves);
      const [first] = docs;
      if (!first) return;
      const before = readMix(first);
      const changes = repairChanges(first);
      for (const doc of docs) {
        expect(repairChanges(doc)).toEqual(changes);
        repairDocument(doc);
        expect(readMix(doc)).toEqual(before);
        expect(repairChanges(doc)).toEqual([]);
      }
      for (const a of docs) for (const b of docs) if (a !== b) meet(a, b);
      for (const doc of docs) expect(readMix(doc)).toEqual(before);
    }),
    { numRuns: 150 },
  );
});

test('two people who route two groups into each other leave one of the routes', () => {
  const { docs, mixes } = play([]);
  const [ann, ben] = mixes;
  const [a, b] = docs;
  if (!ann || !ben || !a || !b) throw new Error('no peers');
  ann.apply([...addGroup(ann.mix.get(), { id: 'g1', name: 'One' })]);
  ann.apply([...addGroup(ann.mix.get(), { id: 'g2', name: 'Two' })]);
  meet(a, b);
  ann.apply(routeStrip(ann.mix.get(), 'g1', 'g2'));
  ben.apply(routeStrip(ben.mix.get(), 'g2', 'g1'));
  meet(a, b);
  expect(ann.mix.get().strips.get('g1')?.output).toBe('g2');
  expect(ann.mix.get().strips.get('g2')?.output).toBe(MASTER);
  expect(ben.mix.get()).toEqual(ann.mix.get());
});

test('a send to an aux that somebody removed is hidden, and is back when the removal is taken back', () => {
  const { docs, mixes } = play([]);
  const [ann, ben] = mixes;
  const [a, b] = docs;
  if (!ann || !ben || !a || !b) throw new Error('no peers');
  ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: null }));
  meet(a, b);
  ann.apply(removeStrip(ann.mix.get(), 'room'));
  ben.apply(createSend(ben.mix.get(), 'kick', 'room', -6));
  meet(a, b);
  expect(ben.mix.get().sends.size).toBe(0);
  ann.undo();
  meet(a, b);
  expect(ben.mix.get().sends.get('kick>room')?.values).toEqual({ level: -6 });
});

test('two people who assign a strip to two VCAs at once both have it so, and a removal taken back brings its members back', () => {
  const { docs, mixes } = play([]);
  const [ann, ben] = mixes;
  const [a, b] = docs;
  if (!ann || !ben || !a || !b) throw new Error('no peers');
  ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: null }));
  ann.apply(addVca(ann.mix.get(), { id: 'v1', name: 'One' }));
  ann.apply(addVca(ann.mix.get(), { id: 'v2', name: 'Two' }));
  meet(a, b);
  ann.apply(assignVca(ann.mix.get(), 'kick', 'v1', true));
  ben.apply(assignVca(ben.mix.get(), 'kick', 'v2', true));
  meet(a, b);
  expect(ann.mix.get().strips.get('kick')?.vcas).toEqual(['v1', 'v2']);
  ann.apply(removeStrip(ann.mix.get(), 'v1'));
  meet(a, b);
  expect(ben.mix.get().strips.get('kick')?.vcas).toEqual(['v2']);
  ann.undo();
  meet(a, b);
  expect(ben.mix.get().strips.get('kick')?.vcas).toEqual(['v1', 'v2']);
});

test('an assignment to a VCA that somebody removes at the same time is hidden, and the repair takes it out', () => {
  const { docs, mixes } = play([]);
  const [ann, ben] = mixes;
  const [a, b] = docs;
  if (!ann || !ben || !a || !b) throw new Error('no peers');
  ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: null }));
  ann.apply(addVca(ann.mix.get(), { id: 'v1', name: 'One' }));
  meet(a, b);
  ann.apply(removeStrip(ann.mix.get(), 'v1'));
  ben.apply(assignVca(ben.mix.get(), 'kick', 'v1', true));
  meet(a, b);
  expect(ann.mix.get().strips.get('kick')?.vcas).toEqual([]);
  expect(repairChanges(a)).toEqual([{ do: 'put', map: 'strips', id: 'kick', fields: { 'vca.v1': undefined } }]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Change, changesOf, inverse, type StripId } from '../mix';
import { DifferenceWatch } from './difference-watch';
import { joined } from './earlier-gestures';
import { beginEpoch, epochOf } from './epoch';
import { MixDocument, type Touched } from './mix-document';
import { newMix } from './new-mix';
import { readMix, readRecords } from './read';
import { transactChanges } from './transact';

const clients = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc)).keys();

function successor(doc: Y.Doc, epoch: number): Y.Doc {
  const next = new Y.Doc();
  Y.applyUpdate(next, beginEpoch(readRecords(doc), epoch));
  return next;
}

function begun(): Y.Doc {
  const doc = new Y.Doc();
  newMix(doc);
  return successor(doc, 0);
}

const id = fc.constantFrom('a', 'b', 'c');
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      map: fc.constant('markers' as const),
      id,
      fields: fc.record({ at: fc.nat(5) }),
    }),
  },
  fc.record({ do: fc.constant('put' as const), map: fc.constant('markers' as const), id, fields: fc.constant({ name: undefined }) }),
  fc.record({
    do: fc.constant('put' as const),
    map: fc.constant('markers' as const),
    id,
    fields: fc.record({ name: fc.constantFrom('x', 'y') }),
  }),
  fc.record({ do: fc.constant('remove' as const), map: fc.constant('markers' as const), id }),
);

describe('23 to 25: documents that follow each other', () => {
  test('23 a document shows which epoch it is of; one that nobody began, of none', () => {
    const doc = new Y.Doc();
    newMix(doc);
    expect(epochOf(clients(doc))).toBeNull();
    for (const epoch of [0, 1, 17]) {
      const next = successor(doc, epoch);
      next.getMap('strips').set('kick', new Y.Map([['kind', 'stem']]));
      expect(epochOf(clients(next))).toBe(epoch);
    }
  });

  test('24 the next document holds the same mix and nothing of the past, by the same bytes wherever it is made', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const doc = begun();
        for (const one of changes) transactChanges(doc, [one], 'gesture');
        const next = successor(doc, 1);
        expect(readRecords(next)).toEqual(readRecords(doc));
        expect(readMix(next)).toEqual(readMix(doc));
        expect(beginEpoch(readRecords(next), 1)).toEqual(Y.encodeStateAsUpdate(next));
      }),
    );
  });

  test('24 what a change did, made again elsewhere, does the same', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const [doc, elsewhere] = [begun(), begun()];
        const watch = new DifferenceWatch(doc);
        for (const one of changes) {
          transactChanges(doc, [one], 'gesture');
          transactChanges(elsewhere, changesOf(watch.take()), 'recall');
        }
        expect(readRecords(elsewhere)).toEqual(readRecords(doc));
      }),
    );
  });

  test('25 what a hand did in several steps is one gesture from the first value to the last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(5), field: fc.constantFrom('at', 'color') }), { minLength: 1, maxLength: 20 }),
        (steps) => {
          const doc = begun();
          transactChanges(doc, [{ do: 'put', map: 'markers', id: 'a', fields: { at: 9, color: 9 } }], 'gesture');
          const watch = new DifferenceWatch(doc);
          let told: ReturnType<typeof joined> = [];
          for (const { at, field } of steps) {
            transactChanges(doc, [{ do: 'put', map: 'markers', id: 'a', fields: { [field]: at } }], 'gesture');
            told = joined(told, watch.take());
          }
          expect(told.length).toBeLessThanOrEqual(2);
          transactChanges(doc, changesOf(inverse(told)), 'recall');
          expect([...(readRecords(doc).get('markers')?.get('a') ?? [])].sort()).toEqual([
            ['at', 9],
            ['color', 9],
          ]);
        },
      ),
    );
  });

  /** Ann at a document, which she leaves for the next. */
  function ann() {
    const doc = begun();
    const document = new MixDocument(doc);
    const fader = (to: number, strip = 'room') => document.apply([{ do: 'put', map: 'strips', id: strip, fields: { fader: to } }]);
    const at = (strip = 'room') => document.mix.get().strips.get(strip as StripId)?.values['fader'];
    return { doc, document, fader, at };
  }

  test('25 a value that somebody has set since stays theirs, and the step before is taken back instead', () => {
    const { doc, document, fader, at } = ann();
    fader(-3, 'delay');
    fader(-6);
    const next = successor(doc, 1);
    document.moveTo(next);
    transactChanges(next, [{ do: 'put', map: 'strips', id: 'room', fields: { fader: -20 } }], 'ben');
    document.undo();
    expect([at(), at('delay')]).toEqual([-20, undefined]);
    expect(document.canUndo.get()).toBe(false);
    document.redo();
    expect([at(), at('delay')]).toEqual([-20, -3]);
  });

  test('25 a strip that I removed before comes back with all that was in it; one that I made goes', () => {
    const { doc, document } = ann();
    const before = document.mix.get();
    document.apply([{ do: 'put', map: 'strips', id: 'kick', fields: { kind: 'stem', name: 'Kick' } }]);
    document.apply([{ do: 'remove', map: 'strips', id: 'delay' }]);
    document.moveTo(successor(doc, 1));
    document.undo();
    expect(document.mix.get().strips.get('delay' as StripId)).toEqual(before.strips.get('delay' as StripId));
    document.undo();
    expect(document.mix.get()).toEqual(before);
  });

  test('25 something new over it ends what could be made again', () => {
    const { doc, document, fader, at } = ann();
    fader(-6);
    document.undo();
    document.moveTo(successor(doc, 1));
    expect(document.canRedo.get()).toBe(true);
    fader(-9, 'delay');
    expect(document.canRedo.get()).toBe(false);
    document.redo();
    expect(at()).toBeUndefined();
  });

  test('who listens hears exactly what is different in the next document', () => {
    const { doc, document, fader } = ann();
    fader(-6);
    const next = successor(doc, 1);
    transactChanges(next, [{ do: 'put', map: 'strips', id: 'room', fields: { fader: -20 } }], 'ben');
    transactChanges(next, [{ do: 'remove', map: 'strips', id: 'delay' }], 'ben');
    const heard: Touched[] = [];
    document.onTouched((touched) => heard.push(touched));
    document.moveTo(next);
    expect(heard).toEqual([
      {
        by: 'remote',
        touches: [
          { did: 'set', map: 'strips', id: 'room', field: 'fader', from: -6, to: -20 },
          { did: 'remove', map: 'strips', id: 'delay' },
        ],
      },
    ]);
    document.moveTo(successor(next, 2));
    expect(heard).toHaveLength(1);
  });
});

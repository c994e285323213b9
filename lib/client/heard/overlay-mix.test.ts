import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { MixDocument, mixOfRecords, newMix, readRecords, transactChanges } from '../../doc';
import type { Change } from '../../mix';
import { NOTHING_OVER, overlaid } from './overlay';
import { OverlayMix } from './overlay-mix';

const strip = (id: string, fields: object = {}): Change => ({
  do: 'put',
  map: 'strips',
  id,
  fields: { kind: 'stem', name: id, order: 'a1', ...fields },
});
const fader = (id: string, value: number | undefined): Change => ({ do: 'put', map: 'strips', id, fields: { fader: value } });

function below(...changes: Change[]) {
  const doc = new Y.Doc();
  newMix(doc);
  transactChanges(doc, [strip('kick'), strip('bass'), ...changes], 'repair');
  const document = new MixDocument(doc);
  let updates = 0;
  doc.on('update', () => updates++);
  return { doc, document, updates: () => updates, by: (...others: Change[]) => transactChanges(doc, others, 'line') };
}
const at = (mix: OverlayMix, id: string) => mix.mix.get().strips.get(id)?.values['fader'];

it('leaves no trace in the mix below; what others do there comes through, except where something lies over it', () => {
  const { document, updates, by } = below();
  const draft = new OverlayMix(document, NOTHING_OVER, true);
  draft.apply([fader('kick', -6)], null);
  by(fader('kick', -1), fader('bass', -2));
  expect([at(draft, 'kick'), at(draft, 'bass')]).toEqual([-6, -2]);
  expect(document.mix.get().strips.get('kick')?.values['fader']).toBe(-1);
  expect(updates()).toBe(1);
});

it('tells which changes are somebody else’s, so that their rises are gentle', () => {
  const { document, by } = below();
  const draft = new OverlayMix(document, NOTHING_OVER, true);
  const told: string[] = [];
  draft.onTouched((who) => told.push(who));
  draft.apply([fader('kick', -6)], null);
  by(fader('bass', -2));
  by(fader('kick', -2));
  expect(told).toEqual(['recall', 'remote']);
});

it('takes back gesture by gesture, and then shows what the others have made of it meanwhile', () => {
  const { document, by } = below();
  const draft = new OverlayMix(document, NOTHING_OVER, true);
  const hand = {};
  draft.apply([fader('kick', -3)], hand);
  draft.apply([fader('kick', -6)], hand);
  draft.apply([{ do: 'remove', map: 'strips', id: 'bass' }], null);
  by(fader('kick', -9), fader('bass', 3));
  expect([at(draft, 'kick'), draft.mix.get().strips.has('bass')]).toEqual([-6, false]);
  draft.undo();
  expect([at(draft, 'kick'), at(draft, 'bass')]).toEqual([-6, 3]);
  draft.undo();
  expect([at(draft, 'kick'), draft.canUndo.get(), draft.changes()]).toEqual([-9, false, []]);
  draft.redo();
  draft.redo();
  expect([at(draft, 'kick'), draft.mix.get().strips.has('bass'), draft.canRedo.get()]).toEqual([-6, false, false]);
});

it('changes only what differs from the mix as it now is', () => {
  const { document, by } = below();
  const draft = new OverlayMix(document, NOTHING_OVER, true);
  draft.apply([fader('kick', -6), fader('bass', -2), strip('vox', { fader: 1 })], null);
  by(fader('bass', -2), { do: 'remove', map: 'strips', id: 'kick' });
  expect(draft.changes()).toEqual([strip('vox', { fader: 1 })]);
  expect(draft.mix.get().strips.has('kick')).toBe(false);
});

it('says of each control whether somebody else’s hand on it is heard', () => {
  const { document } = below();
  const draft = new OverlayMix(document, overlaid(NOTHING_OVER, [fader('kick', -6), { do: 'remove', map: 'strips', id: 'bass' }]), false);
  expect(['strip/kick/fader', 'strip/kick/pan', 'strip/bass/pan'].map((key) => draft.covers(key))).toEqual([true, false, true]);
});

const field = fc.constantFrom('fader', 'pan', 'mute');
const id = fc.constantFrom('kick', 'bass', 'vox');
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(id, field, fc.option(fc.integer({ min: -3, max: 1 }), { nil: undefined })).map(([one, name, value]): Change => {
    return { do: 'put', map: 'strips', id: one, fields: { [name]: value } };
  }),
  id.map((one): Change => strip(one, { pan: -5 })),
  id.map((one): Change => ({ do: 'remove', map: 'strips', id: one })),
  fc.integer({ min: -9, max: 0 }).map((level): Change => ({ do: 'put', map: 'sends', id: 'kick>room', fields: { level } })),
  fc.boolean().map((read): Change => ({ do: 'put', map: 'automation', id: 'strip/kick/fader', fields: { p1: '1 -6 l', read } })),
);

it('is, published onto the mix below, exactly what was seen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('mine', 'theirs', 'undo', 'redo'), fc.array(anyChange, { minLength: 1, maxLength: 3 }))),
      (steps) => {
        const { doc, document, by } = below();
        const draft = new OverlayMix(document, NOTHING_OVER, true);
        for (const [who, changes] of steps) {
          if (who === 'mine') draft.apply(changes, null);
          else if (who === 'theirs') by(...changes);
          else draft[who === 'undo' ? 'undo' : 'redo']();
        }
        const seen = draft.mix.get();
        transactChanges(doc, draft.changes(), 'gesture');
        expect(mixOfRecords(readRecords(doc))).toEqual(seen);
        expect(draft.changes()).toEqual([]);
        draft.close();
      },
    ),
    { numRuns: 40 },
  );
});

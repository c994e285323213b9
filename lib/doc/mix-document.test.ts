import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addStrip, type Change, moveStrip, removeStrip, setValue, type Target } from '../mix';
import { MixDocument, type Touched } from './mix-document';
import { newMix } from './new-mix';
import { readMix } from './read';

const fader = (id: string): Target => ({ on: 'strip', id, parameter: 'fader' });

/** Two people with one document, whose changes go to the other when `meet` is called. */
function pair() {
  const first = new Y.Doc();
  newMix(first);
  const second = new Y.Doc();
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
  const meet = () => {
    Y.applyUpdate(second, Y.encodeStateAsUpdate(first, Y.encodeStateVector(second)), 'network');
    Y.applyUpdate(first, Y.encodeStateAsUpdate(second, Y.encodeStateVector(first)), 'network');
  };
  const ann = new MixDocument(first);
  const ben = new MixDocument(second);
  const set = (who: MixDocument, id: string, value: number, hand?: object) =>
    who.apply(setValue(who.mix.get(), fader(id), value), 'gesture', hand ?? null);
  const level = (who: MixDocument, id: string) => who.mix.get().strips.get(id)?.values['fader'] ?? 0;
  return { ann, ben, first, second, meet, set, level };
}

describe('reading', () => {
  test('only touched records are new; the rest of the mix keeps its identity', () => {
    const { ann, set } = pair();
    const before = ann.mix.get();
    set(ann, 'room', -3);
    const after = ann.mix.get();
    expect(after).not.toBe(before);
    expect(after.strips.get('room')).not.toBe(before.strips.get('room'));
    expect(after.strips.get('delay')).toBe(before.strips.get('delay'));
    expect([after.sends, after.inserts, after.markers, after.settings]).toEqual([
      before.sends,
      before.inserts,
      before.markers,
      before.settings,
    ]);
    expect(after.inserts).toBe(before.inserts);
    expect([...after.strips.keys()]).toEqual([...before.strips.keys()]);
  });

  test('a change of order or routing keeps the identity of strips that stay as they were', () => {
    const { ann } = pair();
    ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: 's1', before: 'room' }));
    const before = ann.mix.get();
    expect([...before.strips.keys()]).toEqual(['kick', 'room', 'delay', 'master']);
    ann.apply(moveStrip(before, 'kick', null));
    const after = ann.mix.get();
    expect([...after.strips.keys()]).toEqual(['room', 'delay', 'kick', 'master']);
    expect(after.strips.get('room')).toBe(before.strips.get('room'));
    expect(after.strips.get('master')).toBe(before.strips.get('master'));
  });

  test('a transaction that changes nothing of the mix leaves the mix as it is and wakes nobody', () => {
    const { ann, first } = pair();
    const before = ann.mix.get();
    let woken = 0;
    ann.mix.subscribe(() => woken++);
    first.transact(() => first.getMap('strips').get('room'));
    ann.apply([{ do: 'put', map: 'strips', id: 'room', fields: { name: 'Room' } }]);
    expect(ann.mix.get()).toBe(before);
    expect(woken).toBe(0);
  });

  test('several maps changed in one transaction are one new mix', () => {
    const { ann } = pair();
    ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: 's1' }));
    ann.apply([{ do: 'put', map: 'sends', id: 'kick>room', fields: { level: -10 } }]);
    let woken = 0;
    ann.mix.subscribe(() => woken++);
    ann.apply(removeStrip(ann.mix.get(), 'kick'));
    expect(woken).toBe(1);
    expect(ann.mix.get().sends.size).toBe(0);
  });

  test('read bit by bit or at once, the mix is the same', () => {
    const { ann, ben, first, meet, set } = pair();
    ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: 's1' }));
    set(ben, 'room', -4);
    meet();
    ben.apply(removeStrip(ben.mix.get(), 'delay'));
    set(ann, 'delay', -9);
    meet();
    expect(ann.mix.get()).toEqual(readMix(first));
    expect(ben.mix.get()).toEqual(ann.mix.get());
  });
});

describe('writing', () => {
  test('a value set back to its default leaves no trace in the document', () => {
    const { ann, first, set } = pair();
    set(ann, 'room', -3);
    set(ann, 'room', 0);
    expect((first.getMap('strips').get('room') as Y.Map<unknown>).has('fader')).toBe(false);
  });

  test('a value for a strip that somebody has removed makes no ghost', () => {
    const { ann, ben, meet } = pair();
    const changes = setValue(ann.mix.get(), fader('room'), -3);
    ben.apply(removeStrip(ben.mix.get(), 'room'));
    meet();
    ann.apply(changes);
    expect(ann.mix.get().strips.has('room')).toBe(false);
  });

  test.each<[string, Change]>([
    ['an unknown field', { do: 'put', map: 'strips', id: 'room', fields: { loudness: 3 } }],
    ['a value of the wrong type', { do: 'put', map: 'strips', id: 'room', fields: { fader: 'loud' } }],
    ['an id that is none', { do: 'put', map: 'sends', id: 'room', fields: {} }],
  ])('%s is refused, and nothing of the changes is done', (_, bad) => {
    const { ann } = pair();
    const before = ann.mix.get();
    expect(() => ann.apply([{ do: 'put', map: 'strips', id: 'room', fields: { name: 'Hall' } }, bad])).toThrow();
    expect(ann.mix.get()).toBe(before);
  });
});

describe('taking back', () => {
  test('takes back my own last gesture and never what came from others', () => {
    const { ann, ben, meet, set, level } = pair();
    set(ann, 'room', -3);
    meet();
    set(ben, 'delay', -6);
    meet();
    ann.undo();
    expect([level(ann, 'room'), level(ann, 'delay')]).toEqual([0, -6]);
    expect(ann.canUndo.get()).toBe(false);
    ann.redo();
    expect([level(ann, 'room'), ann.canUndo.get(), ann.canRedo.get()]).toEqual([-3, true, false]);
  });

  test('what another has set since stays, and the step counts as done', () => {
    const { ann, ben, meet, set, level } = pair();
    set(ann, 'room', -3);
    meet();
    set(ben, 'room', -8);
    meet();
    ann.undo();
    meet();
    expect([level(ann, 'room'), level(ben, 'room')]).toEqual([-8, -8]);
  });

  test("a value of mine from before another person's is not brought back", () => {
    const { ann, ben, meet, set, level } = pair();
    set(ann, 'room', -3);
    set(ann, 'room', -5);
    meet();
    set(ben, 'room', -8);
    meet();
    ann.undo();
    ann.undo();
    meet();
    expect([level(ann, 'room'), level(ben, 'room')]).toEqual([-8, -8]);
  });

  test('back to the default, then set by another: taking back keeps theirs', () => {
    const { ann, ben, meet, set, level } = pair();
    set(ann, 'room', -3);
    set(ann, 'room', 0);
    meet();
    set(ben, 'room', -8);
    meet();
    ann.undo();
    meet();
    expect([level(ann, 'room'), level(ben, 'room')]).toEqual([-8, -8]);
  });

  test('redo after another has set the value keeps theirs', () => {
    const { ann, ben, meet, set, level } = pair();
    set(ann, 'room', -3);
    meet();
    ann.undo();
    meet();
    set(ben, 'room', -8);
    meet();
    ann.redo();
    meet();
    expect([level(ann, 'room'), level(ben, 'room')]).toEqual([-8, -8]);
  });

  test('all that one hand did is one step, two hands are two', () => {
    const { ann, set, level } = pair();
    const hand = {};
    for (const value of [-1, -2, -3]) set(ann, 'room', value, hand);
    set(ann, 'room', -9, {});
    ann.undo();
    expect(level(ann, 'room')).toBe(-3);
    ann.undo();
    expect(level(ann, 'room')).toBe(0);
    expect(ann.canUndo.get()).toBe(false);
  });

  test('gestures at the same moment are steps of their own', () => {
    const { ann, set, level } = pair();
    set(ann, 'room', -1);
    set(ann, 'delay', -2);
    ann.undo();
    expect([level(ann, 'room'), level(ann, 'delay')]).toEqual([-1, 0]);
  });

  test('a hand that goes on after a step was taken back begins a new step', () => {
    const { ann, set, level } = pair();
    const hand = {};
    set(ann, 'room', -1, hand);
    ann.undo();
    set(ann, 'room', -2, hand);
    ann.undo();
    expect([level(ann, 'room'), ann.canUndo.get()]).toEqual([0, false]);
  });

  test('a strip taken away comes back with its sends, its inserts and its values', () => {
    const { ann, ben, meet, set } = pair();
    ann.apply(addStrip(ann.mix.get(), { id: 'kick', name: 'Kick', stem: 's1' }));
    ann.apply([{ do: 'put', map: 'sends', id: 'kick>room', fields: { level: -10 } }]);
    set(ann, 'room', -3);
    meet();
    const before = ann.mix.get();
    ann.apply(removeStrip(before, 'room'));
    meet();
    expect(ben.mix.get().sends.size).toBe(0);
    ann.undo();
    meet();
    expect(ann.mix.get()).toEqual(before);
    expect(ben.mix.get()).toEqual(before);
  });

  test('a recall and a repair are no steps', () => {
    const { ann } = pair();
    ann.apply(setValue(ann.mix.get(), fader('room'), -3), 'recall');
    ann.apply(setValue(ann.mix.get(), fader('room'), -4), 'repair');
    expect(ann.canUndo.get()).toBe(false);
  });
});

test('touches tell what changed, from what, to what, and whether it was I', () => {
  const { ann, ben, meet, set } = pair();
  const heard: Touched[] = [];
  ann.onTouched((touched) => heard.push(touched));
  set(ann, 'room', -3);
  meet();
  set(ben, 'room', -6);
  meet();
  ann.apply(removeStrip(ann.mix.get(), 'delay'));
  ann.undo();
  expect(heard[0]).toEqual({
    by: 'gesture',
    touches: [{ did: 'set', map: 'strips', id: 'room', field: 'fader', from: undefined, to: -3 }],
  });
  expect(heard[1]).toEqual({ by: 'remote', touches: [{ did: 'set', map: 'strips', id: 'room', field: 'fader', from: -3, to: -6 }] });
  expect(heard[2]?.touches).toContainEqual({ did: 'remove', map: 'strips', id: 'delay' });
  expect(heard[3]?.by).toBe('undo');
  expect(heard[3]?.touches).toContainEqual({ did: 'add', map: 'strips', id: 'delay' });
});

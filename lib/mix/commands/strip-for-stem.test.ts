import { expect, test } from 'vitest';
import type { Mix, Strip } from '../model/mix';
import { MASTER } from '../model/mix';
import { stripForStem, stripNameFor } from './strip-for-stem';

function mixOf(strips: readonly Strip[]): Mix {
  const master: Strip = {
    id: MASTER,
    kind: 'master',
    name: 'Master',
    color: 0,
    order: 'a0',
    stem: null,
    output: null,
    vcas: [],
    values: {},
  };
  const ordered = [...strips].sort((a, b) => (a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1));
  return {
    strips: new Map([...ordered, master].map((strip) => [strip.id, strip])),
    sends: new Map(),
    inserts: new Map(),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

/** The mix with the strips for these files added one after the other; their names in the order of the desk. */
function added(filenames: readonly string[], begin: readonly Strip[] = []): Strip[] {
  const strips = [...begin];
  for (const [index, filename] of filenames.entries()) {
    const [change] = stripForStem(mixOf(strips), { id: `stem${index}`, filename });
    if (change?.do !== 'put') throw new Error('No strip was made.');
    strips.push({ values: {}, id: change.id, ...change.fields } as unknown as Strip);
  }
  return [...mixOf(strips).strips.values()].filter(({ kind }) => kind !== 'master');
}
const names = (strips: readonly Strip[]) => strips.map(({ name }) => name);

test.each([
  ['01_Snare_Top.flac', 'Snare Top'],
  ['12 - Lead Vox (dbl).wav', 'Lead Vox (dbl)'],
  ['kick-in.aif', 'Kick In'],
  ['808.wav', '808'],
  ['C:\\stems\\E-Piano.mp3', 'E Piano'],
  ['3. Gtr L.wav', 'Gtr L'],
  ['Überflug_Pad.flac', 'Überflug Pad'],
  ['.wav', 'Stem'],
  ['a\u0007b.wav', 'A B'],
])('%s becomes the strip %s', (filename, name) => {
  expect(stripNameFor(filename)).toBe(name);
});

test('A name has at most 80 characters', () => {
  expect(stripNameFor(`${'x'.repeat(300)}.wav`).length).toBe(80);
});

test('Stems that come in any order stand as on a desk: kick and drums first, vocals last', () => {
  const files = [
    'Lead Vox.wav',
    'Choir.wav',
    'Bass.wav',
    'Snare.wav',
    'Pad.wav',
    'Kick.wav',
    'Hats.wav',
    'Guitar.wav',
    'FX.wav',
    'Take 7.wav',
  ];
  const desk = ['Kick', 'Snare', 'Hats', 'Bass', 'Guitar', 'Pad', 'Take 7', 'FX', 'Choir', 'Lead Vox'];
  expect(names(added(files))).toEqual(desk);
  expect(names(added([...files].reverse()))).toEqual(desk);
});

test('Words mean what they mean together', () => {
  const files = ['Backing Vocals.wav', 'Synth Lead.wav', 'Bass Drum.wav', 'Bass Guitar.wav', 'Lead.wav'];
  expect(names(added(files))[0]).toBe('Bass Drum');
  expect(names(added(files)).slice(-2)).toEqual(['Backing Vocals', 'Lead']);
});

test('Stems of one family stand in the order in which they came', () => {
  expect(names(added(['Snare Top.wav', 'Snare Bottom.wav', 'Kick.wav']))).toEqual(['Kick', 'Snare Top', 'Snare Bottom']);
});

test('What people have moved stays where it is', () => {
  const moved = added(['Vox.wav', 'Kick.wav']).map((strip) => (strip.name === 'Vox' ? { ...strip, order: 'Zz' } : strip));
  const after = stripForStem(mixOf(moved), { id: 'new', filename: 'Bass.wav' });
  expect(after).toHaveLength(1);
  expect(names(mixOf(moved) && [...mixOf(moved).strips.values()].slice(0, 2))).toEqual(['Vox', 'Kick']);
});

test('Between strips with equal order keys, made by two people at once, a new one finds a place', () => {
  const strip = (id: string, name: string): Strip => ({
    id,
    kind: 'stem',
    name,
    color: 0,
    order: 'a1',
    stem: id,
    output: MASTER,
    vcas: [],
    values: {},
  });
  const desk = added(['Snare.wav'], [strip('x', 'Kick'), strip('y', 'Kick 2'), { ...strip('z', 'Vox'), order: 'a2' }]);
  expect(names(desk)).toEqual(['Kick', 'Kick 2', 'Snare', 'Vox']);
});

test('A stem that a strip plays already gets no second one', () => {
  const [kick] = added(['Kick.wav']);
  expect(kick && stripForStem(mixOf([kick]), { id: 'stem0', filename: 'Kick.wav' })).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { MASTER, type Mix, type Strip } from '../model/mix';
import { mend } from '../repair/mend';
import type { Change } from './change';
import { addGroup, addVca } from './place-strips';
import { createSend } from './sends';
import { setValue } from './set-value';
import { addInsert, assignVca, removeStrip, routeStrip, whyNotRoute } from './strip';

const rest = { kind: 'stem', name: 'x', color: 0, order: 'a0', stem: null, output: MASTER, vcas: [], values: {} } as const;

function mixOf(...strips: (Partial<Strip> & { id: string })[]): Mix {
  return mend({
    strips: new Map(strips.map((strip) => [strip.id, { ...rest, name: strip.id, ...strip }])),
    sends: new Map(),
    inserts: new Map(),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  });
}

const mix = mixOf(
  { id: 'kick', output: 'drums', vcas: ['rhythm'] },
  { id: 'bass', vcas: ['rhythm', 'low'] },
  { id: 'drums', kind: 'group' },
  { id: 'room', kind: 'aux' },
  { id: 'rhythm', kind: 'vca' },
  { id: 'low', kind: 'vca' },
);

const fieldsOf = (changes: readonly Change[]) =>
  new Map(changes.map((change) => [change.id, change.do === 'put' ? change.fields : change.do]));

describe('a VCA', () => {
  test('is made with its members; VCAs and the master are none', () => {
    const made = fieldsOf(addVca(mix, { id: 'all', name: 'All' }, ['kick', 'drums', 'room', 'low', MASTER, 'gone', 'all']));
    expect(made.get('all')).toMatchObject({ kind: 'vca', name: 'All' });
    expect(made.get('all')).not.toHaveProperty('output');
    expect([...made.keys()].sort()).toEqual(['all', 'drums', 'kick', 'room']);
    expect(made.get('kick')).toEqual({ 'vca.all': true });
  });

  test('takes on and lets go of each strip by a field of its own', () => {
    expect(assignVca(mix, 'kick', 'low', true)).toEqual([{ do: 'put', map: 'strips', id: 'kick', fields: { 'vca.low': true } }]);
    expect(assignVca(mix, 'kick', 'rhythm', false)).toEqual([
      { do: 'put', map: 'strips', id: 'kick', fields: { 'vca.rhythm': undefined } },
    ]);
    expect(assignVca(mix, 'kick', 'rhythm', true)).toEqual([]);
    expect(assignVca(mix, 'low', 'rhythm', true)).toEqual([]);
    expect(assignVca(mix, MASTER, 'rhythm', true)).toEqual([]);
    expect(assignVca(mix, 'kick', 'drums', true)).toEqual([]);
  });

  test('taken away leaves nothing of it behind', () => {
    const changes = fieldsOf(removeStrip(mix, 'rhythm'));
    expect(changes).toEqual(
      new Map<string, unknown>([
        ['kick', { 'vca.rhythm': undefined }],
        ['bass', { 'vca.rhythm': undefined }],
        ['rhythm', 'remove'],
      ]),
    );
  });

  test('has a fader and a mute and nothing else', () => {
    expect(setValue(mix, { on: 'strip', id: 'low', parameter: 'fader' }, -3)).toHaveLength(1);
    expect(setValue(mix, { on: 'strip', id: 'low', parameter: 'mute' }, 1)).toHaveLength(1);
    for (const parameter of ['pan', 'trim', 'eq.1.gain', 'solo.safe', 'delay.on']) {
      expect(setValue(mix, { on: 'strip', id: 'low', parameter }, 1)).toEqual([]);
    }
    expect(addInsert(mix, 'low', 'reverb')).toEqual([]);
    expect(createSend(mix, 'low', 'room')).toEqual([]);
  });

  test('goes nowhere, is no place to go to, and no member of a group', () => {
    expect(routeStrip(mix, 'low', 'drums')).toEqual([]);
    expect(routeStrip(mix, 'kick', 'low')).toEqual([]);
    expect(mix.strips.get('low')?.output).toBeNull();
    expect(fieldsOf(addGroup(mix, { id: 'g', name: 'G' }, ['kick', 'low'])).has('low')).toBe(false);
  });

  test('that is gone, or is none, is followed by nobody', () => {
    const mended = mixOf({ id: 'kick', vcas: ['bass', 'gone', 'low'] }, { id: 'bass' }, { id: 'low', kind: 'vca' });
    expect(mended.strips.get('kick')?.vcas).toEqual(['low']);
  });
});

test('a route that cannot be is refused with a sentence that says why', () => {
  const nested = mixOf({ id: 'a', kind: 'group', output: 'b' }, { id: 'b', kind: 'group' }, { id: 'room', kind: 'aux' }, { id: 's' });
  expect(whyNotRoute(nested, 'b', 'a')).toBe('a already goes into b, so the sound would go round in a circle.');
  expect(routeStrip(nested, 'b', 'a')).toEqual([]);
  expect(whyNotRoute(nested, 'a', 'a')).toBe('a cannot go into itself.');
  expect(whyNotRoute(nested, 's', 'room')).toBe('room is no group. Choose a group or the master.');
  expect(whyNotRoute(nested, MASTER, 'a')).not.toBeNull();
  expect(whyNotRoute(nested, 's', 'gone')).not.toBeNull();
  expect(whyNotRoute(nested, 's', 'a')).toBeNull();
  expect(whyNotRoute(nested, 'a', MASTER)).toBeNull();
});

test('a dissolved group leaves its members where it went', () => {
  const nested = mixOf({ id: 's', output: 'a' }, { id: 'a', kind: 'group', output: 'b' }, { id: 'b', kind: 'group' });
  expect(fieldsOf(removeStrip(nested, 'a'))).toEqual(
    new Map<string, unknown>([
      ['s', { output: 'b' }],
      ['a', 'remove'],
    ]),
  );
});

import { expect, test } from 'vitest';
import type { EarsFinding, PersonEars } from '../../lib/client';
import { MASTER, type Mix, type Strip } from '../../lib/mix';
import { deviceWords, earsGlance, earsSentences } from './ears-words';

const strip = (id: string, name: string): Strip => ({
  ...{ id, kind: 'stem', name, color: 0, order: id, stem: `stem-${id}`, output: MASTER, vcas: [], values: {} },
});
const mix: Mix = {
  strips: new Map([strip('a', 'Bass'), strip('b', 'Pad')].map((one) => [one.id, one])),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
};

let client = 1;
const person = (name: string, more: Partial<PersonEars> = {}): PersonEars => ({
  person: {
    ...{
      client: client++,
      user: { id: name, name, color: 1 },
      role: 'mixer',
      selected: null,
      together: true,
      alone: null,
      following: null,
      hands: [],
      me: name === 'Me',
    },
  },
  ears: null,
  findings: [],
  verdict: 'same',
  ...more,
});
const says = (name: string, ...findings: EarsFinding[]) => earsSentences(mix, person(name, { findings }));

test('who lacks stems is told by the names of their strips, with the reason', () => {
  const lacks = (['loading', 'loading'] as const).map((why, at) => ({ stem: `stem-${'ab'[at]}`, why }));
  expect(says('Ben', { what: 'stems', lacking: 2, lacks })).toEqual(['Ben is missing 2 stems: Bass, Pad – still loading.']);
  expect(says('Me', { what: 'stems', lacking: 6, lacks: [{ stem: 'stem-a', why: 'failing' }] })).toEqual([
    'You are missing 6 stems: Bass and 5 more – cannot be fetched just now, tried again.',
  ]);
});

test('another mix, gaps and own listening are told in plain words, a sentence each', () => {
  expect(says('Ana', { what: 'mix', unsaved: 3 })).toEqual(['Ana hears another mix: 3 changes not yet saved.']);
  expect(says('Lia', { what: 'gaps', count: 4 }, { what: 'ways', ways: ['solo', 'mono'] })).toEqual([
    'Lia had 4 gaps in the sound in the last minute.',
    'Lia listens with solo, mono.',
  ]);
  expect(says('Me', { what: 'effects', count: 1 })).toEqual(['You hear the mix without 1 effect: not enough memory.']);
});

test('who hears the same is told of too, and who has no sound yet', () => {
  expect(earsSentences(mix, person('Ana', { verdict: 'alike' }))).toEqual(['Ana hears the same, compared sample by sample.']);
  expect(earsSentences(mix, person('Me', { verdict: 'silent' }))).toEqual(['You have not started the sound yet.']);
});

test('the glance counts who hears the same, or names who does not', () => {
  const ben = person('Ben', { findings: [{ what: 'gaps', count: 1 }] });
  expect(earsGlance([person('Me'), person('Ana', { verdict: 'alike' }), person('Lia', { verdict: 'silent' })])).toEqual({
    same: true,
    text: 'same ears 2',
    short: '2',
  });
  expect(earsGlance([person('Me')]).text).toBe('same ears');
  expect(earsGlance([person('Me'), ben])).toEqual({ same: false, text: 'Ben hears something else', short: 'Ben' });
  expect(earsGlance([{ ...ben, person: { ...ben.person, me: true } }]).text).toBe('you hear something else');
  expect(earsGlance([ben, ben]).text).toBe('2 hear something else');
});

test('the device is told of only where something sounds', () => {
  const ears: PersonEars['ears'] = {
    ...{ sound: 'on', stems: 2, lacking: 0, lacks: [], effects: 0, rate: 44_100, latency: 25, nudge: 180 },
    ...{ gaps: 0, moved: 0, ways: [], unsaved: 0, mix: null, print: null },
  };
  expect(deviceWords(person('Ana', { ears }))).toBe(
    'device at 44.1 kHz, converted by the browser · 25 ms to the ears · 180 ms earlier by hand',
  );
  expect(deviceWords(person('Ana', { ears: { ...ears, sound: 'off' } }))).toBe('');
});

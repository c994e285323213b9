import { describe, expect, it } from 'vitest';
import { type Insert, type KeptPreset, MASTER, type Mix, type Send, type Strip } from '../model/mix';
import { mend } from '../repair/mend';
import type { Change } from './change';
import {
  applySetting,
  keepPreset,
  type Processor,
  pasteStrip,
  presetsOf,
  removePreset,
  settingOf,
  stripSettingOf,
  suits,
} from './settings';

const strip = (id: string, values: Strip['values'] = {}, kind: Strip['kind'] = 'stem'): Strip => ({
  id,
  kind,
  name: id,
  color: 0,
  order: id,
  stem: null,
  output: kind === 'vca' ? null : MASTER,
  vcas: [],
  values,
});

interface Made {
  readonly strips: readonly Strip[];
  readonly inserts?: readonly Insert[];
  readonly sends?: readonly Send[];
  readonly presets?: readonly KeptPreset[];
}

const byId = <T extends { readonly id: string }>(list: readonly T[] = []) => new Map(list.map((one) => [one.id, one]));

const mixOf = ({ strips, inserts, sends, presets }: Made): Mix =>
  mend({
    strips: byId(strips),
    inserts: byId(inserts),
    sends: byId(sends),
    presets: byId(presets),
    automation: new Map(),
    markers: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  });

/** What puts into one map say, by record. */
const puts = (changes: readonly Change[], map: Change['map']) =>
  changes.flatMap((change) => (change.do === 'put' && change.map === map ? [change] : []));
/** A strip's values after changes of it. */
function after(mix: Mix, id: string, changes: readonly Change[]): Record<string, unknown> {
  const values: Record<string, unknown> = { ...mix.strips.get(id)?.values };
  for (const { id: record, fields } of puts(changes, 'strips')) if (record === id) Object.assign(values, fields);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const comp = (id: string): Processor => ({ on: 'strip', id, processor: 'comp' });

describe('a processor’s setting', () => {
  it('goes from strip to strip and leaves its switch and all else alone', () => {
    const mix = mixOf({
      strips: [strip('a', { 'comp.on': 1, 'comp.threshold': -30, 'comp.mix': 60, fader: -3 }), strip('b', { 'comp.ratio': 8, fader: -9 })],
    });
    const setting = settingOf(mix, comp('a'));
    expect(setting).toEqual({ type: 'compressor', values: { threshold: -30, mix: 60 } });
    const changes = setting && applySetting(mix, comp('b'), setting);
    expect(after(mix, 'b', changes ?? [])).toEqual({ 'comp.threshold': -30, 'comp.mix': 60, fader: -9 });
  });

  it('goes from a strip to an effect of that kind and back, at other defaults too', () => {
    const insert: Insert = { id: 'x', strip: 'a', type: 'distortion', order: 'a0', values: { tone: 4000 } };
    const mix = mixOf({ strips: [strip('a', { 'sat.drive': 12 })], inserts: [insert] });
    const saturation: Processor = { on: 'strip', id: 'a', processor: 'sat' };
    const setting = settingOf(mix, saturation);
    // The strip's curve rests at the first one, the effect's at the second.
    expect(setting?.values).toEqual({ curve: 0, drive: 12, mix: 100 });
    const [change] = setting ? applySetting(mix, { on: 'insert', id: 'x' }, setting) : [];
    expect(change).toEqual({ do: 'put', map: 'inserts', id: 'x', fields: { curve: 0, drive: 12, tone: undefined } });
    expect(setting && applySetting(mix, saturation, setting)).toEqual([]);
    expect(suits(mix, saturation, { values: { curve: 4 } })).toBe(false);
  });

  it('is kept under a name, once for each name and type, and removed', () => {
    const kept: KeptPreset = { id: 'p', name: 'Tight', type: 'compressor', values: { ratio: 8 } };
    const mix = mixOf({ strips: [], presets: [kept, { ...kept, id: 'q', type: 'gate' }] });
    expect(presetsOf(mix, 'compressor')).toEqual([kept]);
    expect(keepPreset(mix, ' Tight ', { type: 'compressor', values: { threshold: -20 } })).toEqual([
      { do: 'put', map: 'presets', id: 'p', fields: { ratio: undefined, threshold: -20, type: 'compressor', name: 'Tight' } },
    ]);
    expect(keepPreset(mix, '  ', { type: 'compressor', values: {} })).toEqual([]);
    expect(removePreset(mix, 'p')).toEqual([{ do: 'remove', map: 'presets', id: 'p' }]);
  });
});

describe('a strip’s settings', () => {
  const insert: Insert = { id: 'x', strip: 'a', type: 'chorus', order: 'a0', values: { on: 0, depth: 20 } };
  const made: Made = {
    strips: [
      strip('a', { fader: -6, mute: 1, 'eq.2.gain': 4 }),
      strip('b', { trim: 3, mute: 1 }),
      strip('aux', {}, 'aux'),
      strip('other', {}, 'aux'),
      strip('v', {}, 'vca'),
    ],
    inserts: [insert, { ...insert, id: 'y', strip: 'b', type: 'eq' }],
    sends: [
      { id: 'a>aux', from: 'a', to: 'aux', values: { level: -10 } },
      { id: 'b>other', from: 'b', to: 'other', values: { level: -20 } },
    ],
  };
  const mix = mixOf(made);
  const setting = stripSettingOf(mix, 'a');
  if (!setting) throw new Error('There is no strip a.');

  it('take the place of another’s: values, effects and sends; not its mute', () => {
    const changes = pasteStrip(mix, 'b', setting);
    expect(after(mix, 'b', changes)).toEqual({ fader: -6, 'eq.2.gain': 4, mute: 1 });
    expect(changes).toContainEqual({ do: 'remove', map: 'inserts', id: 'y' });
    expect(puts(changes, 'inserts').map(({ fields }) => fields)).toEqual([
      { on: 0, depth: 20, strip: 'b', type: 'chorus', order: expect.any(String) },
    ]);
    expect(changes).toContainEqual({ do: 'remove', map: 'sends', id: 'b>other' });
    expect(changes).toContainEqual({ do: 'put', map: 'sends', id: 'b>aux', fields: { level: -10 } });
  });

  it('give a VCA its fader alone, and send no effect return into itself', () => {
    expect(pasteStrip(mix, 'v', setting)).toEqual([{ do: 'put', map: 'strips', id: 'v', fields: { fader: -6 } }]);
    expect(puts(pasteStrip(mix, 'aux', setting), 'sends')).toEqual([]);
  });
});

it("the master's own limiter takes the presets of a limiter, and gives its setting to one", () => {
  const limited = strip(MASTER, { 'limiter.gain': 3, 'limiter.on': 0 }, 'master');
  const mix = mixOf({ strips: [{ ...limited, output: null }] });
  const of: Processor = { on: 'strip', id: MASTER, processor: 'limiter' };
  expect(settingOf(mix, of)).toEqual({ type: 'limiter', values: { gain: 3 } });
  const changes = applySetting(mix, of, { values: { gain: 8, release: 200 } });
  expect(after(mix, MASTER, changes)).toEqual({ 'limiter.gain': 8, 'limiter.on': 0, 'limiter.release': 200 });
  expect(suits(mix, of, { values: { ceiling: -6 } })).toBe(true);
  expect(suits(mix, of, { values: { ceiling: -20 } })).toBe(false);
});

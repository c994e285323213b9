import { expect, it } from 'vitest';
import type { MapName, Primitive } from '../commands/change';
import type { Records } from '../history/difference';
import { compareMixes } from './compare';

type Plain = Partial<Record<MapName, Record<string, Record<string, Primitive>>>>;
const recordsOf = (plain: Plain): Records =>
  new Map(
    (Object.keys(plain) as MapName[]).map((map) => [
      map,
      new Map(Object.entries(plain[map] ?? {}).map(([id, fields]) => [id, new Map(Object.entries(fields))])),
    ]),
  );
const said = (before: Plain, after: Plain) =>
  compareMixes(recordsOf(before), recordsOf(after)).map(({ name, lines }) => [
    name,
    lines.map(({ what, from, to }) => [what, from, to].filter((word) => word !== null).join(' | ')),
  ]);

const lead = { kind: 'stem', name: 'Lead', order: 'a1' };
const hall = { kind: 'aux', name: 'Hall', order: 'a2' };

it('tells strip by strip what differs, with units', () => {
  const before: Plain = {
    strips: { lead: { ...lead, fader: -8 }, hall },
    sends: { 'lead>hall': { level: -12 } },
    settings: { mix: { tempo: 100, schema: 3 } },
  };
  const after: Plain = {
    strips: { lead: { ...lead, fader: -5.5, mute: 1 }, hall },
    sends: { 'lead>hall': { level: -6 } },
    inserts: { one: { strip: 'hall', type: 'reverb', order: 'a0' } },
    automation: { 'strip/lead/fader': { p1: '1 -6 l' } },
    settings: { mix: { tempo: 104, schema: 4 } },
  };
  expect(said(before, after)).toEqual([
    ['Song', ['Tempo | 100 | 104']],
    ['Lead', ['Fader | −8.0 dB | −5.5 dB', 'Mute | Off | On', 'Send to Hall | −12.0 dB | −6.0 dB', 'Fader automation | added']],
    ['Hall', ['Reverb | added']],
  ]);
});

it('says nothing of what is the same: a default that is written down, a value that reads alike', () => {
  const at = (fields: Record<string, Primitive>): Plain => ({ strips: { lead: { ...lead, ...fields } } });
  expect(said(at({}), at({ fader: 0, mute: false }))).toEqual([]);
  expect(said(at({ fader: -3.001 }), at({ fader: -3 }))).toEqual([]);
});

it('tells of strips that came and went, and of a lane with many points once', () => {
  const before: Plain = { strips: { lead }, automation: { 'strip/lead/pan': { p1: '1 -6 l', p2: '2 -6 l' } } };
  const after: Plain = {
    strips: { lead: { ...lead, name: 'Lead vox' }, hall },
    automation: { 'strip/lead/pan': { p1: '1 5 l', p2: '2 5 l' } },
  };
  expect(said(before, after)).toEqual([
    ['Lead vox', ['name | Lead | Lead vox', 'Pan automation']],
    ['Hall', ['Hall | added']],
  ]);
});

import type { Primitive } from '../commands/change';
import { formatValue } from '../laws/format';
import { type Target, targetOf } from '../model/target';
import { vcaOfField } from '../model/vca';
import { INSERT_NAMES, type InsertType } from '../parameters/insert';
import type { ParameterRow } from '../parameters/row';
import { clampToRow, insertRow, sendRow, stripRow } from '../parameters/table';
import type { GestureAbout } from './describe';
import type { Difference } from './difference';

/** The names that things had when a gesture was made. */
type Names = Pick<GestureAbout, 'names' | 'inserts'>;

/** A difference as people say it: "Lead Fader", from "−3.0 dB" to "−6.0 dB". No values where a thing came or went, or none can be told. */
export interface DifferenceWords {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  color: 'colour',
  order: 'place',
  stem: 'stem',
  output: 'output',
  'comp.key': 'compressor key',
  at: 'time',
  kind: 'kind',
  tempo: 'Tempo',
  beats: 'Beats in a bar',
  'beat.unit': 'Beat',
  key: 'Key',
};
/** Fields whose values say something to people. */
const TOLD = new Set(['name', 'tempo', 'beats', 'beat.unit', 'key']);

const strip = ({ names }: Names, id: string): string => names[id] || 'a strip that is gone';
const typeOf = (type: string | undefined): InsertType | undefined =>
  type !== undefined && type in INSERT_NAMES ? (type as InsertType) : undefined;

function insertName(about: Names, id: string): string {
  const insert = about.inserts[id];
  const type = typeOf(insert?.type);
  return `${insert ? `${strip(about, insert.strip)} ` : ''}${type ? INSERT_NAMES[type] : 'effect'}`;
}

function sendName(about: Names, id: string): string {
  const [from = '', to = ''] = id.split('>');
  return `${strip(about, from)} Send to ${strip(about, to)}`;
}

/** The row of a control by what the gesture says of it: by the time that it is read the control may be gone. */
export function rowThen(about: Names, { on, id, parameter }: Target): ParameterRow | undefined {
  if (on === 'strip') return stripRow(parameter);
  if (on === 'send') return sendRow(parameter);
  const type = typeOf(about.inserts[id]?.type);
  return type && insertRow(type, parameter);
}

function controlName(about: Names, target: Target, row: ParameterRow): string {
  if (target.on === 'strip') return `${strip(about, target.id)} ${row.label}`;
  if (target.on === 'insert') return `${insertName(about, target.id)} ${row.label}`;
  return target.parameter === 'level' ? sendName(about, target.id) : `${sendName(about, target.id)} ${row.label}`;
}

const ON = { strips: 'strip', sends: 'send', inserts: 'insert' } as const;

/** The control whose value a difference is; null where it is none's. */
export function targetOfDifference(one: Difference): Target | null {
  if (one.did !== 'set' || !(one.map in ON)) return null;
  return { on: ON[one.map as keyof typeof ON], id: one.id, parameter: one.field };
}

function recordName(about: Names, { map, id }: Pick<Difference, 'map' | 'id'>): string {
  if (map === 'strips') return strip(about, id);
  if (map === 'inserts') return insertName(about, id);
  if (map === 'sends') return sendName(about, id);
  if (map === 'markers') return 'Marker';
  if (map === 'presets') return 'Preset';
  const target = map === 'automation' ? targetOf(id) : null;
  const row = target && rowThen(about, target);
  return target && row ? `${controlName(about, target, row)} automation` : 'Song';
}

function plain(about: Names, field: string, value: Primitive | undefined): string | null {
  if (field === 'output' || field === 'comp.key')
    return typeof value === 'string' ? (about.names[value] ?? (value === 'master' ? 'Master' : null)) : null;
  if (!TOLD.has(field) || value === undefined || value === null) return null;
  return String(value);
}

/** What a difference is in words, by the names that things had. */
export function differenceWords(one: Difference, about: Names): DifferenceWords {
  const name = recordName(about, one);
  if (one.did !== 'set') {
    const own =
      (one.map === 'markers' || one.map === 'presets') && typeof one.fields['name'] === 'string' ? `${name} ${one.fields['name']}` : name;
    return { what: own, from: null, to: null };
  }
  const target = targetOfDifference(one);
  const row = target && rowThen(about, target);
  if (target && row) {
    const said = (value: Primitive | undefined) => formatValue(row, clampToRow(row, value ?? row.default));
    return { what: controlName(about, target, row), from: said(one.from), to: said(one.to) };
  }
  if (one.map === 'automation') return { what: name, from: null, to: null };
  if (vcaOfField(one.field) !== null) return { what: `${name} VCA`, from: null, to: null };
  const field = FIELDS[one.field] ?? one.field;
  const what = one.map === 'settings' ? field : `${name} ${field}`;
  return { what, from: plain(about, one.field, one.from), to: plain(about, one.field, one.to) };
}

import { generateKeyBetween } from 'fractional-indexing';
import {
  clampToRow,
  decodePoint,
  FIRST_ORDER,
  followsVcas,
  INSERT_TYPES,
  type Insert,
  type InsertType,
  insertRow,
  isPointId,
  type KeptPreset,
  type Lane,
  MASTER,
  type Marker,
  type ParameterRow,
  type Send,
  type Settings,
  type Strip,
  type StripId,
  type StripKind,
  sendRow,
  stripRow,
  targetOf,
  UNNAMED,
  type Values,
  vcaOfField,
} from '../mix';
import {
  BEAT_UNITS,
  BEATS,
  COLORS,
  isId,
  LAST_MOMENT,
  LONGEST_NAME,
  MARKER_KINDS,
  MOST_KEPT_POINTS,
  STRIP_KINDS,
  sendEnds,
  TEMPO,
} from './layout';

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A record as the document holds it: anything may be in it. */
export type RawRecord = ReadonlyMap<string, unknown>;

function text(value: unknown, fallback: string): string {
  if (typeof value !== 'string') return fallback;
  const clean = value.replace(/\p{Cc}/gu, ' ').trim();
  return [...clean].slice(0, LONGEST_NAME).join('') || fallback;
}

function within(value: unknown, range: { readonly min: number; readonly max: number; readonly default: number }): number {
  return typeof value === 'number' && !Number.isNaN(value) ? Math.min(range.max, Math.max(range.min, value)) : range.default;
}

const color = (value: unknown) => Math.floor(within(value, { min: 0, max: COLORS - 1, default: 0 }));

/** A fractional index that others can be put beside, or the first one. */
function order(value: unknown): string {
  if (typeof value !== 'string') return FIRST_ORDER;
  try {
    generateKeyBetween(value, null);
    return value;
  } catch {
    return FIRST_ORDER;
  }
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.find((choice) => choice === value) ?? fallback;
}

/** What differs from the rows' defaults, in range. */
function values(record: RawRecord, rowFor: (id: string) => ParameterRow | undefined): Values {
  const kept: Record<string, number> = {};
  for (const [field, raw] of record) {
    const row = rowFor(field);
    if (!row) continue;
    const value = clampToRow(row, raw);
    if (value !== row.default) kept[row.id] = value;
  }
  return kept;
}

/** The master is who has its id, and nobody else is. */
function kindOf(id: string, raw: unknown): StripKind {
  if (id === MASTER) return 'master';
  const kind = oneOf(raw, STRIP_KINDS, 'stem');
  return kind === 'master' ? 'group' : kind;
}

const NONE: readonly StripId[] = [];

/** The VCAs a strip's fields assign it to, in the order of their ids. */
function vcas(record: RawRecord): readonly StripId[] {
  const assigned: StripId[] = [];
  for (const [field, value] of record) {
    const vca = vcaOfField(field);
    if (isId(vca) && (value === true || (typeof value === 'number' && value >= 0.5))) assigned.push(vca);
  }
  return assigned.length > 0 ? assigned.sort() : NONE;
}

export function parseStrip(id: string, record: RawRecord): Strip {
  const kind = kindOf(id, record.get('kind'));
  const output = record.get('output');
  const stem = record.get('stem');
  const key = record.get('comp.key');
  return {
    id,
    kind,
    name: text(record.get('name'), UNNAMED[kind]),
    color: color(record.get('color')),
    order: order(record.get('order')),
    stem: kind === 'stem' && isId(stem) ? stem : null,
    vcas: followsVcas({ kind }) ? vcas(record) : NONE,
    output: kind === 'master' || kind === 'vca' ? null : isId(output) ? output : MASTER,
    ...(isId(key) ? { key } : {}),
    values: values(record, (field) => stripRow(field, kind)),
  };
}

export function parseSend(id: string, record: RawRecord): Send | null {
  const ends = sendEnds(id);
  return ends && { id, from: ends[0], to: ends[1], values: values(record, sendRow) };
}

export function parseInsert(id: string, record: RawRecord): Insert | null {
  const strip = record.get('strip');
  const type: InsertType | undefined = INSERT_TYPES.find((one) => one === record.get('type'));
  if (!isId(strip) || !type) return null;
  return { id, strip, type, order: order(record.get('order')), values: values(record, (field) => insertRow(type, field)) };
}

export function parsePreset(id: string, record: RawRecord): KeptPreset | null {
  const type: InsertType | undefined = INSERT_TYPES.find((one) => one === record.get('type'));
  if (!type) return null;
  return { id, type, name: text(record.get('name'), 'Preset'), values: values(record, (field) => insertRow(type, field)) };
}

export function parseMarker(id: string, record: RawRecord): Marker {
  return {
    id,
    name: text(record.get('name'), 'Marker'),
    at: within(record.get('at'), { min: 0, max: LAST_MOMENT, default: 0 }),
    kind: oneOf(record.get('kind'), MARKER_KINDS, 'marker'),
    color: color(record.get('color')),
  };
}

/** A lane with its points in order of time; without those over its measure, the last by id. */
export function parseLane(id: string, record: RawRecord): Lane | null {
  const target = targetOf(id);
  if (!target) return null;
  const points = [...record].flatMap(([field, text]) => (isPointId(field) ? (decodePoint(field, text) ?? []) : []));
  const kept = points.length > MOST_KEPT_POINTS ? points.sort(byId).slice(0, MOST_KEPT_POINTS) : points;
  const moments = kept.map((point) => ({ ...point, at: within(point.at, { min: 0, max: LAST_MOMENT, default: 0 }) }));
  return { id, target, read: record.get('read') !== false, points: moments.sort((a, b) => a.at - b.at || byId(a, b)) };
}

export function parseSettings(record: RawRecord): Settings {
  const unit = record.get('beat.unit');
  return {
    tempo: within(record.get('tempo'), TEMPO),
    metre: [Math.round(within(record.get('beats'), BEATS)), BEAT_UNITS.find((one) => one === unit) ?? 4],
    key: text(record.get('key'), ''),
  };
}

import { generateNKeysBetween } from 'fractional-indexing';
import { newId } from '../../std';
import type { InsertId, KeptPreset, Mix, PresetId, Strip, StripId, Values } from '../model/mix';
import { sendId } from '../model/mix';
import { INSERT_ROWS, type InsertType } from '../parameters/insert';
import type { ParameterRow } from '../parameters/row';
import { STRIP_ROWS } from '../parameters/strip';
import { clampToRow, stripRow } from '../parameters/table';
import type { Preset } from '../presets/preset';
import { wouldLoop } from '../routing/graph';
import type { Change } from './change';
import { insertsOf } from './inserts';

/** What a strip has of itself, and the type of effect that is the same: `prefix` before its parameters' ids. */
const OWN = {
  eq: { type: 'eq', prefix: '' },
  comp: { type: 'compressor', prefix: 'comp.' },
  gate: { type: 'gate', prefix: 'gate.' },
  limiter: { type: 'limiter', prefix: 'limiter.' },
  sat: { type: 'distortion', prefix: 'sat.' },
} as const satisfies Readonly<Record<string, { readonly type: InsertType; readonly prefix: string }>>;
type OwnProcessor = keyof typeof OWN;

/** An effect, or what a strip has of itself. */
export type Processor =
  | { readonly on: 'insert'; readonly id: InsertId }
  | { readonly on: 'strip'; readonly id: StripId; readonly processor: OwnProcessor };

/** What a processor is set to, wherever it is: values by the ids of its type's rows. `mix` is always named where there is one. */
export interface Setting {
  readonly type: InsertType;
  readonly values: Values;
}

interface Place {
  readonly type: InsertType;
  readonly map: 'strips' | 'inserts';
  readonly values: Values;
  /** The row where the processor is, for one of its type; undefined where it has none such. */
  rowOf(row: ParameterRow): ParameterRow | undefined;
}

function placeOf(mix: Mix, of: Processor): Place | null {
  if (of.on === 'insert') {
    const insert = mix.inserts.get(of.id);
    return insert ? { type: insert.type, map: 'inserts', values: insert.values, rowOf: (row) => row } : null;
  }
  const strip = mix.strips.get(of.id);
  const { type, prefix } = OWN[of.processor];
  return strip ? { type, map: 'strips', values: strip.values, rowOf: (row) => stripRow(prefix + row.id, strip.kind) } : null;
}

/** The type of effect that a processor is, or is like; null where there is none such. */
export function typeOfProcessor(mix: Mix, of: Processor): InsertType | null {
  return placeOf(mix, of)?.type ?? null;
}

/** What a processor is set to, but for whether it is on; null where there is none such. */
export function settingOf(mix: Mix, of: Processor): Setting | null {
  const place = placeOf(mix, of);
  if (!place) return null;
  const values: Record<string, number> = {};
  for (const row of INSERT_ROWS[place.type]) {
    const there = place.rowOf(row);
    if (row.id === 'on' || !there) continue;
    const value = place.values[there.id] ?? there.default;
    if (value !== row.default || row.id === 'mix') values[row.id] = value;
  }
  return { type: place.type, values };
}

/**
 * Sets a processor up as a preset says, everything else of it at the default of its type; whether it is on, and its mix unless
 * named, stay. Nothing where all is so already.
 */
export function applySetting(mix: Mix, of: Processor, { values }: Pick<Preset, 'values'>): Change[] {
  const place = placeOf(mix, of);
  if (!place) return [];
  const fields: Record<string, number | undefined> = {};
  for (const row of INSERT_ROWS[place.type]) {
    const there = place.rowOf(row);
    if (!there || row.id === 'on' || (row.id === 'mix' && !(row.id in values))) continue;
    const value = clampToRow(there, values[row.id] ?? row.default);
    const kept = value === there.default ? undefined : value;
    if (place.values[there.id] !== kept) fields[there.id] = kept;
  }
  return Object.keys(fields).length > 0 ? [{ do: 'put', map: place.map, id: of.id, fields }] : [];
}

/** Whether a processor can be set up as a preset says: a strip's saturation has fewer curves than a distortion. */
export function suits(mix: Mix, of: Processor, { values }: Pick<Preset, 'values'>): boolean {
  const place = placeOf(mix, of);
  if (!place) return false;
  return INSERT_ROWS[place.type].every((row) => {
    const [there, value] = [place.rowOf(row), values[row.id]];
    return !there || value === undefined || clampToRow(there, value) === value;
  });
}

/** The presets of a type that the session keeps. */
export function presetsOf(mix: Mix, type: InsertType): readonly KeptPreset[] {
  return [...mix.presets.values()].filter((preset) => preset.type === type);
}

/** Keeps a setting under a name for everybody; one of the same type and name is written over. Nothing where the name is blank. */
export function keepPreset(mix: Mix, name: string, { type, values }: Setting): Change[] {
  const clean = name.trim();
  if (clean === '') return [];
  const old = presetsOf(mix, type).find((preset) => preset.name === clean);
  const gone = Object.fromEntries(Object.keys(old?.values ?? {}).map((id) => [id, undefined]));
  return [{ do: 'put', map: 'presets', id: old?.id ?? newId(), fields: { ...gone, ...values, type, name: clean } }];
}

export function removePreset(mix: Mix, id: PresetId): Change[] {
  return mix.presets.has(id) ? [{ do: 'remove', map: 'presets', id }] : [];
}

/** How a strip sounds, to be put onto others: not what it is called, where it goes, or whether it is muted now. */
export interface StripSetting {
  readonly name: string;
  readonly values: Values;
  readonly inserts: readonly Setting[];
  readonly sends: readonly { readonly to: StripId; readonly values: Values }[];
}

const OF_THE_MOMENT: ReadonlySet<string> = new Set(['mute', 'solo.safe']);

export function stripSettingOf(mix: Mix, id: StripId): StripSetting | null {
  const strip = mix.strips.get(id);
  if (!strip) return null;
  return {
    name: strip.name,
    values: Object.fromEntries(Object.entries(strip.values).filter(([field]) => !OF_THE_MOMENT.has(field))),
    inserts: insertsOf(mix, id).map(({ type, values }) => ({ type, values })),
    sends: [...mix.sends.values()].filter(({ from }) => from === id).map(({ to, values }) => ({ to, values })),
  };
}

function valuesPasted(strip: Strip, values: Values): Change[] {
  const fields: Record<string, number | undefined> = {};
  for (const { id } of STRIP_ROWS) {
    if (OF_THE_MOMENT.has(id) || !stripRow(id, strip.kind) || strip.values[id] === values[id]) continue;
    fields[id] = values[id];
  }
  return Object.keys(fields).length > 0 ? [{ do: 'put', map: 'strips', id: strip.id, fields }] : [];
}

function sendsPasted(mix: Mix, strip: Strip, wanted: StripSetting['sends']): Change[] {
  const sends = wanted.filter(
    ({ to }) => mix.strips.get(to)?.kind === 'aux' && (mix.sends.has(sendId(strip.id, to)) || !wouldLoop(mix, strip.id, to)),
  );
  const stay = new Set(sends.map(({ to }) => sendId(strip.id, to)));
  const gone = [...mix.sends.values()].filter(({ id, from }) => from === strip.id && !stay.has(id));
  return [
    ...gone.map(({ id }): Change => ({ do: 'remove', map: 'sends', id })),
    ...sends.map(({ to, values }): Change => {
      const id = sendId(strip.id, to);
      const blank = Object.fromEntries(Object.keys(mix.sends.get(id)?.values ?? {}).map((field) => [field, undefined]));
      return { do: 'put', map: 'sends', id, fields: { ...blank, ...values } };
    }),
  ];
}

/** Lets a strip sound as a copied one: its values, effects and sends in place of its own, as far as its kind has them. */
export function pasteStrip(mix: Mix, id: StripId, setting: StripSetting): Change[] {
  const strip = mix.strips.get(id);
  if (!strip) return [];
  const values = valuesPasted(strip, setting.values);
  if (strip.kind === 'vca') return values;
  const orders = generateNKeysBetween(null, null, setting.inserts.length);
  return [
    ...values,
    ...insertsOf(mix, id).map((insert): Change => ({ do: 'remove', map: 'inserts', id: insert.id })),
    ...setting.inserts.map(
      (insert, index): Change => ({
        do: 'put',
        map: 'inserts',
        id: newId(),
        fields: { ...insert.values, strip: id, type: insert.type, order: orders[index] ?? '' },
      }),
    ),
    ...(strip.kind === 'master' ? [] : sendsPasted(mix, strip, setting.sends)),
  ];
}

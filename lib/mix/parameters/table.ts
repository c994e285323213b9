import { INSERT_ROWS, INSERT_TYPES, type InsertType } from './insert';
import type { ParameterRow, StripKind } from './row';
import { SEND_ROWS } from './send';
import { STRIP_ROWS, VCA_PARAMETERS } from './strip';

const byId = (rows: readonly ParameterRow[]) => new Map(rows.map((row) => [row.id, row]));

const strips = byId(STRIP_ROWS);
const sends = byId(SEND_ROWS);
const inserts: ReadonlyMap<InsertType, ReadonlyMap<string, ParameterRow>> = new Map(
  INSERT_TYPES.map((type) => [type, byId(INSERT_ROWS[type])]),
);

/** The row of a strip's parameter, or undefined where there is none, or this kind of strip has none. */
export function stripRow(id: string, kind?: StripKind): ParameterRow | undefined {
  const row = strips.get(id);
  if (kind === 'vca' && !VCA_PARAMETERS.has(id)) return undefined;
  return row && (!kind || !row.kinds || row.kinds.includes(kind)) ? row : undefined;
}

export function sendRow(id: string): ParameterRow | undefined {
  return sends.get(id);
}

export function insertRow(type: InsertType, id: string): ParameterRow | undefined {
  return inserts.get(type)?.get(id);
}

/** `value` brought into the row's range and steps; the default where it is not a number at all. */
export function clampToRow(row: ParameterRow, value: unknown): number {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return row.default;
  const within = Math.min(row.max, Math.max(row.min, number));
  return row.law === 'switch' || row.law === 'choice' ? Math.round(within) : within;
}

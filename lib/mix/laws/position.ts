import type { ParameterRow } from '../parameters/row';
import { clampToRow } from '../parameters/table';

/** A mark of the fader's scale: decibels, and where they stand on its travel (0 bottom, 1 top). */
export interface FaderMark {
  readonly decibels: number;
  readonly position: number;
}

/**
 * The travel of a fader, after the scale of IEC 60268-18: even steps in the upper half, where the hand works, closer
 * ones below. Between the marks it is straight. The lowest mark is −∞ (`SILENCE_DB`).
 */
export const FADER_MARKS: readonly FaderMark[] = [
  { decibels: 10, position: 1 },
  { decibels: 5, position: 0.875 },
  { decibels: 0, position: 0.75 },
  { decibels: -5, position: 0.625 },
  { decibels: -10, position: 0.5 },
  { decibels: -20, position: 0.375 },
  { decibels: -30, position: 0.25 },
  { decibels: -40, position: 0.165 },
  { decibels: -60, position: 0.06 },
  { decibels: -120, position: 0 },
];

type Key = keyof FaderMark;

/** Looks `value` up along `from` and answers along `to`; both run downwards through the marks. */
function along(from: Key, to: Key, value: number): number {
  for (let index = 1; index < FADER_MARKS.length; index += 1) {
    const upper = FADER_MARKS[index - 1] as FaderMark;
    const lower = FADER_MARKS[index] as FaderMark;
    if (value >= upper[from]) return upper[to];
    if (value >= lower[from]) return lower[to] + ((value - lower[from]) / (upper[from] - lower[from])) * (upper[to] - lower[to]);
  }
  return (FADER_MARKS.at(-1) as FaderMark)[to];
}

/** Where decibels stand on the fader's scale, 0…1; also the scale of the meters beside it. */
export function faderPosition(decibels: number): number {
  return along('decibels', 'position', decibels);
}

/** The decibels at a place of the fader's travel; `SILENCE_DB` at the bottom. */
export function faderDecibels(position: number): number {
  return along('position', 'decibels', position);
}

/** Where a value stands on its control's travel, 0…1, by the row's law. */
export function positionOf(row: ParameterRow, value: number): number {
  const within = clampToRow(row, value);
  switch (row.law) {
    case 'fader':
      return faderPosition(within);
    case 'log':
      return Math.log(within / row.min) / Math.log(row.max / row.min);
    default:
      return row.max === row.min ? 0 : (within - row.min) / (row.max - row.min);
  }
}

/** The value at a place of the control's travel (held to 0…1), by the row's law; switches and choices fall on a step. */
export function valueAt(row: ParameterRow, position: number): number {
  const at = Math.min(1, Math.max(0, position));
  switch (row.law) {
    case 'fader':
      return clampToRow(row, faderDecibels(at));
    case 'log':
      return clampToRow(row, row.min * (row.max / row.min) ** at);
    default:
      return clampToRow(row, row.min + at * (row.max - row.min));
  }
}

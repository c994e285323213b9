import type { ParameterRow } from '../parameters/row';
import { clampToRow } from '../parameters/table';

/**
 * The space in which a lane moves its control: faders and gains in decibels, what has a logarithmic law in its logarithm, all
 * else as it is. A straight line in it is what an ear takes for one.
 */
export function toLaw(row: ParameterRow, value: number): number {
  return row.law === 'log' ? Math.log(Math.max(value, row.min)) : value;
}

export function fromLaw(row: ParameterRow, value: number): number {
  return clampToRow(row, row.law === 'log' ? Math.exp(value) : value);
}

/** True for what has no values in between: switches and choices. Their lanes step, whatever curve a point names. */
export function isStepped(row: ParameterRow): boolean {
  return row.law === 'switch' || row.law === 'choice';
}

/** What thinning may be off by, in the law's space: 0.1 dB, 1 % of a frequency or time, a two-hundredth of any other range. */
export function toleranceOf(row: ParameterRow): number {
  if (isStepped(row)) return 0;
  if (row.law === 'log') return 0.01;
  return row.unit === 'dB' ? 0.1 : (row.max - row.min) / 200;
}

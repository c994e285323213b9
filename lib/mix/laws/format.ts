import { SILENCE_DB } from '../../units';
import { ENDLESS_RATIO } from '../parameters/dynamics';
import type { ParameterRow } from '../parameters/row';

const MINUS = '−';

/** Fixed decimals with a true minus sign, and no "−0.0". */
function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** Three significant digits, and two decimals at the most. */
function three(value: number): string {
  const size = Math.abs(value);
  if (size < 0.005) return '0';
  return fixed(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

function decibels(row: ParameterRow, value: number): string {
  if (row.law === 'fader' && value < SILENCE_DB + 0.05) return `${MINUS}∞`;
  const text = fixed(value, 1);
  return value > 0 && row.min < 0 && Number(text) !== 0 ? `+${text}` : text;
}

function pan(value: number): string {
  const side = Math.round(Math.abs(value));
  if (side === 0) return 'C';
  return `${value < 0 ? 'L' : 'R'}${side}`;
}

/** The number and the unit of a value as shown; the unit is empty where the number says it all. */
function parts(row: ParameterRow, value: number): readonly [number: string, unit: string] {
  switch (row.unit) {
    case 'dB':
      return [decibels(row, value), 'dB'];
    case 'Hz':
      return value < 999.5 ? [three(value), 'Hz'] : [three(value / 1000), 'kHz'];
    case 'ms':
      // Two decimals of a millisecond tell every sample from the next.
      if (row.grain) return [fixed(value, 2), 'ms'];
      return value < 999.5 ? [three(value), 'ms'] : [three(value / 1000), 's'];
    case 's':
      return [three(value), 's'];
    case '%':
      return [fixed(value, 0), '%'];
    case 'ratio':
      return [value >= ENDLESS_RATIO - 0.5 ? '∞:1' : `${fixed(value, value < 9.95 ? 1 : 0)}:1`, ''];
    case 'Q':
      return [three(value), ''];
    case 'pan':
      return [pan(value), ''];
    case 'none':
      return [row.choices?.[Math.round(value)] ?? (row.law === 'switch' ? (value >= 0.5 ? 'On' : 'Off') : three(value)), ''];
  }
}

/** A value in words, as read and typed: "−6.0 dB", "1.20 kHz", "L30", "C", "4.0:1", "−∞", "10.0 ms", "Low shelf". */
export function formatValue(row: ParameterRow, value: number): string {
  const [number, unit] = parts(row, value);
  return unit && !number.endsWith('∞') ? `${number} ${unit}` : number;
}

/** The same for a place too narrow for the unit: "−6.0", "1.20k", "10.0". Times past a second keep their "s". */
export function formatShort(row: ParameterRow, value: number): string {
  const [number, unit] = parts(row, value);
  if (unit === 'kHz') return `${number}k`;
  return unit === 's' || unit === '%' ? `${number}${unit}` : number;
}

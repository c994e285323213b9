import type { ParameterRow } from '../parameters/row';
import { clampToRow } from '../parameters/table';
import { shownValue } from './parse';
import { positionOf, valueAt } from './position';

const DECIBELS_PER_STEP = 0.5;
const TRAVEL_PER_STEP = 0.01;
/** Below this a step of half a decibel would take for ever to bring a closed fader up. */
const EVEN_FADER_DB = -40;

/**
 * The value `steps` key presses away: half decibels for levels, whole numbers for pan and percent, otherwise hundredths
 * of the travel. Fractions of a step are fine moves, of one sample where samples count; a switch or a choice moves by one whatever the fraction.
 */
export function stepValue(row: ParameterRow, value: number, steps: number): number {
  if (row.law === 'switch' || row.law === 'choice') return clampToRow(row, value + Math.sign(steps) * Math.ceil(Math.abs(steps)));
  if (row.unit === 'dB') {
    const moved = value + steps * DECIBELS_PER_STEP;
    if (row.law !== 'fader' || Math.min(value, moved) >= EVEN_FADER_DB) return clampToRow(row, Math.round(moved * 100) / 100);
  }
  if (row.grain && Math.abs(steps) < 1) return shownValue(row, value + Math.sign(steps) * row.grain);
  if (row.unit === 'pan' || row.unit === '%') return clampToRow(row, Math.round((value + steps) * 100) / 100);
  const moved = valueAt(row, positionOf(row, value) + steps * TRAVEL_PER_STEP);
  const shown = shownValue(row, moved);
  // A fine step may be smaller than what is shown; it moves all the same.
  return shown === shownValue(row, value) ? moved : shown;
}

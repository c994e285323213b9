import { BANDS, decibels } from '../measure/bands';
import { loudnessOf } from '../measure/loudness';
import { SPECTRUM_STEP } from '../measure/strip-measure';
import type { ProgrammeMeasure } from './programme';

/** Seconds that are compared before and after a moment, and the shortest section. */
const AROUND = 8;
/** Rows of spectra that are taken together: 1 s. */
const ROWS = 5;
/** dB by which a third octave differs on average where a section begins. */
const CHANGE = 3;
/** What is softer than this in a band, dBFS, does not count as different. */
const FLOOR = -80;

/** Levels of each third octave, dB, second by second. */
function levels({ bands }: ProgrammeMeasure): Float64Array[] {
  const seconds = Math.floor(bands.length / BANDS / ROWS);
  return Array.from({ length: seconds }, (_, second) =>
    Float64Array.from({ length: BANDS }, (_, band) => {
      let power = 0;
      for (let row = 0; row < ROWS; row++) power += bands[BANDS * (second * ROWS + row) + band] ?? 0;
      return Math.max(FLOOR, decibels(power / ROWS));
    }),
  );
}

function mean(rows: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(BANDS);
  for (const row of rows) for (let band = 0; band < BANDS; band++) sum[band] = (sum[band] ?? 0) + (row[band] ?? 0) / rows.length;
  return sum;
}

/**
 * Where a song changes, seconds: where the third octaves of the eight seconds before differ most from those of the eight after
 * (novelty after Foote, ICME 2000, with the means of both sides in place of the whole similarity matrix).
 */
export function findSections(measure: ProgrammeMeasure): number[] {
  const rows = levels(measure);
  const novelty = rows.map((_, at) => {
    if (at < AROUND || at > rows.length - AROUND) return 0;
    const [before, after] = [mean(rows.slice(at - AROUND, at)), mean(rows.slice(at, at + AROUND))];
    return before.reduce((sum, value, band) => sum + Math.abs(value - (after[band] ?? 0)), 0) / BANDS;
  });
  const isPeak = (value: number, at: number) =>
    value >= CHANGE && novelty.slice(Math.max(0, at - AROUND), at + AROUND + 1).every((other) => other <= value);
  return novelty.flatMap((value, at) => (isPeak(value, at) ? [at * ROWS * SPECTRUM_STEP] : []));
}

/** Loudness over the whole length in so many values, 0 for 30 LU below the loudest to 1 for it. */
export function outlineOf({ steps }: Pick<ProgrammeMeasure, 'steps'>, count: number): number[] {
  const each = steps.length / count;
  const loud = Array.from({ length: count }, (_, n) => {
    const part = steps.subarray(Math.floor(n * each), Math.max(Math.floor(n * each) + 1, Math.floor((n + 1) * each)));
    return loudnessOf(part.reduce((sum, power) => sum + power, 0) / Math.max(1, part.length));
  });
  const most = Math.max(...loud);
  return loud.map((value) => (Number.isFinite(value) ? Math.max(0, 1 + (value - most) / 30) : 0));
}

import { SAMPLE_RATE } from '../../units';

/** Length of the transforms of all measures: 171 ms, bins 5.9 Hz apart. */
export const SIZE = 8192;
/** Frames between two spectra: 200 ms. */
export const HOP = 9600;
/** Bins of a spectrum, from 0 Hz to half the sample rate. */
export const BINS = SIZE / 2 + 1;
export const BIN_HERTZ = SAMPLE_RATE / SIZE;

/** Middles of the third-octave bands from 20 Hz to 20 kHz, Hz (IEC 61260-1, base 2: 1000 · 2^(n/3)). */
export const BAND_HERTZ: Float64Array = Float64Array.from({ length: 31 }, (_, n) => 1000 * 2 ** ((n - 17) / 3));
export const BANDS = BAND_HERTZ.length;

/** Sum of the bins from `low` to `high` Hz; bins at the edges count by the share that lies within. */
export function powerBetween(spectrum: ArrayLike<number>, low: number, high: number): number {
  const from = Math.max(0, low / BIN_HERTZ + 0.5);
  const until = Math.min(BINS, high / BIN_HERTZ + 0.5);
  const [first, last] = [Math.floor(from), Math.floor(until)];
  if (first >= last) return (spectrum[first] ?? 0) * Math.max(0, until - from);
  let sum = (spectrum[first] ?? 0) * (first + 1 - from) + (spectrum[last] ?? 0) * (until - last);
  for (let bin = first + 1; bin < last; bin++) sum += spectrum[bin] ?? 0;
  return sum;
}

/** The power of each third-octave band of a spectrum. */
export function thirdOctaves(spectrum: ArrayLike<number>, into: Float32Array | Float64Array, at = 0): void {
  for (let band = 0; band < BANDS; band++) {
    const middle = BAND_HERTZ[band] ?? 0;
    into[at + band] = powerBetween(spectrum, middle * 2 ** (-1 / 6), middle * 2 ** (1 / 6));
  }
}

/** 10·log10, −150 for nothing. */
export const decibels = (power: number): number => 10 * Math.log10(Math.max(power, 1e-15));
/** The power of a level in dB. */
export const powerOf = (level: number): number => 10 ** (level / 10);

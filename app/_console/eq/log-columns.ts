import { SAMPLE_RATE } from '../../../lib/units';
import { frequencyAt } from './axes';

/**
 * Spreads a spectrum's bins (even in frequency, 0 Hz to Nyquist) over columns that are even in octaves, 20 Hz to 20 kHz:
 * where a column holds several bins the highest counts, where a bin spans several columns they go from one to the next.
 */
export function toLogColumns(bins: Float32Array, columns: Float32Array): void {
  const perHertz = (2 * bins.length) / SAMPLE_RATE;
  const last = bins.length - 1;
  for (let column = 0; column < columns.length; column += 1) {
    const from = frequencyAt(column / columns.length) * perHertz;
    const until = frequencyAt((column + 1) / columns.length) * perHertz;
    const first = Math.min(last, Math.ceil(from));
    if (first < until) {
      let highest = bins[first] ?? 0;
      for (let bin = first + 1; bin < until && bin <= last; bin += 1) highest = Math.max(highest, bins[bin] ?? 0);
      columns[column] = highest;
    } else {
      const below = Math.min(last, Math.floor(from));
      const low = bins[below] ?? 0;
      columns[column] = low + ((bins[Math.min(last, below + 1)] ?? 0) - low) * (from - below);
    }
  }
}

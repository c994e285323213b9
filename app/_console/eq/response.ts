import { EQ_TYPES } from '../../../lib/mix';
import type { BandSettings, CutSettings, EqSettings } from './settings';

/** Curves in dB over a list of frequencies. */
export interface EqResponse {
  readonly sum: Float64Array;
  /** One for each band, zero where it is off. */
  readonly bands: readonly Float64Array[];
}

/** Log-spaced frequencies from 20 Hz to 20 kHz. */
export function logFrequencies(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => 20 * 1000 ** (index / (count - 1)));
}

export const THUMBNAIL_FREQUENCIES = logFrequencies(48);

/** |(b2·s² + b1·s + b0) / (a2·s² + a1·s + a0)|² on s = i·w. */
function power(w: number, b2: number, b1: number, b0: number, a2: number, a1: number, a0: number): number {
  const w2 = w * w;
  return ((b0 - b2 * w2) ** 2 + b1 * b1 * w2) / ((a0 - a2 * w2) ** 2 + a1 * a1 * w2);
}

/** The power response of one band at `frequency` Hz: the analogue filters that the desk's matched ones follow. */
function bandPower({ type, freq, gain, q }: BandSettings, frequency: number): number {
  const w = frequency / freq;
  const a = 10 ** (gain / 40);
  const root = Math.sqrt(a) / q;
  switch (EQ_TYPES[type]) {
    case 'Low shelf':
      return a * a * power(w, 1, root, a, a, root, 1);
    case 'High shelf':
      return a * a * power(w, a, root, 1, 1, root, a);
    case 'Notch':
      return power(w, 1, 0, 1, 1, 1 / q, 1);
    case 'Tilt':
      return power(w, 0, a, 1 / a, 0, 1 / a, a);
    default:
      return power(w, 1, a / q, 1, 1, 1 / (a * q), 1);
  }
}

/** Butterworth of slope/6 poles. */
function cutPower(cut: CutSettings, ratio: number): number {
  return 1 / (1 + ratio ** (cut.slope / 3));
}

const toDecibels = (value: number) => 10 * Math.log10(Math.max(1e-12, value));

/** What the strip's filters and equaliser do at each frequency. */
export function responseOf(settings: EqSettings, frequencies: Float64Array): EqResponse {
  const bands = settings.bands.map((band) => {
    if (!settings.on || !band.on) return new Float64Array(frequencies.length);
    return frequencies.map((frequency) => toDecibels(bandPower(band, frequency)));
  });
  const sum = frequencies.map((frequency, index) => {
    let total = 0;
    if (settings.hpf.on) total += toDecibels(cutPower(settings.hpf, settings.hpf.freq / frequency));
    if (settings.lpf.on) total += toDecibels(cutPower(settings.lpf, frequency / settings.lpf.freq));
    for (const band of bands) total += band[index] ?? 0;
    return total;
  });
  return { sum, bands };
}

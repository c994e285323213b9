import { BAND_HERTZ, BANDS } from '../measure/bands';

/**
 * Partial loudness: what is left of a sound's loudness beside another. Moore, Glasberg and Baer, “A model for the prediction
 * of thresholds, loudness, and partial loudness”, J. Audio Eng. Soc. 45 (1997), equations 6 to 8 and 17 to 20, in third
 * octaves for their ERB filters. α and A are kept at their values above 500 Hz throughout.
 */
const ALPHA = 0.2;
const C = 0.047;
/** Excitation at the absolute threshold above 500 Hz, and how much more it takes below, dB. */
const THRESHOLD = 2.31;
const A = 2 * THRESHOLD;
/** Level, dB SPL, at which full scale is taken to be heard: a mix of −20 LUFS is then at 80 dB. */
const FULL_SCALE = 100;
/** How fast a band's excitation falls towards higher and lower third octaves, dB a band. */
const UPWARD = 9;
const DOWNWARD = 25;

/** dB by which the absolute threshold of excitation lies over that above 500 Hz (after the paper's figure 2). */
const aboveThreshold = (hertz: number) => (hertz >= 500 ? 0 : Math.min(24, 6.2 * Math.log2(500 / hertz) ** 1.15));
/** Signal-to-noise ratio at the output of the filter that is needed at masked threshold, dB (figure 9): more at low frequencies. */
const neededRatio = (hertz: number) => (hertz >= 1000 ? -3 : Math.min(13, -3 + 3.7 * Math.log2(1000 / hertz)));

const QUIET = BAND_HERTZ.map((hertz) => THRESHOLD * 10 ** (aboveThreshold(hertz) / 10));
const GAIN = QUIET.map((quiet) => THRESHOLD / quiet);
const K = BAND_HERTZ.map((hertz) => 10 ** (neededRatio(hertz) / 10));
const CALIBRATION = 10 ** (FULL_SCALE / 10);
const UP = 10 ** (-UPWARD / 10);
const DOWN = 10 ** (-DOWNWARD / 10);

const compressed = (excitation: number) => (excitation + A) ** ALPHA;
const REST = A ** ALPHA;

/** Excitation of each band by the powers of third octaves (mean squares at full scale 1) from `at` on. */
export function excitation(powers: ArrayLike<number>, at: number, into: Float64Array): void {
  let carried = 0;
  for (let band = 0; band < BANDS; band++) {
    carried = Math.max(carried * UP, CALIBRATION * (powers[at + band] as number));
    into[band] = carried;
  }
  carried = 0;
  for (let band = BANDS - 1; band >= 0; band--) {
    carried = Math.max(carried * DOWN, CALIBRATION * (powers[at + band] as number));
    into[band] = Math.max(into[band] as number, carried);
  }
}

/** Specific loudness of a band's excitation where nothing else sounds. */
export function alone(signal: number, band: number): number {
  const g = GAIN[band] as number;
  const quiet = QUIET[band] as number;
  const full = compressed(signal * g) - REST;
  return C * (signal >= quiet ? full : ((2 * signal) / (signal + quiet)) ** 1.5 * full);
}

/** Specific loudness of a band's excitation beside that of another sound. */
export function beside(signal: number, noise: number, band: number): number {
  if (signal <= 0) return 0;
  const g = GAIN[band] as number;
  const [quiet, k] = [QUIET[band] as number, K[band] as number];
  const threshold = k * noise + quiet;
  const both = compressed((signal + noise) * g);
  const masked = compressed((noise * (1 + k) + quiet) * g);
  if (signal >= threshold) return Math.max(0, C * (both - REST - (masked - compressed(quiet * g)) * (threshold / signal) ** 0.3));
  const only = compressed(noise * g);
  const share = (compressed(quiet * g) - REST) / (masked - only);
  return C * ((2 * signal) / (signal + threshold)) ** 1.5 * share * (both - only);
}

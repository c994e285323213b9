// Peaks between the samples: eight times oversampling by a windowed sinc, so that none is read more than 0.2 dB low.
// (ITU-R BS.1770-5, annex 2, asks for four times or more.)

import { KERNEL } from './layout';

/** Taps of each phase; the middle lies `PEAK_DELAY` frames back. */
export const TAPS: i32 = 32;
export const PEAK_DELAY: i32 = 16;
const PHASES: i32 = 8;
/** Kaiser window, about −70 dB beside the band. */
const BETA: f64 = 7.0;

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: f64): f64 {
  let sum = 1.0;
  let term = 1.0;
  for (let k = 1; k < 40; k++) {
    const factor = x / (2.0 * <f64>k);
    term *= factor * factor;
    sum += term;
  }
  return sum;
}

/** Computes the phases between two samples, each 32 coefficients, newest sample first. */
export function makeKernel(): void {
  const half = <f64>(TAPS / 2);
  for (let phase = 1; phase < PHASES; phase++) {
    for (let k = 0; k < TAPS; k++) {
      const x = <f64>(k - PEAK_DELAY) + <f64>phase / <f64>PHASES;
      const window = bessel(BETA * Math.sqrt(Math.max(0.0, 1.0 - (x / half) * (x / half)))) / bessel(BETA);
      const sinc = Math.sin(Math.PI * x) / (Math.PI * x);
      store<f64>(KERNEL + (<usize>((phase - 1) * TAPS + k) << 3), sinc * window);
    }
  }
}

/**
 * The greatest size on each side from the sample `PEAK_DELAY` back up to the next one. `newest` is the address of the newest
 * sample (f64 left, right); the 31 before it lie below.
 */
@inline
export function peakBetween(newest: usize): v128 {
  let peak = f64x2.abs(v128.load(newest - (<usize>PEAK_DELAY << 4)));
  for (let phase: usize = 0; phase < <usize>(PHASES - 1); phase++) {
    const kernel = KERNEL + phase * (<usize>TAPS << 3);
    let even = f64x2.splat(0.0);
    let odd = f64x2.splat(0.0);
    for (let k: usize = 0; k < <usize>TAPS; k += 2) {
      const at = newest - (k << 4);
      even = f64x2.add(even, f64x2.mul(v128.load(at), v128.load64_splat(kernel + (k << 3))));
      odd = f64x2.add(odd, f64x2.mul(v128.load(at - 16), v128.load64_splat(kernel + (k << 3), 8)));
    }
    peak = f64x2.pmax(peak, f64x2.abs(f64x2.add(even, odd)));
  }
  return peak;
}

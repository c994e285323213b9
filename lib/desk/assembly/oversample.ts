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
export function bessel(x: f64): f64 {
  let sum = 1.0;
  let term = 1.0;
  for (let k = 1; k < 40; k++) {
    const factor = x / (2.0 * <f64>k);
    term *= factor * factor;
    sum += term;
  }
  return sum;
}

/** The phase that lies `phase` eighths after a sample, `k` frames before the newest. */
function tapOf(phase: i32, k: i32): f64 {
  const half = <f64>(TAPS / 2);
  const x = <f64>(k - PEAK_DELAY) + <f64>phase / <f64>PHASES;
  const window = bessel(BETA * Math.sqrt(Math.max(0.0, 1.0 - (x / half) * (x / half)))) / bessel(BETA);
  return (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
}

/** Bytes of the kernel for one place: seven f32. */
const PLACE: usize = 28;
/** Where behind the kernel the greatest factor is kept by which a peak between samples can exceed all samples around it. */
const REACH: usize = 1024;

/**
 * Computes the phases between two samples. A phase and the one as far before the next sample mirror each other, so that both come
 * from the sums and the differences of samples that lie as far from the middle: of each pair of phases the even and the odd half
 * of the coefficients, and the middle phase, for each of 16 distances.
 */
export function makeKernel(): void {
  for (let k = 0; k < TAPS / 2; k++) {
    const place = KERNEL + <usize>k * PLACE;
    for (let phase = 1; phase < PHASES / 2; phase++) {
      const one = tapOf(phase, k);
      const other = tapOf(phase, TAPS - 1 - k);
      store<f32>(place + (<usize>(phase - 1) << 3), <f32>(0.5 * (one + other)));
      store<f32>(place + (<usize>(phase - 1) << 3), <f32>(0.5 * (one - other)), 4);
    }
    store<f32>(place, <f32>tapOf(PHASES / 2, k), 24);
  }
  let reach = 0.0;
  for (let phase = 1; phase < PHASES; phase++) {
    let sum = 0.0;
    for (let k = 0; k < TAPS; k++) sum += Math.abs(tapOf(phase, k));
    reach = Math.max(reach, sum);
  }
  // A little more, for what is rounded.
  store<f64>(KERNEL + REACH, 1.001 * reach);
}

/** A frame of a line of samples, f32 left and right. */
export const FRAME: usize = 8;
/** Frames such a line must hold before the first one that is new. */
export const PEAK_HISTORY: i32 = TAPS;

/** Above this nothing lies between the samples of a line, whose history begins at `line`, and `frames` new ones. */
export function highestBetween(line: usize, frames: i32): f64 {
  let most = f32x4.splat(0.0);
  const end = line + <usize>(PEAK_HISTORY + frames) * FRAME;
  for (let at = line; at < end; at += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(at)));
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2));
  return load<f64>(KERNEL + REACH) * <f64>f32x4.extract_lane(most, 0);
}

@inline
function part(place: usize, index: usize, x: v128): v128 {
  return f32x4.mul(v128.load32_splat(place + (index << 2)), x);
}

/**
 * The greatest size on each side from the sample `PEAK_DELAY` back up to the next one, for two frames: left, right, left, right.
 * `later` is the address of the later one (f32 left, right); the 32 before it lie below.
 */
export function peaksBetween(later: usize): v128 {
  const newest = later - 8;
  let even1 = f32x4.splat(0.0);
  let even2 = even1;
  let even3 = even1;
  let odd1 = even1;
  let odd2 = even1;
  let odd3 = even1;
  let middle = even1;
  for (let k: usize = 0; k < <usize>TAPS / 2; k++) {
    const place = KERNEL + k * PLACE;
    const near = v128.load(newest - (k << 3));
    const far = v128.load(newest - ((<usize>TAPS - 1 - k) << 3));
    const sum = f32x4.add(near, far);
    const rest = f32x4.sub(near, far);
    even1 = f32x4.add(even1, part(place, 0, sum));
    odd1 = f32x4.add(odd1, part(place, 1, rest));
    even2 = f32x4.add(even2, part(place, 2, sum));
    odd2 = f32x4.add(odd2, part(place, 3, rest));
    even3 = f32x4.add(even3, part(place, 4, sum));
    odd3 = f32x4.add(odd3, part(place, 5, rest));
    middle = f32x4.add(middle, part(place, 6, sum));
  }
  const samples = f32x4.abs(v128.load(newest - (<usize>PEAK_DELAY << 3)));
  // Of even + odd and even − odd the greater is the sum of both sizes.
  const first = f32x4.add(f32x4.abs(even1), f32x4.abs(odd1));
  const second = f32x4.add(f32x4.abs(even2), f32x4.abs(odd2));
  const third = f32x4.add(f32x4.abs(even3), f32x4.abs(odd3));
  return f32x4.pmax(f32x4.pmax(samples, f32x4.abs(middle)), f32x4.pmax(first, f32x4.pmax(second, third)));
}

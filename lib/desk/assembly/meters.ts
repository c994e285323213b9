// Levels of a strip after its fader.

import { desk, watchAt } from './access';
import { Strip } from './strip-record';
import { SAMPLE_RATE } from './units';

/** A peak falls by 20 dB in 1.7 s (IEC 60268-10, type I), so that a reader once per frame misses none. */
const FALL_DB_PER_FRAME: f64 = 20.0 / (1.7 * SAMPLE_RATE);
/** Mean squares follow with a time constant of 300 ms. */
const MEAN_FRAMES: f64 = 0.3 * SAMPLE_RATE;

/** What a meter keeps of its last value over a chunk of `frames`; once per chunk for all strips. */
export function prepareMeters(frames: i32): void {
  const state = desk();
  state.peakFall = Math.pow(10.0, (-FALL_DB_PER_FRAME * <f64>frames) / 20.0);
  state.meanFall = Math.exp(-<f64>frames / MEAN_FRAMES);
}

export function measureStrip(index: i32, strip: Strip, buffer: usize, frames: i32): void {
  // Two sums of each kind, for a sum waits for itself.
  const zero = f64x2.splat(0.0);
  let peak = zero;
  let square = zero;
  let otherSquare = zero;
  let product = zero;
  let otherProduct = zero;
  const end = buffer + (<usize>frames << 4);
  let at = buffer;
  for (; at + 32 <= end; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    peak = f64x2.pmax(peak, f64x2.pmax(f64x2.abs(x), f64x2.abs(y)));
    square = f64x2.add(square, f64x2.mul(x, x));
    otherSquare = f64x2.add(otherSquare, f64x2.mul(y, y));
    product = f64x2.add(product, f64x2.mul(x, v128.shuffle<f64>(x, x, 1, 0)));
    otherProduct = f64x2.add(otherProduct, f64x2.mul(y, v128.shuffle<f64>(y, y, 1, 0)));
  }
  if (at < end) {
    const x = v128.load(at);
    peak = f64x2.pmax(peak, f64x2.abs(x));
    square = f64x2.add(square, f64x2.mul(x, x));
    product = f64x2.add(product, f64x2.mul(x, v128.shuffle<f64>(x, x, 1, 0)));
  }
  square = f64x2.add(square, otherSquare);
  product = f64x2.add(product, otherProduct);
  const state = desk();
  const left = f64x2.extract_lane(peak, 0);
  const right = f64x2.extract_lane(peak, 1);
  strip.peakLeft = Math.max(left, strip.peakLeft * state.peakFall);
  strip.peakRight = Math.max(right, strip.peakRight * state.peakFall);
  const watch = watchAt(index);
  const highest = Math.max(left, right);
  watch.highest = Math.max(watch.highest, highest);
  const over = highest > 1.0;
  if (over && !watch.over) watch.clips++;
  watch.over = over;
  if (over) strip.clipped = 1;
  const share = (1.0 - state.meanFall) / <f64>frames;
  strip.squareLeft = strip.squareLeft * state.meanFall + f64x2.extract_lane(square, 0) * share;
  strip.squareRight = strip.squareRight * state.meanFall + f64x2.extract_lane(square, 1) * share;
  watch.product = watch.product * state.meanFall + f64x2.extract_lane(product, 0) * share;
}

/** Correlation of left and right over the last 300 ms: 1 the same, 0 nothing in common (or silence), −1 turned round. */
export function correlationOf(index: i32, strip: Strip): f64 {
  const energy = Math.sqrt(strip.squareLeft * strip.squareRight);
  return energy < 1e-12 ? 0.0 : Math.max(-1.0, Math.min(1.0, watchAt(index).product / energy));
}

/** Puts out a strip's clip lamp, and forgets its highest peak and how often it clipped. */
export function clearClip(index: i32, strip: Strip): void {
  const watch = watchAt(index);
  strip.clipped = 0;
  watch.clips = 0;
  watch.over = 0;
  watch.highest = 0.0;
}

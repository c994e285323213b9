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
  let peak = f64x2.splat(0.0);
  let square = f64x2.splat(0.0);
  let product = f64x2.splat(0.0);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    peak = f64x2.pmax(peak, f64x2.abs(x));
    square = f64x2.add(square, f64x2.mul(x, x));
    product = f64x2.add(product, f64x2.mul(x, v128.shuffle<f64>(x, x, 1, 0)));
  }
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

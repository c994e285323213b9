// Levels of a strip after its fader.

import { desk } from './access';
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

export function measureStrip(strip: Strip, buffer: usize, frames: i32): void {
  let peak = f64x2.splat(0.0);
  let square = f64x2.splat(0.0);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const x = v128.load(at);
    peak = f64x2.pmax(peak, f64x2.abs(x));
    square = f64x2.add(square, f64x2.mul(x, x));
  }
  const state = desk();
  const left = f64x2.extract_lane(peak, 0);
  const right = f64x2.extract_lane(peak, 1);
  strip.peakLeft = Math.max(left, strip.peakLeft * state.peakFall);
  strip.peakRight = Math.max(right, strip.peakRight * state.peakFall);
  if (Math.max(left, right) > 1.0) strip.clipped = 1;
  const share = (1.0 - state.meanFall) / <f64>frames;
  strip.squareLeft = strip.squareLeft * state.meanFall + f64x2.extract_lane(square, 0) * share;
  strip.squareRight = strip.squareRight * state.meanFall + f64x2.extract_lane(square, 1) * share;
}

// True-peak limiter: looks ahead, so that its gain is already down when a peak arrives.
//
// The gain a peak needs is held over the window (sliding minimum), comes back with the release, and is averaged over the
// window: whatever the peak, the average when it passes is no higher than it needed. The average is kept in whole numbers, so
// that a limiter with nothing to do has a gain of exactly 1.

import { AVERAGE, Limiter, LIMITER_DELAY, LINE, LIMITER_BYTES, QUEUE_FRAMES, QUEUE_GAINS, RING, WINDOW } from './limiter-record';
import { peakBetween } from './oversample';
import { SAMPLE_RATE } from './units';

const UNIT: f64 = 4294967296.0;

/** A limiter at `base` with nothing in it. */
export function resetLimiter(base: usize, drive: f64, ceiling: f64): void {
  memory.fill(base, 0, LIMITER_BYTES);
  const state = changetype<Limiter>(base);
  state.released = 1.0;
  state.sum = <i64>WINDOW * <i64>UNIT;
  state.drive = drive;
  state.ceiling = ceiling;
  for (let i = 0; i < RING; i++) store<i64>(base + AVERAGE + (<usize>i << 3), <i64>UNIT);
}

/** The least gain needed within the last `WINDOW` + 1 frames, the newest being `gain` at `frame`. */
@inline
function slidingLeast(base: usize, state: Limiter, frame: i32, gain: f64): f64 {
  let tail = state.queueTail;
  let head = state.queueHead;
  while (tail != head && load<f64>(base + QUEUE_GAINS + (<usize>((tail - 1) & (RING - 1)) << 3)) >= gain) tail--;
  store<f64>(base + QUEUE_GAINS + (<usize>(tail & (RING - 1)) << 3), gain);
  store<i32>(base + QUEUE_FRAMES + (<usize>(tail & (RING - 1)) << 2), frame);
  tail++;
  if (frame - load<i32>(base + QUEUE_FRAMES + (<usize>(head & (RING - 1)) << 2)) > WINDOW) head++;
  state.queueTail = tail;
  state.queueHead = head;
  return load<f64>(base + QUEUE_GAINS + (<usize>(head & (RING - 1)) << 3));
}

/**
 * Limits a chunk in place, `LIMITER_DELAY` frames late. `drive` and `ceiling` are gains to reach by the chunk's end,
 * `release` in ms. With `on` false only the delay and the drive remain.
 */
export function processLimiter(base: usize, buffer: usize, frames: i32, on: bool, drive: f64, ceiling: f64, release: f64): void {
  const state = changetype<Limiter>(base);
  const line = base + LINE;
  const fresh = line + (<usize>LIMITER_DELAY << 4);
  const back = 1.0 - Math.exp(-1000.0 / (release * SAMPLE_RATE));
  const driveStep = (drive - state.drive) / <f64>frames;
  const ceilingStep = (ceiling - state.ceiling) / <f64>frames;
  let driveNow = state.drive;
  let ceilingNow = state.ceiling;
  let released = state.released;
  let sum = state.sum;
  let least = 1.0;
  for (let i = 0; i < frames; i++) {
    driveNow += driveStep;
    ceilingNow += ceilingStep;
    const newest = fresh + (<usize>i << 4);
    v128.store(newest, f64x2.mul(v128.load(buffer + (<usize>i << 4)), f64x2.splat(driveNow)));
    let gain = 1.0;
    if (on) {
      const sides = peakBetween(newest);
      const peak = Math.max(f64x2.extract_lane(sides, 0), f64x2.extract_lane(sides, 1));
      if (peak > ceilingNow) gain = ceilingNow / peak;
    }
    const frame = state.frame++;
    const held = slidingLeast(base, state, frame, gain);
    released = held < released ? held : released + back * (held - released);
    if (released > 0.9999999) released = held;
    const place = base + AVERAGE + (<usize>(frame & (RING - 1)) << 3);
    const old = load<i64>(base + AVERAGE + (<usize>((frame - WINDOW) & (RING - 1)) << 3));
    const whole = <i64>(released * UNIT);
    store<i64>(place, whole);
    sum += whole - old;
    const total = <f64>sum / (<f64>WINDOW * UNIT);
    least = Math.min(least, total);
    v128.store(buffer + (<usize>i << 4), f64x2.mul(v128.load(newest - (<usize>LIMITER_DELAY << 4)), f64x2.splat(total)));
  }
  memory.copy(line, line + (<usize>frames << 4), <usize>LIMITER_DELAY << 4);
  state.drive = drive;
  state.ceiling = ceiling;
  state.released = released;
  state.sum = sum;
  state.reduction = 20.0 * Math.log10(least);
}

/** Deepest reduction of the last chunk in dB. */
export function reductionOf(base: usize): f64 {
  return changetype<Limiter>(base).reduction;
}

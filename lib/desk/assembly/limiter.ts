// True-peak limiter: looks ahead, so that its gain is already down when a peak arrives.
//
// The gain a peak needs is held over the window (sliding minimum), comes back with the release, and is averaged over the
// window: whatever the peak, the average when it passes is no higher than it needed. The average is kept in whole numbers, so
// that a limiter with nothing to do has a gain of exactly 1.

import {
  AVERAGE,
  Limiter,
  LIMITER_BYTES,
  LIMITER_DELAY,
  LINE,
  PEAK_LINE,
  PEAKS,
  QUEUE_FRAMES,
  QUEUE_GAINS,
  RING,
  WINDOW,
} from './limiter-record';
import { FRAME, highestBetween, PEAK_HISTORY, peaksBetween } from './oversample';
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

/** Takes a chunk into the lines, with the drive; `drive` is reached at its end. */
function takeIn(base: usize, buffer: usize, frames: i32, drive: f64): void {
  const state = changetype<Limiter>(base);
  const fresh = base + LINE + (<usize>LIMITER_DELAY << 4);
  const heard = base + PEAK_LINE + <usize>PEAK_HISTORY * FRAME;
  const step = f64x2.splat((drive - state.drive) / <f64>frames);
  let now = f64x2.splat(state.drive);
  for (let i: usize = 0; i < <usize>frames; i++) {
    now = f64x2.add(now, step);
    const driven = f64x2.mul(v128.load(buffer + (i << 4)), now);
    v128.store(fresh + (i << 4), driven);
    v128.store64_lane(heard + i * FRAME, f32x4.demote_f64x2_zero(driven), 0);
  }
  // What lies behind an odd chunk is looked at with its last frame.
  store<u64>(heard + <usize>frames * FRAME, 0);
  state.drive = drive;
}

/** Peaks between the samples of a chunk, two frames at a time; false where all of them are below `ceiling`. */
function findPeaks(base: usize, frames: i32, ceiling: f64): bool {
  const line = base + PEAK_LINE;
  if (highestBetween(line, frames) <= ceiling) return false;
  for (let i = 0; i < frames; i += 2) {
    const sides = peaksBetween(line + <usize>(PEAK_HISTORY + i + 1) * FRAME);
    const peaks = f32x4.pmax(sides, v128.shuffle<f32>(sides, sides, 1, 0, 3, 2));
    v128.store64_lane(base + PEAKS + (<usize>i << 2), v128.shuffle<f32>(peaks, peaks, 0, 2, 0, 2), 0);
  }
  return true;
}

/**
 * Limits a chunk in place, `LIMITER_DELAY` frames late. `drive` and `ceiling` are gains to reach by the chunk's end,
 * `release` in ms. With `on` false only the delay and the drive remain.
 */
export function processLimiter(base: usize, buffer: usize, frames: i32, on: bool, drive: f64, ceiling: f64, release: f64): void {
  const state = changetype<Limiter>(base);
  takeIn(base, buffer, frames, drive);
  const peaking = on && findPeaks(base, frames, Math.min(ceiling, state.ceiling));
  const line = base + LINE;
  const back = 1.0 - Math.exp(-1000.0 / (release * SAMPLE_RATE));
  const ceilingStep = (ceiling - state.ceiling) / <f64>frames;
  let ceilingNow = state.ceiling;
  let released = state.released;
  let sum = state.sum;
  let least = 1.0;
  for (let i = 0; i < frames; i++) {
    ceilingNow += ceilingStep;
    const peak = peaking ? <f64>load<f32>(base + PEAKS + (<usize>i << 2)) : 0.0;
    const gain = peak > ceilingNow ? ceilingNow / peak : 1.0;
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
    v128.store(buffer + (<usize>i << 4), f64x2.mul(v128.load(line + (<usize>i << 4)), f64x2.splat(total)));
  }
  memory.copy(line, line + (<usize>frames << 4), <usize>LIMITER_DELAY << 4);
  memory.copy(base + PEAK_LINE, base + PEAK_LINE + <usize>frames * FRAME, <usize>PEAK_HISTORY * FRAME);
  state.ceiling = ceiling;
  state.released = released;
  state.sum = sum;
  state.reduction = 20.0 * Math.log10(least);
}

/** Deepest reduction of the last chunk in dB. */
export function reductionOf(base: usize): f64 {
  return changetype<Limiter>(base).reduction;
}

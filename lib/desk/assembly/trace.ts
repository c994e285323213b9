// What a detector hears in a chunk: a level for every frame, one after another as f64.
//
// Frames are looked at in groups. A held peak stays the same over most of them, and what stays is reckoned with once.

import { BUFFER_BYTES, SCRATCH } from './layout';
import { SAMPLE_RATE } from './units';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** A peak this close to the held one counts as its equal: sampled peaks of one tone differ a little. */
const EQUAL_PEAK: f64 = 0.995;

/** Frames of a group. */
export const GROUP: i32 = 8;
/** Levels, then reductions, then gains of one chunk; half a buffer. */
const TRACE: usize = SCRATCH + BUFFER_BYTES;
/** The other half. */
export const BESIDE_TRACE: usize = TRACE + BUFFER_BYTES / 2;

@inline
export function trace(i: i32): usize {
  return TRACE + (<usize>i << 3);
}

/** The greatest of a group. */
@inline
export function mostOf(group: usize): f64 {
  const first = f64x2.pmax(v128.load(group), v128.load(group, 16));
  const both = f64x2.pmax(first, f64x2.pmax(v128.load(group, 32), v128.load(group, 48)));
  return f64x2.extract_lane(f64x2.pmax(both, v128.shuffle<f64>(both, both, 1, 0)), 0);
}

/** Whether a group is eight times the same. */
@inline
export function isEven(group: usize): bool {
  const first = v128.load64_splat(group);
  const one = v128.or(f64x2.ne(v128.load(group), first), f64x2.ne(v128.load(group, 16), first));
  const other = v128.or(f64x2.ne(v128.load(group, 32), first), f64x2.ne(v128.load(group, 48), first));
  return !v128.any_true(v128.or(one, other));
}

/** Makes a group eight times the same. */
@inline
export function fillGroup(group: usize, value: v128): void {
  v128.store(group, value);
  v128.store(group, value, 16);
  v128.store(group, value, 32);
  v128.store(group, value, 48);
}

/** The sizes of two frames, each that of its louder side. */
@inline
export function sizes(buffer: usize, i: i32): v128 {
  const at = buffer + (<usize>i << 4);
  const one = f64x2.abs(v128.load(at));
  const two = f64x2.abs(v128.load(at, 16));
  return f64x2.pmax(v128.shuffle<f64>(one, two, 0, 2), v128.shuffle<f64>(one, two, 1, 3));
}

/** Traces the size of every frame; an odd chunk's last pair reaches beyond it. */
export function traceSizes(buffer: usize, frames: i32): void {
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), sizes(buffer, i));
}

/**
 * Traces the peaks of a chunk, each held for `holdMs`. `state` is the peak (f64) and for how long it is still held. Returns the
 * highest.
 */
export function tracePeaks(state: usize, buffer: usize, frames: i32, holdMs: f64): f64 {
  traceSizes(buffer, frames);
  const hold = f64x2.splat(Math.floor(holdMs * FRAMES_PER_MS));
  const equal = f64x2.splat(EQUAL_PEAK);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  let peak = v128.load64_splat(state);
  let left = v128.load64_splat(state, 8);
  let highest = zero;
  for (let i = 0; i < frames; i += GROUP) {
    const end = min(i + GROUP, frames);
    const held = f64x2.extract_lane(left, 0) >= <f64>GROUP && end - i == GROUP;
    if (held && !(mostOf(trace(i)) >= f64x2.extract_lane(peak, 0) * EQUAL_PEAK)) {
      fillGroup(trace(i), peak);
      highest = f64x2.pmax(highest, peak);
      left = f64x2.sub(left, f64x2.splat(<f64>GROUP));
      continue;
    }
    for (let j = i; j < end; j++) {
      const level = v128.load64_splat(trace(j));
      const fresh = f64x2.ge(level, f64x2.mul(peak, equal));
      const kept = v128.bitselect(peak, level, f64x2.gt(left, zero));
      peak = v128.bitselect(f64x2.pmax(level, peak), kept, fresh);
      left = v128.bitselect(hold, f64x2.sub(left, one), fresh);
      highest = f64x2.pmax(highest, peak);
      v128.store64_lane(trace(j), peak, 0);
    }
  }
  store<f64>(state, f64x2.extract_lane(peak, 0));
  store<f64>(state, Math.max(0.0, f64x2.extract_lane(left, 0)), 8);
  return f64x2.extract_lane(highest, 0);
}

/** Traces the RMS of the louder side. `state` holds the mean squares of both (f64). Returns the highest. */
export function traceMeans(state: usize, buffer: usize, frames: i32, windowMs: f64): f64 {
  const keep = Math.exp(-1.0 / (windowMs * FRAMES_PER_MS));
  const keeps = f64x2.splat(keep);
  const share = f64x2.splat(1.0 - keep);
  let means = v128.load(state);
  let highest = f64x2.splat(0.0);
  for (let i = 0; i < frames; i++) {
    const x = v128.load(buffer + (<usize>i << 4));
    means = f64x2.add(f64x2.mul(keeps, means), f64x2.mul(share, f64x2.mul(x, x)));
    const most = f64x2.pmax(means, v128.shuffle<f64>(means, means, 1, 0));
    highest = f64x2.pmax(highest, most);
    v128.store64_lane(trace(i), most, 0);
  }
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), f64x2.sqrt(v128.load(trace(i))));
  v128.store(state, v128.and(means, f64x2.ge(means, f64x2.splat(1e-30))));
  return Math.sqrt(f64x2.extract_lane(highest, 0));
}

// What goes into a reverb: low cut and pre-delay, the early reflections, and four all-passes a side that smear it.
//
// A chunk at a time, stage by stage: whatever a stage looks back at was written before it. Frames are f32, left and right together.

import { diffusion } from './reverb-characters';
import {
  DIFFUSER,
  DIFFUSER_BYTES,
  DIFFUSER_LENGTH,
  DIFFUSERS,
  DIFFUSERS_AT,
  FADE,
  i32At,
  PRE,
  PRE_AT,
  QUIET,
  Reverb,
  TAP_GAIN,
  TAPS,
} from './reverb-record';

/** Puts a chunk into the pre-delay, without what lies below the cut (`low` is its share); `presence` of it, moving by `step`. */
export function takeIn(at: usize, buffer: usize, frames: i32, low: f64, presence: f64, step: f64): void {
  const reverb = changetype<Reverb>(at);
  const lows = changetype<usize>(reverb) + offsetof<Reverb>('lowLeft');
  const share = f64x2.splat(low);
  const keep = f64x2.splat(1.0 - low);
  const steps = f64x2.splat(step);
  let below = v128.load(lows);
  let now = f64x2.splat(presence);
  for (let i = 0; i < frames; i++) {
    const x = v128.load(buffer + (<usize>i << 4));
    now = f64x2.add(now, steps);
    below = f64x2.add(f64x2.mul(below, keep), f64x2.mul(x, share));
    const fresh = f32x4.demote_f64x2_zero(f64x2.mul(now, f64x2.sub(x, below)));
    v128.store64_lane(at + PRE_AT + (<usize>((reverb.written + i) & (PRE - 1)) << 3), fresh, 0);
  }
  v128.store(lows, v128.and(below, f64x2.gt(f64x2.abs(below), f64x2.splat(1e-20))));
  store<u64>(at + PRE_AT + (<usize>PRE << 3), load<u64>(at + PRE_AT));
}

/** Where what went in `time` frames before frame `i` of the chunk lies. */
@inline
function ago(at: usize, written: i32, i: i32, time: i32): usize {
  return at + PRE_AT + (<usize>((written + i - time) & (PRE - 1)) << 3);
}

/** What went in `time` frames ago, from `to` on; an odd chunk's last pair reaches beyond it. */
export function delayed(at: usize, time: i32, to: usize, frames: i32): void {
  const written = changetype<Reverb>(at).written;
  for (let i = 0; i < frames; i += 2) v128.store(to + (<usize>i << 3), v128.load(ago(at, written, i, time)));
}

/** The early reflections behind a pre-delay of `time` frames, with taps at `times`: every tap of a side, from either side by turns. */
export function reflect(at: usize, time: i32, times: usize, to: usize, frames: i32): void {
  const written = changetype<Reverb>(at).written;
  memory.fill(to, 0, <usize>(frames + 1) << 3);
  for (let tap = 0; tap < 2 * TAPS; tap += 2) {
    const gains = v128.load64_splat(at + TAP_GAIN + (<usize>tap << 2));
    const left = time + i32At(at + times, tap);
    const right = time + i32At(at + times, tap + 1);
    const turned = (tap & 4) != 0;
    for (let i = 0; i < frames; i += 2) {
      const forLeft = v128.load(ago(at, written, i, left));
      const forRight = v128.load(ago(at, written, i, right));
      const both = turned ? v128.shuffle<f32>(forLeft, forRight, 1, 4, 3, 6) : v128.shuffle<f32>(forLeft, forRight, 0, 5, 2, 7);
      const sum = to + (<usize>i << 3);
      v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(both, gains)));
    }
  }
}

/** `to` becomes what is being left (`from`) by as much as the fade has still to go, `left` frames of it at the beginning. */
export function leave(from: usize, to: usize, left: i32, frames: i32): void {
  for (let i = 0; i < min(frames, left); i++) {
    const old = f32x4.splat(<f32>(left - i) / <f32>FADE);
    const now = v128.load64_zero(to + (<usize>i << 3));
    const before = v128.load64_zero(from + (<usize>i << 3));
    v128.store64_lane(to + (<usize>i << 3), f32x4.add(now, f32x4.mul(old, f32x4.sub(before, now))), 0);
  }
}

/** One all-pass over a side of a chunk, in place. */
@inline
function smear(ring: usize, length: i32, share: f32, written: i32, side: usize, frames: i32): void {
  for (let i = 0; i < frames; i++) {
    const at = side + (<usize>i << 3);
    const old = load<f32>(ring + (<usize>((written + i - length) & (DIFFUSER - 1)) << 2));
    const fresh = load<f32>(at) + share * old;
    const kept: f32 = abs(fresh) < QUIET ? 0.0 : fresh;
    store<f32>(ring + (<usize>((written + i) & (DIFFUSER - 1)) << 2), kept);
    store<f32>(at, old - share * kept);
  }
}

/** Both sides of a chunk through their all-passes. */
export function diffuse(at: usize, character: i32, chunk: usize, frames: i32): void {
  const share = <f32>diffusion(character);
  const written = changetype<Reverb>(at).written;
  for (let i = 0; i < 2 * DIFFUSERS; i++) {
    const side = chunk + (i < DIFFUSERS ? 0 : 4);
    smear(at + DIFFUSERS_AT + <usize>i * DIFFUSER_BYTES, i32At(at + DIFFUSER_LENGTH, i), share, written, side, frames);
  }
}

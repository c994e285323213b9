// Transient shaper: lifts or softens what begins and what rings on, by how the level moves, however loud it is.
//
// Three followers of the level in dB: the level itself; one that rises slowly, which beginnings run ahead of; one that falls
// slowly, which decays fall away from. The distances, weighed, are the gain.


import { TRANSIENT_ATTACK, TRANSIENT_MIX, TRANSIENT_SPEED, TRANSIENT_SUSTAIN } from '../generated/parameters';
import { Insert } from '../insert-record';
import { decibelsToGains, gainsToDecibels } from '../logarithm';
import { trace, tracePeaks } from '../trace';
import { SAMPLE_RATE } from '../units';
import { valueOf } from '../values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** Levels below this are none: what rings there is not lifted. */
const FLOOR_DB: f64 = -70.0;
const FLOOR: f64 = 0.00031622776601683794;
const HOLD_MS: f64 = 10.0;
const LEVEL_FALL_MS: f64 = 8.0;
const TAIL_FALL_MS: f64 = 400.0;
/** The gain moves no quicker than this. */
const GLIDE_MS: f64 = 0.7;
/** Most it lifts or lowers, dB. */
const MOST: f64 = 15.0;

@unmanaged
class Transient {
  mix: f64;
  peak: f64;
  peakHold: f64;
  level: f64;
  slow: f64;
  tail: f64;
  /** Gain in force, dB. */
  gain: f64;
}

export const TRANSIENT_BYTES: usize = 64;

@inline
function share(ms: f64): f64 {
  return 1.0 - Math.exp(-1.0 / (ms * FRAMES_PER_MS));
}

export function resetTransient(insert: Insert, values: usize): void {
  const state = changetype<Transient>(<usize>(<u32>insert.address));
  memory.fill(changetype<usize>(state), 0, TRANSIENT_BYTES);
  state.mix = valueOf(values, TRANSIENT_MIX) / 100.0;
  state.level = FLOOR_DB;
  state.slow = FLOOR_DB;
  state.tail = FLOOR_DB;
}

/** The gain in dB of each frame. */
function traceGains(state: Transient, values: usize, frames: i32): void {
  const attack = valueOf(values, TRANSIENT_ATTACK) / 100.0;
  const sustain = valueOf(values, TRANSIENT_SUSTAIN) / 100.0;
  const levelFall = share(LEVEL_FALL_MS);
  const slowRise = share(Math.exp(valueOf(values, TRANSIENT_SPEED)));
  const tailFall = share(TAIL_FALL_MS);
  const glide = share(GLIDE_MS);
  let level = state.level;
  let slow = state.slow;
  let tail = state.tail;
  let gain = state.gain;
  for (let i = 0; i < frames; i++) {
    const now = load<f64>(trace(i));
    level = now > level ? now : level + levelFall * (now - level);
    slow = level > slow ? slow + slowRise * (level - slow) : level;
    tail = level > tail ? level : tail + tailFall * (level - tail);
    const wanted = attack * Math.min(MOST, level - slow) + sustain * Math.min(MOST, 0.5 * (tail - level));
    gain += glide * (Math.min(MOST, Math.max(-MOST, wanted)) - gain);
    if (Math.abs(gain) < 1e-9) gain = 0.0;
    store<f64>(trace(i), gain);
  }
  state.level = level;
  state.slow = slow;
  state.tail = tail;
  state.gain = gain;
}

export function processTransient(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const state = changetype<Transient>(<usize>(<u32>insert.address));
  tracePeaks(changetype<usize>(state) + offsetof<Transient>('peak'), buffer, frames, HOLD_MS);
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), gainsToDecibels(f64x2.max(v128.load(trace(i)), f64x2.splat(FLOOR))));
  traceGains(state, values, frames);
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), decibelsToGains(v128.load(trace(i))));
  const goal = valueOf(values, TRANSIENT_MIX) / 100.0;
  const step = (goal - state.mix) / <f64>frames;
  let mix = state.mix;
  for (let i = 0; i < frames; i++) {
    mix += step;
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(1.0 + mix * (load<f64>(trace(i)) - 1.0))));
  }
  state.mix = goal;
}

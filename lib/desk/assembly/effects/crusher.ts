// Few bits and few samples: levels rounded to steps, each held for a while, and a filter that may smooth the stairs.

import { designLowPass } from '../../../dsp/response/design';
import { clearState, runMoving, storeGoal, takeGoal } from '../biquad';
import { blend } from '../gain';
import { CRUSHER_BITS, CRUSHER_MIX, CRUSHER_RATE, CRUSHER_SMOOTH } from '../generated/parameters';
import { Insert } from '../insert-record';
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { SECTION_BYTES } from '../section-record';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { isOn, valueOf } from '../values';
import { beginLfo, cyclesAt, endLfo, Lfo, LFO_BYTES, resetLfo } from './lfo';

const STAIRS: usize = SCRATCH + BUFFER_BYTES;
/** The smoothing filter lies at this part of the rate. */
const SMOOTH_AT: f64 = 0.42;

@unmanaged
class Crusher {
  mix: f64;
  steps: f64;
  smooth: f64;
  /** Of the song's samples at the low rate, the one now held. */
  sample: f64;
}

const LFO: usize = 32;
const HELD: usize = LFO + LFO_BYTES;
const SECTION: usize = HELD + 16;
export const CRUSHER_BYTES: usize = SECTION + SECTION_BYTES;

/** Samples a second that are kept. */
@inline
function hertzOf(values: usize): f64 {
  const hertz = Math.exp(valueOf(values, CRUSHER_RATE));
  return hertz > 0.9999 * SAMPLE_RATE ? SAMPLE_RATE : hertz;
}

/** Steps between zero and full scale. */
@inline
function stepsOf(values: usize): f64 {
  return Math.pow(2.0, valueOf(values, CRUSHER_BITS) - 1.0);
}

function designSmooth(section: usize, hertz: f64): void {
  designLowPass((2.0 * Math.PI * Math.min(20000.0, SMOOTH_AT * hertz)) / SAMPLE_RATE, Math.SQRT1_2);
  storeGoal(section);
}

export function resetCrusher(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, CRUSHER_BYTES);
  const crusher = changetype<Crusher>(base);
  crusher.mix = valueOf(values, CRUSHER_MIX) / 100.0;
  crusher.steps = stepsOf(values);
  crusher.smooth = isOn(values, CRUSHER_SMOOTH) ? 1.0 : 0.0;
  resetLfo(changetype<Lfo>(base + LFO), hertzOf(values));
  crusher.sample = -Infinity;
  designSmooth(base + SECTION, hertzOf(values));
  takeGoal(base + SECTION);
  clearState(base + SECTION);
}

/** A chunk of stairs at `STAIRS`. */
function makeStairs(base: usize, buffer: usize, frames: i32, stepsGoal: f64): void {
  const crusher = changetype<Crusher>(base);
  const lfo = changetype<Lfo>(base + LFO);
  let held = v128.load(base, HELD);
  let sample = crusher.sample;
  let steps = crusher.steps;
  const stepsStep = (stepsGoal - steps) / <f64>frames;
  for (let i = 0; i < frames; i++) {
    steps += stepsStep;
    const now = Math.floor(cyclesAt(lfo, i));
    if (now != sample) {
      sample = now;
      const scale = f64x2.splat(steps);
      held = f64x2.div(f64x2.nearest(f64x2.mul(v128.load(buffer + (<usize>i << 4)), scale)), scale);
    }
    v128.store(STAIRS + (<usize>i << 4), held);
  }
  v128.store(base, held, HELD);
  crusher.sample = sample;
  crusher.steps = stepsGoal;
}

export function processCrusher(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const crusher = changetype<Crusher>(base);
  const hertz = hertzOf(values);
  beginLfo(changetype<Lfo>(base + LFO), hertz, frames);
  makeStairs(base, buffer, frames, stepsOf(values));
  endLfo(changetype<Lfo>(base + LFO), frames);
  const smoothed = STAIRS + BUFFER_BYTES;
  memory.copy(smoothed, STAIRS, <usize>frames << 4);
  designSmooth(base + SECTION, hertz);
  runMoving(base + SECTION, smoothed, frames);
  const smooth = toward(crusher.smooth, isOn(values, CRUSHER_SMOOTH) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  blend(smoothed, STAIRS, frames, crusher.smooth, smooth);
  crusher.smooth = smooth;
  const mix = valueOf(values, CRUSHER_MIX) / 100.0;
  blend(STAIRS, buffer, frames, crusher.mix, mix);
  crusher.mix = mix;
}

// How far apart the sides are, below and above a crossover, with the very lows in the middle if wished.
//
// Only the sides' difference is filtered; what both sides share goes through untouched. The two halves of the crossover are
// made so that they add up to what came: with both widths at 100 % nothing changes.

import { butterworthQuality } from '../../../dsp/response/butterworth';
import { designHighPass, designLowPass } from '../../../dsp/response/design';
import { clearState, runMoving, storeGoal, takeGoal } from '../biquad';
import { blend } from '../gain';
import { WIDTH_CROSSOVER, WIDTH_HIGH, WIDTH_LOW, WIDTH_MIX, WIDTH_MONO_FREQ, WIDTH_MONO_ON } from '../generated/parameters';
import { Insert } from '../insert-record';
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { SECTION_BYTES } from '../section-record';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { isOn, valueOf } from '../values';

/** The sides' difference (the same in both places), and the part of it below the crossover. */
const SIDE: usize = SCRATCH + BUFFER_BYTES;
const LOW_SIDE: usize = SIDE + BUFFER_BYTES;

@unmanaged
class Width {
  /** Of the difference below and above the crossover: how much more or less of it there will be. */
  low: f64;
  high: f64;
  mono: f64;
}

const SPLIT: usize = 32;
/** A fourth-order high-pass. */
const CUT: usize = SPLIT + SECTION_BYTES;
export const WIDTH_BYTES: usize = CUT + 2 * SECTION_BYTES;

@inline
function angle(logarithm: f64): f64 {
  return (2.0 * Math.PI * Math.exp(logarithm)) / SAMPLE_RATE;
}

function design(base: usize, values: usize): void {
  designLowPass(angle(valueOf(values, WIDTH_CROSSOVER)), Math.SQRT1_2);
  storeGoal(base + SPLIT);
  for (let i = 0; i < 2; i++) {
    designHighPass(angle(valueOf(values, WIDTH_MONO_FREQ)), butterworthQuality(4.0, <f64>i));
    storeGoal(base + CUT + <usize>i * SECTION_BYTES);
  }
}

@inline
function lowOf(values: usize): f64 {
  return (valueOf(values, WIDTH_LOW) / 100.0 - 1.0) * (valueOf(values, WIDTH_MIX) / 100.0);
}

@inline
function highOf(values: usize): f64 {
  return (valueOf(values, WIDTH_HIGH) / 100.0 - 1.0) * (valueOf(values, WIDTH_MIX) / 100.0);
}

@inline
function monoOf(values: usize): f64 {
  return isOn(values, WIDTH_MONO_ON) ? valueOf(values, WIDTH_MIX) / 100.0 : 0.0;
}

export function resetWidth(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, WIDTH_BYTES);
  const width = changetype<Width>(base);
  width.low = lowOf(values);
  width.high = highOf(values);
  width.mono = monoOf(values);
  design(base, values);
  for (let at = base + SPLIT; at < base + WIDTH_BYTES; at += SECTION_BYTES) {
    takeGoal(at);
    clearState(at);
  }
}

/** The difference becomes wider or narrower, each part of it by its own. */
function spread(base: usize, frames: i32, lowGoal: f64, highGoal: f64): void {
  const width = changetype<Width>(base);
  memory.copy(LOW_SIDE, SIDE, <usize>frames << 4);
  runMoving(base + SPLIT, LOW_SIDE, frames);
  let low = width.low;
  let high = width.high;
  const lowStep = (lowGoal - low) / <f64>frames;
  const highStep = (highGoal - high) / <f64>frames;
  for (let i = 0; i < frames; i++) {
    low += lowStep;
    high += highStep;
    const at = SIDE + (<usize>i << 4);
    const side = load<f64>(at);
    const below = load<f64>(LOW_SIDE + (<usize>i << 4));
    v128.store(at, f64x2.splat(side + low * below + high * (side - below)));
  }
  width.low = lowGoal;
  width.high = highGoal;
}

/** Takes the lows out of the difference: they come to the middle. */
function narrowLows(base: usize, frames: i32, goal: f64): void {
  const width = changetype<Width>(base);
  if (width.mono == 0.0 && goal == 0.0) {
    clearState(base + CUT);
    clearState(base + CUT + SECTION_BYTES);
    return;
  }
  memory.copy(LOW_SIDE, SIDE, <usize>frames << 4);
  runMoving(base + CUT, LOW_SIDE, frames);
  runMoving(base + CUT + SECTION_BYTES, LOW_SIDE, frames);
  blend(LOW_SIDE, SIDE, frames, width.mono, goal);
  width.mono = goal;
}

export function processWidth(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    v128.store(SIDE + i, f64x2.splat(0.5 * (load<f64>(buffer + i) - load<f64>(buffer + i, 8))));
  }
  design(base, values);
  spread(base, frames, lowOf(values), highOf(values));
  const mono = toward(changetype<Width>(base).mono, monoOf(values), <f64>frames / <f64>SWITCH_FRAMES);
  narrowLows(base, frames, mono);
  for (let i: usize = 0; i < <usize>frames << 4; i += 16) {
    const left = load<f64>(buffer + i);
    const right = load<f64>(buffer + i, 8);
    const mid = 0.5 * (left + right);
    const side = load<f64>(SIDE + i);
    store<f64>(buffer + i, mid + side);
    store<f64>(buffer + i, mid - side, 8);
  }
}

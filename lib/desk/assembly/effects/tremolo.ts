// A level that sways, at its highest on the beat; with the sides in turn it moves the sound from left to right.

import {
  TREMOLO_DEPTH,
  TREMOLO_MIX,
  TREMOLO_NOTE,
  TREMOLO_PAN,
  TREMOLO_RATE,
  TREMOLO_SHAPE,
  TREMOLO_SYNC,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { sineOfCycles } from '../sine';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { targetOf, valueOf } from '../values';
import { beginLfo, cyclesAt, endLfo, Lfo, LFO_BYTES, lfoHertz, resetLfo } from './lfo';

const SINE: i32 = 0;
const TRIANGLE: i32 = 1;
/** A square goes from its top to its bottom in 4 ms: it chops, but does not click. */
const EDGE: f64 = 0.004 * SAMPLE_RATE;

@unmanaged
class Tremolo {
  shape: i32;
  pad: i32;
  /** Depth × mix; how much goes the other way on the right, in cycles. */
  depth: f64;
  pan: f64;
  /** 0 while the shape is changed underneath, else 1. */
  presence: f64;
}

const LFO: usize = 32;
export const TREMOLO_BYTES: usize = LFO + LFO_BYTES;

@inline
function depthOf(values: usize): f64 {
  return valueOf(values, TREMOLO_DEPTH) * valueOf(values, TREMOLO_MIX) * 1e-4;
}

export function resetTremolo(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  const tremolo = changetype<Tremolo>(base);
  tremolo.shape = <i32>targetOf(values, TREMOLO_SHAPE);
  tremolo.depth = depthOf(values);
  tremolo.pan = valueOf(values, TREMOLO_PAN) / 200.0;
  tremolo.presence = 1.0;
  resetLfo(changetype<Lfo>(base + LFO), lfoHertz(values, TREMOLO_SYNC, TREMOLO_NOTE, TREMOLO_RATE));
}

/** A triangle in step with the sine of the same cycles. */
@inline
function triangle(cycles: v128): v128 {
  const r = f64x2.sub(cycles, f64x2.nearest(cycles));
  const size = f64x2.abs(r);
  const folded = f64x2.mul(f64x2.min(size, f64x2.sub(f64x2.splat(0.5), size)), f64x2.splat(4.0));
  return v128.or(folded, v128.and(r, f64x2.splat(-0.0)));
}

@inline
function wave(shape: i32, cycles: v128, steepness: f64): v128 {
  if (shape == SINE) return sineOfCycles(cycles);
  const slope = triangle(cycles);
  if (shape == TRIANGLE) return slope;
  return f64x2.min(f64x2.max(f64x2.mul(slope, f64x2.splat(steepness)), f64x2.splat(-1.0)), f64x2.splat(1.0));
}

export function processTremolo(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const tremolo = changetype<Tremolo>(base);
  const lfo = changetype<Lfo>(base + LFO);
  beginLfo(lfo, lfoHertz(values, TREMOLO_SYNC, TREMOLO_NOTE, TREMOLO_RATE), frames);
  const wanted = <i32>targetOf(values, TREMOLO_SHAPE);
  if (tremolo.presence == 0.0) tremolo.shape = wanted;
  const presence = toward(tremolo.presence, tremolo.shape == wanted ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const share = 1.0 / <f64>frames;
  const depthGoal = depthOf(values);
  const panGoal = valueOf(values, TREMOLO_PAN) / 200.0;
  let depth = tremolo.depth * tremolo.presence;
  const depthStep = (depthGoal * presence - depth) * share;
  let pan = tremolo.pan;
  const panStep = (panGoal - pan) * share;
  const steepness = Math.max(1.0, 0.5 / (EDGE * lfo.step));
  const one = f64x2.splat(1.0);
  for (let i = 0; i < frames; i++) {
    depth += depthStep;
    pan += panStep;
    const cycles = cyclesAt(lfo, i) + 0.25;
    const waves = wave(tremolo.shape, f64x2.replace_lane(f64x2.splat(cycles), 1, cycles - pan), steepness);
    const gain = f64x2.sub(one, f64x2.mul(f64x2.splat(0.5 * depth), f64x2.sub(one, waves)));
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), gain));
  }
  endLfo(lfo, frames);
  tremolo.depth = depthGoal;
  tremolo.pan = panGoal;
  tremolo.presence = presence;
}

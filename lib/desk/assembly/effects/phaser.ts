// A chain of all-passes beside the dry sound: where the chain turns the phase half round, a notch; the notches sweep.
//
// With n stages of the first order tuned to one frequency the notches lie where each turns by 180°/n, 540°/n, …

import {
  PHASER_DEPTH,
  PHASER_FEEDBACK,
  PHASER_FREQ,
  PHASER_MIX,
  PHASER_NOTE,
  PHASER_RATE,
  PHASER_STAGES,
  PHASER_SYNC,
  PHASER_WIDTH,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { sineOfCycles } from '../sine';
import { SAMPLE_RATE, SWITCH_FRAMES, toward } from '../units';
import { targetOf, valueOf } from '../values';
import { beginLfo, cyclesAt, endLfo, Lfo, LFO_BYTES, lfoHertz, resetLfo } from './lfo';

/** Stages in the order of the choice's index. */
const STAGES: usize = memory.data<i32>([4, 6, 8, 12]);
const MOST_STAGES: usize = 12;
/** Sweep at full depth, to each side: two octaves, as a natural logarithm. */
const MOST_SWEEP: f64 = 2.0 * Math.LN2;
const LOWEST: f64 = 20.0;
const HIGHEST: f64 = 20000.0;
/** Coefficients are computed at every sixteenth frame of the song and go in straight lines between. */
const GRID: i32 = 16;
const NOTHING: f64 = 1e-20;

@unmanaged
class Phaser {
  stages: i32;
  pad: i32;
  mix: f64;
  /** Logarithm of the middle frequency. */
  middle: f64;
  sweep: f64;
  feedback: f64;
  width: f64;
  /** 0 while the number of stages is changed underneath, else 1. */
  presence: f64;
}

const LFO: usize = 64;
const LAST: usize = LFO + LFO_BYTES;
const STATES: usize = LAST + 16;
export const PHASER_BYTES: usize = STATES + (MOST_STAGES << 4);

@inline
function stagesOf(values: usize): i32 {
  return load<i32>(STAGES + (<usize>targetOf(values, PHASER_STAGES) << 2));
}

@inline
function sweepOf(values: usize): f64 {
  return (valueOf(values, PHASER_DEPTH) / 100.0) * MOST_SWEEP;
}

function clearStates(base: usize): void {
  memory.fill(base + LAST, 0, PHASER_BYTES - LAST);
}

export function resetPhaser(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, PHASER_BYTES);
  const phaser = changetype<Phaser>(base);
  phaser.stages = stagesOf(values);
  phaser.mix = valueOf(values, PHASER_MIX) / 100.0;
  phaser.middle = valueOf(values, PHASER_FREQ);
  phaser.sweep = sweepOf(values);
  phaser.feedback = valueOf(values, PHASER_FEEDBACK) / 100.0;
  phaser.width = valueOf(values, PHASER_WIDTH) / 200.0;
  phaser.presence = 1.0;
  resetLfo(changetype<Lfo>(base + LFO), lfoHertz(values, PHASER_SYNC, PHASER_NOTE, PHASER_RATE));
}

/** The coefficient of an all-pass that turns by 90° at a frequency given as its logarithm. */
function coefficient(logarithm: f64): f64 {
  const hertz = Math.min(HIGHEST, Math.max(LOWEST, Math.exp(logarithm)));
  const t = Math.tan((Math.PI * hertz) / SAMPLE_RATE);
  return (t - 1.0) / (t + 1.0);
}

/** Coefficients of both sides at the chunk's frame `i`. */
function coefficientsAt(lfo: Lfo, i: i32, middle: f64, sweep: f64, width: f64): v128 {
  const cycles = cyclesAt(lfo, i);
  const waves = sineOfCycles(f64x2.replace_lane(f64x2.splat(cycles), 1, cycles - width));
  const left = coefficient(middle + sweep * f64x2.extract_lane(waves, 0));
  return f64x2.replace_lane(f64x2.splat(left), 1, coefficient(middle + sweep * f64x2.extract_lane(waves, 1)));
}

/** The chain of all-passes, and what goes round it. */
@inline
function turn(base: usize, stages: i32, input: v128, a: v128, feedback: f64): v128 {
  let x = f64x2.add(input, f64x2.mul(v128.load(base, LAST), f64x2.splat(feedback)));
  const states = base + STATES;
  for (let stage = 0; stage < stages; stage++) {
    const at = states + (<usize>stage << 4);
    const y = f64x2.add(f64x2.mul(a, x), v128.load(at));
    v128.store(at, f64x2.sub(x, f64x2.mul(a, y)));
    x = y;
  }
  v128.store(base, x, LAST);
  return x;
}

function settle(base: usize): void {
  for (let at = base + LAST; at < base + PHASER_BYTES; at += 16) {
    const state = v128.load(at);
    v128.store(at, v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(NOTHING))));
  }
}

function chooseStages(base: usize, wanted: i32, frames: i32): f64 {
  const phaser = changetype<Phaser>(base);
  if (phaser.presence == 0.0 && phaser.stages != wanted) {
    phaser.stages = wanted;
    clearStates(base);
  }
  return toward(phaser.presence, phaser.stages == wanted ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
}

export function processPhaser(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const phaser = changetype<Phaser>(base);
  const lfo = changetype<Lfo>(base + LFO);
  beginLfo(lfo, lfoHertz(values, PHASER_SYNC, PHASER_NOTE, PHASER_RATE), frames);
  const share = 1.0 / <f64>frames;
  const presence = chooseStages(base, stagesOf(values), frames);
  const mixFrom = phaser.mix * phaser.presence;
  const mixGoal = valueOf(values, PHASER_MIX) / 100.0;
  const mixStep = (mixGoal * presence - mixFrom) * share;
  const middleGoal = valueOf(values, PHASER_FREQ);
  const middleStep = (middleGoal - phaser.middle) * share;
  const sweepGoal = sweepOf(values);
  const sweepStep = (sweepGoal - phaser.sweep) * share;
  const feedbackGoal = valueOf(values, PHASER_FEEDBACK) / 100.0;
  const feedbackStep = (feedbackGoal - phaser.feedback) * share;
  const widthGoal = valueOf(values, PHASER_WIDTH) / 200.0;
  let mix = mixFrom;
  let feedback = phaser.feedback;
  let from = f64x2.splat(0.0);
  let way = f64x2.splat(0.0);
  for (let i = 0; i < frames; i++) {
    const place = (lfo.frame + i) & (GRID - 1);
    if (place == 0 || i == 0) {
      const start = i - place;
      const end = start + GRID;
      const middle = phaser.middle + middleStep * <f64>i;
      const sweep = phaser.sweep + sweepStep * <f64>i;
      from = coefficientsAt(lfo, start, middle, sweep, phaser.width);
      way = coefficientsAt(lfo, end, middle + middleStep * <f64>GRID, sweep + sweepStep * <f64>GRID, phaser.width);
      way = f64x2.mul(f64x2.sub(way, from), f64x2.splat(1.0 / <f64>GRID));
    }
    mix += mixStep;
    feedback += feedbackStep;
    const at = buffer + (<usize>i << 4);
    const dry = v128.load(at);
    const wet = turn(base, phaser.stages, dry, f64x2.add(from, f64x2.mul(way, f64x2.splat(<f64>place))), feedback);
    v128.store(at, f64x2.add(dry, f64x2.mul(f64x2.splat(mix), f64x2.sub(wet, dry))));
  }
  settle(base);
  endLfo(lfo, frames);
  phaser.presence = presence;
  phaser.mix = mixGoal;
  phaser.middle = middleGoal;
  phaser.sweep = sweepGoal;
  phaser.feedback = feedbackGoal;
  phaser.width = widthGoal;
}

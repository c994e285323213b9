// A copy so little late that it cancels a row of frequencies; the row sweeps up and down.

import {
  FLANGER_DELAY,
  FLANGER_DEPTH,
  FLANGER_FEEDBACK,
  FLANGER_MIX,
  FLANGER_NOTE,
  FLANGER_RATE,
  FLANGER_SYNC,
  FLANGER_WIDTH,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { sineOfCycles } from '../sine';
import { SAMPLE_RATE } from '../units';
import { valueOf } from '../values';
import { beginLfo, cyclesAt, endLfo, Lfo, LFO_BYTES, lfoHertz, resetLfo } from './lfo';
import { LEAST_DELAY, readSwept, SWEEP_BYTES, writeSwept } from './sweep-line';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;

@unmanaged
class Flanger {
  written: i32;
  pad: i32;
  mix: f64;
  delay: f64;
  /** Part of the delay by which it sways, to each side. */
  depth: f64;
  feedback: f64;
  width: f64;
}

const LFO: usize = 48;
const LINE: usize = LFO + LFO_BYTES;
export const FLANGER_BYTES: usize = LINE + SWEEP_BYTES;

@inline
function delayOf(values: usize): f64 {
  return Math.exp(valueOf(values, FLANGER_DELAY)) * FRAMES_PER_MS;
}

export function resetFlanger(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, FLANGER_BYTES);
  const flanger = changetype<Flanger>(base);
  flanger.mix = valueOf(values, FLANGER_MIX) / 100.0;
  flanger.delay = delayOf(values);
  flanger.depth = valueOf(values, FLANGER_DEPTH) / 100.0;
  flanger.feedback = valueOf(values, FLANGER_FEEDBACK) / 100.0;
  flanger.width = valueOf(values, FLANGER_WIDTH) / 200.0;
  resetLfo(changetype<Lfo>(base + LFO), lfoHertz(values, FLANGER_SYNC, FLANGER_NOTE, FLANGER_RATE));
}

export function processFlanger(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const flanger = changetype<Flanger>(base);
  const lfo = changetype<Lfo>(base + LFO);
  const line = base + LINE;
  beginLfo(lfo, lfoHertz(values, FLANGER_SYNC, FLANGER_NOTE, FLANGER_RATE), frames);
  const share = 1.0 / <f64>frames;
  const mixGoal = valueOf(values, FLANGER_MIX) / 100.0;
  const delayGoal = delayOf(values);
  const depthGoal = valueOf(values, FLANGER_DEPTH) / 100.0;
  const feedbackGoal = valueOf(values, FLANGER_FEEDBACK) / 100.0;
  const widthGoal = valueOf(values, FLANGER_WIDTH) / 200.0;
  const mixStep = (mixGoal - flanger.mix) * share;
  const delayStep = (delayGoal - flanger.delay) * share;
  const depthStep = (depthGoal - flanger.depth) * share;
  const feedbackStep = (feedbackGoal - flanger.feedback) * share;
  const widthStep = (widthGoal - flanger.width) * share;
  let mix = flanger.mix;
  let delay = flanger.delay;
  let depth = flanger.depth;
  let feedback = flanger.feedback;
  let width = flanger.width;
  let written = flanger.written;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    delay += delayStep;
    depth += depthStep;
    feedback += feedbackStep;
    width += widthStep;
    const cycles = cyclesAt(lfo, i);
    const waves = sineOfCycles(f64x2.replace_lane(f64x2.splat(cycles), 1, cycles - width));
    const delays = f64x2.mul(f64x2.splat(delay), f64x2.add(f64x2.splat(1.0), f64x2.mul(f64x2.splat(depth), waves)));
    const least = f64x2.max(delays, f64x2.splat(LEAST_DELAY));
    const wetLeft = readSwept(line, written, f64x2.extract_lane(least, 0), 0);
    const wetRight = readSwept(line, written, f64x2.extract_lane(least, 1), 8);
    const at = buffer + (<usize>i << 4);
    const dryLeft = load<f64>(at);
    const dryRight = load<f64>(at, 8);
    writeSwept(line, written, dryLeft + feedback * wetLeft, dryRight + feedback * wetRight);
    store<f64>(at, dryLeft + mix * (wetLeft - dryLeft));
    store<f64>(at, dryRight + mix * (wetRight - dryRight), 8);
    written++;
  }
  endLfo(lfo, frames);
  flanger.written = written;
  flanger.mix = mixGoal;
  flanger.delay = delayGoal;
  flanger.depth = depthGoal;
  flanger.feedback = feedbackGoal;
  flanger.width = widthGoal;
}

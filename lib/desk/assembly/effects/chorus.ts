// Two voices on each side whose pitch sways, one up while the other goes down; the right side lags by up to a quarter turn.

import {
  CHORUS_DELAY,
  CHORUS_DEPTH,
  CHORUS_LOWCUT,
  CHORUS_MIX,
  CHORUS_NOTE,
  CHORUS_RATE,
  CHORUS_SYNC,
  CHORUS_WIDTH,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { sineOfCycles } from '../sine';
import { SAMPLE_RATE } from '../units';
import { valueOf } from '../values';
import { beginLfo, cyclesAt, endLfo, Lfo, LFO_BYTES, lfoHertz, resetLfo } from './lfo';
import { LEAST_DELAY, readSwept, SWEEP_BYTES, writeSwept } from './sweep-line';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** Sway at full depth, to each side. */
const MOST_SWAY: f64 = 5.0 * FRAMES_PER_MS;
/** The second voice lies this much further back, so that the two never meet. */
const SECOND: f64 = 1.37;
const LEVEL: f64 = Math.SQRT1_2;
const NOTHING: f64 = 1e-20;

@unmanaged
class Chorus {
  written: i32;
  pad: i32;
  mix: f64;
  delay: f64;
  sway: f64;
  width: f64;
  lowLeft: f64;
  lowRight: f64;
}

const LFO: usize = 64;
const LINE: usize = LFO + LFO_BYTES;
export const CHORUS_BYTES: usize = LINE + SWEEP_BYTES;

@inline
function delayOf(values: usize): f64 {
  return valueOf(values, CHORUS_DELAY) * FRAMES_PER_MS;
}

@inline
function swayOf(values: usize): f64 {
  return Math.min((valueOf(values, CHORUS_DEPTH) / 100.0) * MOST_SWAY, delayOf(values) - LEAST_DELAY);
}

export function resetChorus(insert: Insert, values: usize): void {
  const base = <usize>(<u32>insert.address);
  memory.fill(base, 0, CHORUS_BYTES);
  const chorus = changetype<Chorus>(base);
  chorus.mix = valueOf(values, CHORUS_MIX) / 100.0;
  chorus.delay = delayOf(values);
  chorus.sway = swayOf(values);
  chorus.width = valueOf(values, CHORUS_WIDTH) / 400.0;
  resetLfo(changetype<Lfo>(base + LFO), lfoHertz(values, CHORUS_SYNC, CHORUS_NOTE, CHORUS_RATE));
}

export function processChorus(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const base = <usize>(<u32>insert.address);
  const chorus = changetype<Chorus>(base);
  const lfo = changetype<Lfo>(base + LFO);
  const line = base + LINE;
  beginLfo(lfo, lfoHertz(values, CHORUS_SYNC, CHORUS_NOTE, CHORUS_RATE), frames);
  const low = 1.0 - Math.exp((-2.0 * Math.PI * Math.exp(valueOf(values, CHORUS_LOWCUT))) / SAMPLE_RATE);
  const share = 1.0 / <f64>frames;
  const mixGoal = valueOf(values, CHORUS_MIX) / 100.0;
  const delayGoal = delayOf(values);
  const swayGoal = swayOf(values);
  const widthGoal = valueOf(values, CHORUS_WIDTH) / 400.0;
  const mixStep = (mixGoal - chorus.mix) * share;
  const delayStep = (delayGoal - chorus.delay) * share;
  const swayStep = (swayGoal - chorus.sway) * share;
  const widthStep = (widthGoal - chorus.width) * share;
  let mix = chorus.mix;
  let delay = chorus.delay;
  let sway = chorus.sway;
  let width = chorus.width;
  let lowLeft = chorus.lowLeft;
  let lowRight = chorus.lowRight;
  let written = chorus.written;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    delay += delayStep;
    sway += swayStep;
    width += widthStep;
    const cycles = cyclesAt(lfo, i);
    const waves = sineOfCycles(f64x2.replace_lane(f64x2.splat(cycles), 1, cycles - width));
    const left = sway * f64x2.extract_lane(waves, 0);
    const right = sway * f64x2.extract_lane(waves, 1);
    const second = delay * SECOND;
    const wetLeft = LEVEL * (readSwept(line, written, delay + left, 0) + readSwept(line, written, second - left, 0));
    const wetRight = LEVEL * (readSwept(line, written, delay + right, 8) + readSwept(line, written, second - right, 8));
    lowLeft += low * (wetLeft - lowLeft);
    lowRight += low * (wetRight - lowRight);
    const at = buffer + (<usize>i << 4);
    const dryLeft = load<f64>(at);
    const dryRight = load<f64>(at, 8);
    writeSwept(line, written, dryLeft, dryRight);
    store<f64>(at, dryLeft + mix * (wetLeft - lowLeft - dryLeft));
    store<f64>(at, dryRight + mix * (wetRight - lowRight - dryRight), 8);
    written++;
  }
  endLfo(lfo, frames);
  chorus.written = written;
  chorus.mix = mixGoal;
  chorus.delay = delayGoal;
  chorus.sway = swayGoal;
  chorus.width = widthGoal;
  chorus.lowLeft = Math.abs(lowLeft) < NOTHING ? 0.0 : lowLeft;
  chorus.lowRight = Math.abs(lowRight) < NOTHING ? 0.0 : lowRight;
}

// Turns a strip down where it is louder than a threshold. Both sides together, so that the picture does not move.
//
// Level (peak, held for a moment so that it does not fall between two half-waves, or RMS over 10 ms) → gain computer in dB →
// attack and release as time constants on the reduction in dB (63 % of the way).

import { desk } from './access';
import {
  STRIP_COMP_ATTACK,
  STRIP_COMP_DETECTOR,
  STRIP_COMP_KNEE,
  STRIP_COMP_MAKEUP,
  STRIP_COMP_MIX,
  STRIP_COMP_ON,
  STRIP_COMP_RATIO,
  STRIP_COMP_RELEASE,
  STRIP_COMP_THRESHOLD,
} from './generated/parameters';
import { BUFFER_BYTES, SCRATCH } from './layout';
import { decibelsToGains, gainsToDecibels } from './logarithm';
import { Strip } from './strip-record';
import { decibelsToGain, SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';
import { isOn, valueOf } from './values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
const RMS_MS: f64 = 10.0;
/** Levels below this (−200 dB) are none. */
const NOTHING: f64 = 1e-10;
/** A peak this close to the held one counts as its equal: sampled peaks of one tone differ a little. */
const EQUAL_PEAK: f64 = 0.995;
/** The peak is held for 3 % of the release, at most 5 ms: too short to be heard as one. */
const HOLD_OF_RELEASE: f64 = 0.03;
const MOST_HOLD_MS: f64 = 5.0;

/** Levels, then reductions, then gains of one chunk. */
const TRACE: usize = SCRATCH + BUFFER_BYTES;

@inline
function trace(i: i32): usize {
  return TRACE + (<usize>i << 3);
}

export function resetComp(strip: Strip, values: usize): void {
  strip.compAmount = isOn(values, STRIP_COMP_ON) ? valueOf(values, STRIP_COMP_MIX) / 100.0 : 0.0;
  strip.compSwitch = isOn(values, STRIP_COMP_ON) ? 1.0 : 0.0;
  strip.compMakeup = decibelsToGain(valueOf(values, STRIP_COMP_MAKEUP));
  clearDetector(strip);
  strip.compReduction = 0.0;
}

function clearDetector(strip: Strip): void {
  strip.compReductionNow = 0.0;
  strip.compPeak = 0.0;
  strip.compPeakHold = 0.0;
  strip.compMeanLeft = 0.0;
  strip.compMeanRight = 0.0;
  strip.compDetector = 0.0;
}

function tracePeaks(strip: Strip, buffer: usize, frames: i32, release: f64): void {
  const hold = f64x2.splat(Math.floor(Math.min(MOST_HOLD_MS, release * HOLD_OF_RELEASE) * FRAMES_PER_MS));
  const equal = f64x2.splat(EQUAL_PEAK);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  let peak = f64x2.splat(strip.compPeak);
  let left = f64x2.splat(strip.compPeakHold);
  for (let i = 0; i < frames; i++) {
    const sides = f64x2.abs(v128.load(buffer + (<usize>i << 4)));
    const level = f64x2.pmax(sides, v128.shuffle<f64>(sides, sides, 1, 0));
    const fresh = f64x2.ge(level, f64x2.mul(peak, equal));
    const held = v128.bitselect(peak, level, f64x2.gt(left, zero));
    peak = v128.bitselect(f64x2.pmax(level, peak), held, fresh);
    left = v128.bitselect(hold, f64x2.sub(left, one), fresh);
    v128.store64_lane(trace(i), peak, 0);
  }
  strip.compPeak = f64x2.extract_lane(peak, 0);
  strip.compPeakHold = Math.max(0.0, f64x2.extract_lane(left, 0));
}

function traceMeans(strip: Strip, buffer: usize, frames: i32): void {
  const keep = Math.exp(-1.0 / (RMS_MS * FRAMES_PER_MS));
  let left = strip.compMeanLeft;
  let right = strip.compMeanRight;
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const l = load<f64>(at);
    const r = load<f64>(at, 8);
    left = l * l + keep * (left - l * l);
    right = r * r + keep * (right - r * r);
    store<f64>(trace(i), Math.sqrt(select<f64>(left, right, left > right)));
  }
  strip.compMeanLeft = left < 1e-30 ? 0.0 : left;
  strip.compMeanRight = right < 1e-30 ? 0.0 : right;
}

/** The highest of the traced levels. */
function highest(frames: i32): f64 {
  let most: f64 = 0.0;
  for (let i = 0; i < frames; i++) most = Math.max(most, load<f64>(trace(i)));
  return most;
}

/**
 * Levels become wanted reductions in dB: nothing below the knee, 1 − 1/ratio of the rest above it, a parabola between.
 * After Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor Design" (JAES 2012).
 */
function computeReductions(values: usize, frames: i32): void {
  const slope = f64x2.splat(Math.exp(-valueOf(values, STRIP_COMP_RATIO)) - 1.0);
  const width = valueOf(values, STRIP_COMP_KNEE);
  const threshold = valueOf(values, STRIP_COMP_THRESHOLD);
  const kneeFrom = f64x2.splat(threshold - 0.5 * width);
  const knee = f64x2.splat(width);
  const bend = f64x2.splat(width > 0.0 ? 0.5 / width : 0.0);
  const zero = f64x2.splat(0.0);
  for (let i = 0; i < frames; i += 2) {
    const level = gainsToDecibels(f64x2.max(v128.load(trace(i)), f64x2.splat(NOTHING)));
    const into = f64x2.max(f64x2.sub(level, kneeFrom), zero);
    const within = f64x2.min(into, knee);
    const over = f64x2.add(f64x2.mul(f64x2.mul(within, within), bend), f64x2.sub(into, within));
    v128.store(trace(i), f64x2.mul(slope, over));
  }
}

/** Wanted reductions become those in force: down with the attack, back with the release. Returns the deepest. */
function smoothReductions(strip: Strip, values: usize, frames: i32, release: f64): f64 {
  const down = 1.0 - Math.exp(-1.0 / (Math.exp(valueOf(values, STRIP_COMP_ATTACK)) * FRAMES_PER_MS));
  const back = 1.0 - Math.exp(-1.0 / (release * FRAMES_PER_MS));
  // In vectors for the sake of their minimum and maximum: a scalar choice is a branch, and what comes cannot be foretold.
  const zero = f64x2.splat(0.0);
  const downs = f64x2.splat(down);
  const backs = f64x2.splat(back);
  let trail = f64x2.splat(strip.compReductionNow);
  let depth = zero;
  for (let i = 0; i < frames; i++) {
    const way = f64x2.sub(v128.load64_splat(trace(i)), trail);
    trail = f64x2.add(trail, f64x2.add(f64x2.mul(downs, f64x2.pmin(way, zero)), f64x2.mul(backs, f64x2.pmax(way, zero))));
    depth = f64x2.pmin(depth, trail);
    v128.store64_lane(trace(i), trail, 0);
  }
  const now = f64x2.extract_lane(trail, 0);
  const deepest = f64x2.extract_lane(depth, 0);
  strip.compReductionNow = now > -1e-12 ? 0.0 : now;
  return deepest;
}

export function processComp(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const before = strip.compAmount;
  const on = isOn(values, STRIP_COMP_ON);
  if (strip.compSwitch == 0.0 && !on) {
    strip.compReduction = 0.0;
    strip.compDetector = 0.0;
    return;
  }
  if (strip.compSwitch == 0.0) clearDetector(strip);
  strip.compSwitch = toward(strip.compSwitch, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const after = (strip.compSwitch * valueOf(values, STRIP_COMP_MIX)) / 100.0;
  const release = Math.exp(valueOf(values, STRIP_COMP_RELEASE));
  if (valueOf(values, STRIP_COMP_DETECTOR) == 1.0) traceMeans(strip, buffer, frames);
  else tracePeaks(strip, buffer, frames, release);
  strip.compDetector = Math.max(highest(frames), strip.compDetector * desk().peakFall);
  computeReductions(values, frames);
  strip.compReduction = smoothReductions(strip, values, frames, release);
  const makeupGoal = decibelsToGain(valueOf(values, STRIP_COMP_MAKEUP));
  applyReductions(buffer, frames, before, after, strip.compMakeup, makeupGoal);
  strip.compAmount = after;
  strip.compMakeup = makeupGoal;
}

function applyReductions(buffer: usize, frames: i32, amount0: f64, amount1: f64, makeup0: f64, makeup1: f64): void {
  const amountStep = (amount1 - amount0) / <f64>frames;
  const makeupStep = (makeup1 - makeup0) / <f64>frames;
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), decibelsToGains(v128.load(trace(i))));
  let amount = amount0;
  let makeup = makeup0;
  for (let i = 0; i < frames; i++) {
    amount += amountStep;
    makeup += makeupStep;
    const gain = 1.0 + amount * (load<f64>(trace(i)) * makeup - 1.0);
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(gain)));
  }
}

// Turns a strip down where it is louder than a threshold. Both sides together, so that the picture does not move.
//
// Level (peak, held for a moment so that it does not fall between two half-waves, or RMS over 10 ms) → gain computer in dB →
// attack and release as time constants on the reduction in dB (63 % of the way).

import { compReduction } from '../../dsp/response/dynamics';
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
import { decibelsToGainFast, gainToDecibels } from './logarithm';
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

// @ts-ignore: decorator
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
  strip.compPeakHold = 0;
  strip.compMeanLeft = 0.0;
  strip.compMeanRight = 0.0;
}

function tracePeaks(strip: Strip, buffer: usize, frames: i32, release: f64): void {
  const hold = <i32>(Math.min(MOST_HOLD_MS, release * HOLD_OF_RELEASE) * FRAMES_PER_MS);
  let peak = strip.compPeak;
  let left = strip.compPeakHold;
  for (let i = 0; i < frames; i++) {
    const size = f64x2.abs(v128.load(buffer + (<usize>i << 4)));
    const level = Math.max(f64x2.extract_lane(size, 0), f64x2.extract_lane(size, 1));
    if (level >= peak * EQUAL_PEAK) {
      peak = Math.max(peak, level);
      left = hold;
    } else if (left > 0) left--;
    else peak = level;
    store<f64>(trace(i), peak);
  }
  strip.compPeak = peak;
  strip.compPeakHold = left;
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
    store<f64>(trace(i), Math.sqrt(Math.max(left, right)));
  }
  strip.compMeanLeft = left < 1e-30 ? 0.0 : left;
  strip.compMeanRight = right < 1e-30 ? 0.0 : right;
}

/** Levels become wanted reductions in dB. */
function computeReductions(values: usize, frames: i32): void {
  const threshold = valueOf(values, STRIP_COMP_THRESHOLD);
  const slope = Math.exp(-valueOf(values, STRIP_COMP_RATIO)) - 1.0;
  const knee = valueOf(values, STRIP_COMP_KNEE);
  for (let i = 0; i < frames; i++) {
    const level = gainToDecibels(Math.max(load<f64>(trace(i)), NOTHING));
    store<f64>(trace(i), compReduction(level, threshold, slope, knee));
  }
}

/** Wanted reductions become those in force: down with the attack, back with the release. Returns the deepest. */
function smoothReductions(strip: Strip, values: usize, frames: i32, release: f64): f64 {
  const down = 1.0 - Math.exp(-1.0 / (Math.exp(valueOf(values, STRIP_COMP_ATTACK)) * FRAMES_PER_MS));
  const back = 1.0 - Math.exp(-1.0 / (release * FRAMES_PER_MS));
  let now = strip.compReductionNow;
  let deepest = 0.0;
  for (let i = 0; i < frames; i++) {
    const wanted = load<f64>(trace(i));
    now += (wanted < now ? down : back) * (wanted - now);
    deepest = Math.min(deepest, now);
    store<f64>(trace(i), now);
  }
  strip.compReductionNow = now > -1e-12 ? 0.0 : now;
  return deepest;
}

export function processComp(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const before = strip.compAmount;
  const on = isOn(values, STRIP_COMP_ON);
  if (strip.compSwitch == 0.0 && !on) {
    strip.compReduction = 0.0;
    return;
  }
  if (strip.compSwitch == 0.0) clearDetector(strip);
  strip.compSwitch = toward(strip.compSwitch, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const after = (strip.compSwitch * valueOf(values, STRIP_COMP_MIX)) / 100.0;
  const release = Math.exp(valueOf(values, STRIP_COMP_RELEASE));
  if (valueOf(values, STRIP_COMP_DETECTOR) == 1.0) traceMeans(strip, buffer, frames);
  else tracePeaks(strip, buffer, frames, release);
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
  let amount = amount0;
  let makeup = makeup0;
  for (let i = 0; i < frames; i++) {
    amount += amountStep;
    makeup += makeupStep;
    const gain = 1.0 + amount * (decibelsToGainFast(load<f64>(trace(i))) * makeup - 1.0);
    const at = buffer + (<usize>i << 4);
    v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(gain)));
  }
}

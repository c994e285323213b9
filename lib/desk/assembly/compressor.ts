// Turns a strip down where it is louder than a threshold. Both sides together, so that the picture does not move.
//
// Level (peak, held for a moment so that it does not fall between two half-waves, or RMS over a window) → gain computer in dB →
// attack and release as time constants on the reduction in dB (63 % of the way).

import { desk } from './access';
import { Compressor } from './compressor-record';
import { BUFFER_BYTES, SCRATCH } from './layout';
import { decibelsToGains, gainsToDecibels } from './logarithm';
import { decibelsToGain, SAMPLE_RATE } from './units';
import { valueOf } from './values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** Levels below this (−200 dB) are none. */
const NOTHING: f64 = 1e-10;
/** A peak this close to the held one counts as its equal: sampled peaks of one tone differ a little. */
const EQUAL_PEAK: f64 = 0.995;
/** The peak is held for 3 % of the release, at most 5 ms: too short to be heard as one. */
const HOLD_OF_RELEASE: f64 = 0.03;
const MOST_HOLD_MS: f64 = 5.0;
/** From this ratio (its logarithm, that of 100) on, nothing gets over the threshold. */
const ENDLESS: f64 = 4.605170185988;

// Its parameters, as they follow each other in the tables.
const DETECTOR: i32 = 0;
const THRESHOLD: i32 = 1;
const RATIO: i32 = 2;
const KNEE: i32 = 3;
const ATTACK: i32 = 4;
const RELEASE: i32 = 5;
const MAKEUP: i32 = 6;
const WINDOW: i32 = 7;
/** Where a compressor's detector has its own. */
export const COMPRESSOR_DETECTOR: i32 = 8;

/** Levels, then reductions, then gains of one chunk. */
const TRACE: usize = SCRATCH + BUFFER_BYTES;

@inline
export function trace(i: i32): usize {
  return TRACE + (<usize>i << 3);
}

/** Nothing heard yet; `amount` of the compressed sound, with `makeup` as a gain. */
export function resetCompressor(comp: Compressor, amount: f64, makeup: f64): void {
  clearCompressor(comp);
  comp.amount = amount;
  comp.makeup = makeup;
}

export function clearCompressor(comp: Compressor): void {
  memory.fill(changetype<usize>(comp) + offsetof<Compressor>('reductionNow'), 0, offsetof<Compressor>() - offsetof<Compressor>('reductionNow'));
}

@inline
export function makeupOf(values: usize, rows: i32): f64 {
  return decibelsToGain(valueOf(values, rows + MAKEUP));
}

/** Levels of a chunk: its peaks, each held for `holdMs`. `state` is the peak (f64) and for how long it is still held. */
export function tracePeaks(state: usize, buffer: usize, frames: i32, holdMs: f64): void {
  const hold = f64x2.splat(Math.floor(holdMs * FRAMES_PER_MS));
  const equal = f64x2.splat(EQUAL_PEAK);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  let peak = v128.load64_splat(state);
  let left = v128.load64_splat(state, 8);
  for (let i = 0; i < frames; i++) {
    const sides = f64x2.abs(v128.load(buffer + (<usize>i << 4)));
    const level = f64x2.pmax(sides, v128.shuffle<f64>(sides, sides, 1, 0));
    const fresh = f64x2.ge(level, f64x2.mul(peak, equal));
    const held = v128.bitselect(peak, level, f64x2.gt(left, zero));
    peak = v128.bitselect(f64x2.pmax(level, peak), held, fresh);
    left = v128.bitselect(hold, f64x2.sub(left, one), fresh);
    v128.store64_lane(trace(i), peak, 0);
  }
  store<f64>(state, f64x2.extract_lane(peak, 0));
  store<f64>(state, Math.max(0.0, f64x2.extract_lane(left, 0)), 8);
}

function traceMeans(comp: Compressor, buffer: usize, frames: i32, windowMs: f64): void {
  const keep = Math.exp(-1.0 / (windowMs * FRAMES_PER_MS));
  let left = comp.meanLeft;
  let right = comp.meanRight;
  for (let i = 0; i < frames; i++) {
    const at = buffer + (<usize>i << 4);
    const l = load<f64>(at);
    const r = load<f64>(at, 8);
    left = l * l + keep * (left - l * l);
    right = r * r + keep * (right - r * r);
    store<f64>(trace(i), Math.sqrt(select<f64>(left, right, left > right)));
  }
  comp.meanLeft = left < 1e-30 ? 0.0 : left;
  comp.meanRight = right < 1e-30 ? 0.0 : right;
}

/** The highest of the traced levels. */
export function highest(frames: i32): f64 {
  let most: f64 = 0.0;
  for (let i = 0; i < frames; i++) most = Math.max(most, load<f64>(trace(i)));
  return most;
}

/**
 * Levels become wanted reductions in dB: nothing below the knee, 1 − 1/ratio of the rest above it, a parabola between.
 * After Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor Design" (JAES 2012).
 */
export function computeReductions(threshold: f64, ratio: f64, width: f64, frames: i32): void {
  const slope = f64x2.splat(ratio >= ENDLESS ? -1.0 : Math.exp(-ratio) - 1.0);
  // Narrower than this it is none, and its bend no number.
  const soft = width > 1e-9 ? width : 0.0;
  const kneeFrom = f64x2.splat(threshold - 0.5 * soft);
  const knee = f64x2.splat(soft);
  const bend = f64x2.splat(soft > 0.0 ? 0.5 / soft : 0.0);
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
export function smoothReductions(comp: Compressor, attack: f64, release: f64, frames: i32): f64 {
  const down = 1.0 - Math.exp(-1.0 / (attack * FRAMES_PER_MS));
  const back = 1.0 - Math.exp(-1.0 / (release * FRAMES_PER_MS));
  // In vectors for the sake of their minimum and maximum: a scalar choice is a branch, and what comes cannot be foretold.
  const zero = f64x2.splat(0.0);
  const downs = f64x2.splat(down);
  const backs = f64x2.splat(back);
  let trail = f64x2.splat(comp.reductionNow);
  let depth = zero;
  for (let i = 0; i < frames; i++) {
    const way = f64x2.sub(v128.load64_splat(trace(i)), trail);
    trail = f64x2.add(trail, f64x2.add(f64x2.mul(downs, f64x2.pmin(way, zero)), f64x2.mul(backs, f64x2.pmax(way, zero))));
    depth = f64x2.pmin(depth, trail);
    v128.store64_lane(trace(i), trail, 0);
  }
  const now = f64x2.extract_lane(trail, 0);
  const deepest = f64x2.extract_lane(depth, 0);
  comp.reductionNow = now > -1e-12 ? 0.0 : now;
  return deepest;
}

/**
 * One chunk at `buffer`, turned down by what is heard at `key`: threshold in dB, ratio as its logarithm, knee in dB, times in
 * ms. `window` 0 stands for a detector of peaks, else it is the window of its RMS. `amount` and `makeup` are reached at the end.
 */
export function compress(
  comp: Compressor,
  key: usize,
  buffer: usize,
  frames: i32,
  threshold: f64,
  ratio: f64,
  knee: f64,
  attack: f64,
  release: f64,
  window: f64,
  amount: f64,
  makeup: f64,
): void {
  if (window > 0.0) traceMeans(comp, key, frames, window);
  else {
    const hold = Math.min(MOST_HOLD_MS, release * HOLD_OF_RELEASE);
    tracePeaks(changetype<usize>(comp) + offsetof<Compressor>('peak'), key, frames, hold);
  }
  comp.detector = Math.max(highest(frames), comp.detector * desk().peakFall);
  computeReductions(threshold, ratio, knee, frames);
  comp.reduction = smoothReductions(comp, attack, release, frames);
  applyReductions(buffer, frames, comp.amount, amount, comp.makeup, makeup);
  comp.amount = amount;
  comp.makeup = makeup;
}

/** The same with its parameters from `values`, the first of them in place `rows`. */
export function compressBy(comp: Compressor, values: usize, rows: i32, key: usize, buffer: usize, frames: i32, amount: f64): void {
  const means = valueOf(values, rows + DETECTOR) == 1.0;
  compress(
    comp,
    key,
    buffer,
    frames,
    valueOf(values, rows + THRESHOLD),
    valueOf(values, rows + RATIO),
    valueOf(values, rows + KNEE),
    Math.exp(valueOf(values, rows + ATTACK)),
    Math.exp(valueOf(values, rows + RELEASE)),
    means ? Math.exp(valueOf(values, rows + WINDOW)) : 0.0,
    amount,
    makeupOf(values, rows),
  );
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

// Turns a strip down where it is louder than a threshold. Both sides together, so that the picture does not move.
//
// Level (peak, held for a moment so that it does not fall between two half-waves, or RMS over a window) → gain computer in dB →
// attack and release as time constants on the reduction in dB (63 % of the way).

import { desk } from './access';
import { Compressor } from './compressor-record';
import { decibelsToGains } from './logarithm';
import { computeReductions, setTimes, smoothReductions } from './reductions';
import { isEven, trace, traceMeans, tracePeaks, GROUP } from './trace';
import { decibelsToGain } from './units';
import { valueOf } from './values';

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

/**
 * One chunk at `buffer`, turned down by what is heard at `key`: threshold in dB, ratio as its logarithm, knee in dB, attack and
 * release as logarithms of ms. `window` 0 stands for a detector of peaks, else it is the window of its RMS. `amount` and `makeup`
 * are reached at the end.
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
  const peaks = changetype<usize>(comp) + offsetof<Compressor>('peak');
  const means = changetype<usize>(comp) + offsetof<Compressor>('meanLeft');
  setTimes(comp, attack, release);
  const highest = window > 0.0 ? traceMeans(means, key, frames, window) : tracePeaks(peaks, key, frames, comp.hold);
  comp.detector = Math.max(highest, comp.detector * desk().peakFall);
  computeReductions(threshold, ratio, knee, frames);
  comp.reduction = smoothReductions(comp, frames);
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
    valueOf(values, rows + ATTACK),
    valueOf(values, rows + RELEASE),
    means ? Math.exp(valueOf(values, rows + WINDOW)) : 0.0,
    amount,
    makeupOf(values, rows),
  );
}

@inline
function turnDown(at: usize, gain: v128): void {
  v128.store(at, f64x2.mul(v128.load(at), gain));
}

/** Reductions at rest make-up and amount: two frames at a time, and nothing where the gain is 1. */
function applySteady(buffer: usize, frames: i32, amount: f64, makeup: f64): void {
  const one = f64x2.splat(1.0);
  const amounts = f64x2.splat(amount);
  const makeups = f64x2.splat(makeup);
  for (let i = 0; i < frames; i += 2) {
    if ((i & (GROUP - 1)) == 0 && amount * (makeup - 1.0) == 0.0 && load<f64>(trace(i)) == 0.0 && isEven(trace(i))) {
      i += GROUP - 2;
      continue;
    }
    const gains = decibelsToGains(v128.load(trace(i)));
    const total = f64x2.add(one, f64x2.mul(amounts, f64x2.sub(f64x2.mul(gains, makeups), one)));
    const at = buffer + (<usize>i << 4);
    turnDown(at, v128.shuffle<f64>(total, total, 0, 0));
    if (i + 1 < frames) turnDown(at + 16, v128.shuffle<f64>(total, total, 1, 1));
  }
}

function applyReductions(buffer: usize, frames: i32, amount0: f64, amount1: f64, makeup0: f64, makeup1: f64): void {
  if (amount0 == amount1 && makeup0 == makeup1) return applySteady(buffer, frames, amount1, makeup1);
  const amountStep = (amount1 - amount0) / <f64>frames;
  const makeupStep = (makeup1 - makeup0) / <f64>frames;
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), decibelsToGains(v128.load(trace(i))));
  let amount = amount0;
  let makeup = makeup0;
  for (let i = 0; i < frames; i++) {
    amount += amountStep;
    makeup += makeupStep;
    const gain = 1.0 + amount * (load<f64>(trace(i)) * makeup - 1.0);
    turnDown(buffer + (<usize>i << 4), f64x2.splat(gain));
  }
}

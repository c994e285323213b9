// Turns sound down while it is quieter than a threshold.
//
// As a gate it opens when either side reaches the threshold, and begins to close once both have stayed below threshold −
// hysteresis for the hold time. As an expander it follows the level: ratio − 1 decibels down for each below the threshold.
// The gain goes in straight lines of dB: the whole range in the attack's time upwards, in the release's down.

import { desk } from './access';
import { Gate } from './gate-record';
import { decibelsToGains, gainsToDecibels } from './logarithm';
import { fillGroup, GROUP, isEven, mostOf, trace, tracePeaks, traceSizes } from './trace';
import { decibelsToGain, SAMPLE_RATE } from './units';
import { valueOf } from './values';

const FRAMES_PER_MS: f64 = SAMPLE_RATE / 1000.0;
/** From this ratio (its logarithm, that of 100) on it is a gate. */
const ENDLESS: f64 = 4.605170185988;
/** Peaks are held for this long at least, so that an expander does not follow the wave itself. */
const LEAST_HOLD_MS: f64 = 10.0;
const NOTHING: f64 = 1e-10;

// Its parameters, as they follow each other in the tables.
const THRESHOLD: i32 = 0;
const RATIO: i32 = 1;
const RANGE: i32 = 2;
const HYSTERESIS: i32 = 3;
const ATTACK: i32 = 4;
const HOLD: i32 = 5;
const RELEASE: i32 = 6;
/** Where a gate's detector has its own. */
export const GATE_DETECTOR: i32 = 7;

/** At rest a gate is closed, as it is after silence. */
export function resetGate(gate: Gate, values: usize, rows: i32, amount: f64): void {
  memory.fill(changetype<usize>(gate), 0, offsetof<Gate>());
  gate.amount = amount;
  gate.gain = amount == 0.0 ? 1.0 : decibelsToGain(valueOf(values, rows + RANGE));
}

/** Takes up the settings; what follows from them is kept, for they seldom change. */
function setGains(gate: Gate, values: usize, rows: i32): void {
  const threshold = valueOf(values, rows + THRESHOLD);
  const hysteresis = valueOf(values, rows + HYSTERESIS);
  const range = valueOf(values, rows + RANGE);
  const attack = valueOf(values, rows + ATTACK);
  const release = valueOf(values, rows + RELEASE);
  const level = gate.threshold == threshold && gate.hysteresis == hysteresis && gate.range == range;
  if (level && gate.attack == attack && gate.release == release && gate.rise != 0.0) return;
  gate.threshold = threshold;
  gate.hysteresis = hysteresis;
  gate.range = range;
  gate.attack = attack;
  gate.release = release;
  gate.opens = decibelsToGain(threshold);
  gate.closes = gate.opens * decibelsToGain(-hysteresis);
  gate.floor = decibelsToGain(range);
  gate.rise = decibelsToGain(-range / Math.max(1.0, Math.exp(attack) * FRAMES_PER_MS));
  gate.fall = decibelsToGain(range / Math.max(1.0, Math.exp(release) * FRAMES_PER_MS));
}

/** Which frames of a group reach `level`: a bit for each, the first the lowest. */
@inline
function reaching(group: usize, level: v128): i32 {
  const early = i64x2.bitmask(f64x2.ge(v128.load(group), level)) | (i64x2.bitmask(f64x2.ge(v128.load(group, 16), level)) << 2);
  const late = i64x2.bitmask(f64x2.ge(v128.load(group, 32), level)) | (i64x2.bitmask(f64x2.ge(v128.load(group, 48), level)) << 2);
  return early | (late << 4);
}

/** The gain wanted at each frame of a chunk: open, closed, or still held. Whole groups within which it cannot change at once. */
function traceGate(gate: Gate, hold: i32, key: usize, frames: i32): void {
  traceSizes(key, frames);
  let open = gate.open != 0;
  let left = gate.hold;
  let most = gate.detector * desk().peakFall;
  for (let i = 0; i < frames; i += GROUP) {
    const group = trace(i);
    const end = min(i + GROUP, frames);
    if (end - i == GROUP) {
      const highest = mostOf(group);
      if (open && left >= GROUP && hold >= GROUP) {
        const loud = reaching(group, f64x2.splat(gate.closes));
        left = loud == 0 ? left - GROUP : hold - (clz(loud) - (32 - GROUP));
        most = Math.max(most, highest);
        fillGroup(group, f64x2.splat(1.0));
        continue;
      }
      if (!open && highest < gate.opens) {
        most = Math.max(most, highest);
        fillGroup(group, f64x2.splat(gate.floor));
        continue;
      }
    }
    for (let j = i; j < end; j++) {
      const level = load<f64>(trace(j));
      most = Math.max(most, level);
      if (level >= gate.opens || (open && level >= gate.closes)) {
        open = true;
        left = hold;
      } else if (open) {
        if (left > 0) left--;
        else open = false;
      }
      store<f64>(trace(j), open ? 1.0 : gate.floor);
    }
  }
  gate.open = open ? 1 : 0;
  gate.hold = left;
  gate.detector = most;
}

@inline
function expanded(level: v128, slope: v128, threshold: v128, most: v128): v128 {
  const under = f64x2.pmin(f64x2.sub(gainsToDecibels(f64x2.pmax(level, f64x2.splat(NOTHING))), threshold), f64x2.splat(0.0));
  return decibelsToGains(f64x2.pmax(f64x2.mul(slope, under), most));
}

/** The gain wanted at each frame of a chunk by the level it has. */
function traceExpander(gate: Gate, values: usize, rows: i32, key: usize, frames: i32): void {
  const hold = Math.max(LEAST_HOLD_MS, valueOf(values, rows + HOLD));
  const highest = tracePeaks(changetype<usize>(gate) + offsetof<Gate>('peak'), key, frames, hold);
  gate.detector = Math.max(highest, gate.detector * desk().peakFall);
  const slope = f64x2.splat(Math.exp(valueOf(values, rows + RATIO)) - 1.0);
  const threshold = f64x2.splat(gate.threshold);
  const most = f64x2.splat(gate.range);
  for (let i = 0; i < frames; i += GROUP) {
    const group = trace(i);
    if (isEven(group)) fillGroup(group, expanded(v128.load(group), slope, threshold, most));
    else for (let at = group; at < group + 8 * <usize>GROUP; at += 16) v128.store(at, expanded(v128.load(at), slope, threshold, most));
  }
}

/** Follows the wanted gains of a chunk and applies them; `amount` of it all is reached at the end. Returns the least gain. */
function follow(gate: Gate, buffer: usize, frames: i32, amount: f64): f64 {
  const rise = f64x2.splat(gate.rise);
  const fall = f64x2.splat(gate.fall);
  const one = f64x2.splat(1.0);
  const step = f64x2.splat((amount - gate.amount) / <f64>frames);
  let gain = f64x2.splat(gate.gain);
  let now = f64x2.splat(gate.amount);
  let least = one;
  for (let i = 0; i < frames; i += GROUP) {
    const end = min(i + GROUP, frames);
    const rests = gate.amount == amount && load<f64>(trace(i)) == f64x2.extract_lane(gain, 0) && end - i == GROUP && isEven(trace(i));
    if (rests && f64x2.extract_lane(gain, 0) == 1.0) continue;
    for (let j = i; j < end; j++) {
      const wanted = v128.load64_splat(trace(j));
      gain = f64x2.pmax(f64x2.pmin(wanted, f64x2.mul(gain, rise)), f64x2.mul(gain, fall));
      now = f64x2.add(now, step);
      const total = f64x2.add(one, f64x2.mul(now, f64x2.sub(gain, one)));
      least = f64x2.pmin(least, total);
      const at = buffer + (<usize>j << 4);
      v128.store(at, f64x2.mul(v128.load(at), total));
    }
  }
  gate.gain = f64x2.extract_lane(gain, 0);
  gate.amount = amount;
  return f64x2.extract_lane(least, 0);
}

/** One chunk at `buffer`, turned down by what is heard at `key`; `amount` of it is reached at the end. */
export function runGate(gate: Gate, values: usize, rows: i32, key: usize, buffer: usize, frames: i32, amount: f64): void {
  setGains(gate, values, rows);
  if (valueOf(values, rows + RATIO) >= ENDLESS) traceGate(gate, <i32>(valueOf(values, rows + HOLD) * FRAMES_PER_MS), key, frames);
  else traceExpander(gate, values, rows, key, frames);
  const least = follow(gate, buffer, frames, amount);
  gate.reduction = least == 1.0 ? 0.0 : 20.0 * Math.log10(Math.max(least, 1e-6));
}

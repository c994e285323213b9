// Parameter values of one owner (a strip, a send, an insert), and how they follow their targets.
//
// A block: moving bits (2 × u64), gentle bits (2 × u64), changed bits (2 × u64), then target and value (f64) of each
// parameter, both in the working domain of its row: as is, as a logarithm, or as a gain.

import { ROW_DECIBELS, ROW_DEFAULT, ROW_DOMAIN, ROW_MAX, ROW_MIN, ROW_SMOOTHING } from './generated/parameters';
import { SAMPLE_RATE } from './units';

const MOVING: usize = 0;
const GENTLE: usize = 16;
const CHANGED: usize = 32;
const PAIRS: usize = 48;

export const LOGARITHM: f64 = 1.0;
export const GAIN: f64 = 2.0;
/** Rises somebody else causes: 6 dB per 100 ms. */
const RISE_DB_PER_FRAME: f64 = 6.0 / (0.1 * SAMPLE_RATE);
/** A gentle rise from silence begins here (−60 dB). */
const RISE_FLOOR: f64 = 0.001;
const SETTLED: f64 = 1e-6;
/** A thousandth of a decibel, or of a logarithm. */
const NEAR: f64 = 1e-4;

/** A change made by somebody else: its rises are limited. */
export const REMOTE: i32 = 1;
/** No smoothing: the value counts at once. */
export const SNAP: i32 = 2;

@inline
export function blockBytes(count: i32): usize {
  return PAIRS + (<usize>count << 4);
}

@inline
function row(table: usize, index: i32): f64 {
  return load<f64>(table + (<usize>index << 3));
}

@inline
export function valueOf(block: usize, parameter: i32): f64 {
  return load<f64>(block + (<usize>parameter << 4), PAIRS + 8);
}

@inline
export function targetOf(block: usize, parameter: i32): f64 {
  return load<f64>(block + (<usize>parameter << 4), PAIRS);
}

@inline
export function isOn(block: usize, parameter: i32): bool {
  return valueOf(block, parameter) >= 0.5;
}

@inline
export function anyChanged(block: usize): bool {
  return (load<u64>(block, CHANGED) | load<u64>(block, CHANGED + 8)) != 0;
}

@inline
export function anyMoving(block: usize): bool {
  return (load<u64>(block, MOVING) | load<u64>(block, MOVING + 8)) != 0;
}

/** Whether any of `count` parameters from `from` on changed in this chunk. */
export function changedAmong(block: usize, from: i32, count: i32): bool {
  for (let parameter = from; parameter < from + count; parameter++) {
    const word = load<u64>(block + (<usize>(parameter >> 6) << 3), CHANGED);
    if ((word >> <u64>(parameter & 63)) & 1) return true;
  }
  return false;
}

@inline
function setBit(block: usize, field: usize, parameter: i32, on: bool): void {
  const at = block + field + (<usize>(parameter >> 6) << 3);
  const bit = <u64>1 << <u64>(parameter & 63);
  store<u64>(at, on ? load<u64>(at) | bit : load<u64>(at) & ~bit);
}

function toWorking(index: i32, value: f64): f64 {
  const domain = row(ROW_DOMAIN, index);
  if (domain == LOGARITHM) return Math.log(value);
  if (domain == GAIN) return value <= row(ROW_MIN, index) ? 0.0 : Math.pow(10.0, value / 20.0);
  return value;
}

/** Every parameter at its row's default; `first` is the number of the owner's first row. */
export function initValues(block: usize, first: i32, count: i32): void {
  memory.fill(block, 0, blockBytes(count));
  for (let parameter = 0; parameter < count; parameter++) {
    setValue(block, first, count, parameter, row(ROW_DEFAULT, first + parameter), SNAP);
  }
}

/** Sets a target, clamped to the row's range; what is not a number or not a parameter is ignored. */
export function setValue(block: usize, first: i32, count: i32, parameter: i32, value: f64, flags: i32): void {
  if (parameter < 0 || parameter >= count || value != value) return;
  const index = first + parameter;
  const within = Math.min(Math.max(value, row(ROW_MIN, index)), row(ROW_MAX, index));
  const working = toWorking(index, within);
  const at = block + PAIRS + (<usize>parameter << 4);
  store<f64>(at, working);
  if (flags & SNAP) store<f64>(at, working, 8);
  setBit(block, MOVING, parameter, true);
  setBit(block, GENTLE, parameter, (flags & REMOTE) != 0 && row(ROW_DECIBELS, index) == 1.0);
}

/** Puts a value of the working domain there at once; it moves from chunk to chunk anyway. Nothing where it is there already. */
export function leadValue(block: usize, parameter: i32, working: f64): void {
  const at = block + PAIRS + (<usize>parameter << 4);
  if (load<f64>(at) == working && load<f64>(at, 8) == working) return;
  store<f64>(at, working);
  store<f64>(at, working, 8);
  setBit(block, MOVING, parameter, true);
}

/** Lets a value follow to one of the working domain. False once it is as good as there, and a gentle rise with it. */
export function aimValue(block: usize, first: i32, parameter: i32, working: f64, gentle: bool): bool {
  const at = block + PAIRS + (<usize>parameter << 4);
  store<f64>(at, working);
  setBit(block, MOVING, parameter, true);
  setBit(block, GENTLE, parameter, gentle && row(ROW_DECIBELS, first + parameter) == 1.0);
  return Math.abs(load<f64>(at, 8) - working) > NEAR * Math.max(1.0, Math.abs(working));
}

/** The value after `frames` more frames on its way to `target`; a gentle one rises by at most 6 dB per 100 ms. */
function follow(index: i32, value: f64, target: f64, frames: f64, gentle: bool): f64 {
  const smoothing = row(ROW_SMOOTHING, index);
  if (smoothing == 0.0 || Math.abs(target - value) < SETTLED) return target;
  const next = target + (value - target) * Math.exp(-frames / (smoothing * 0.001 * SAMPLE_RATE));
  if (!gentle || next <= value) return next;
  if (row(ROW_DOMAIN, index) == GAIN) {
    return Math.min(next, Math.max(value, RISE_FLOOR) * Math.pow(10.0, (RISE_DB_PER_FRAME * frames) / 20.0));
  }
  return Math.min(next, value + RISE_DB_PER_FRAME * frames);
}

/** Moves every moving value on by `frames`; afterwards the changed bits tell which moved. */
export function advanceValues(block: usize, first: i32, count: i32, frames: i32): void {
  for (let word = 0; word << 6 < count; word++) {
    const offset = <usize>word << 3;
    let moving = load<u64>(block + offset, MOVING);
    store<u64>(block + offset, moving, CHANGED);
    const gentle = load<u64>(block + offset, GENTLE);
    for (let rest = moving; rest != 0; rest &= rest - 1) {
      const bit = ctz(rest);
      const parameter = (word << 6) + <i32>bit;
      const at = block + PAIRS + (<usize>parameter << 4);
      const target = load<f64>(at);
      const next = follow(first + parameter, load<f64>(at, 8), target, <f64>frames, ((gentle >> bit) & 1) != 0);
      store<f64>(at, next, 8);
      if (next == target) moving &= ~(<u64>1 << bit);
    }
    store<u64>(block + offset, moving, MOVING);
  }
}

/** Every value at its target, and all of them marked as changed: what a fresh start begins from. */
export function snapValues(block: usize, count: i32): void {
  for (let parameter = 0; parameter < count; parameter++) {
    const at = block + PAIRS + (<usize>parameter << 4);
    store<f64>(at, load<f64>(at), 8);
    setBit(block, MOVING, parameter, true);
  }
}

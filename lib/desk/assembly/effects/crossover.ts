// Linkwitz-Riley crossovers of the fourth order: a Butterworth twice on each side, which add up to what went in, turned in phase
// alone. By the bilinear transform: only then is the sum exact.

import { clearState, runMoving, runSections, takeGoal } from '../biquad';
import { LIST } from '../layout';
import { SECTION_BYTES, SECTION_GOAL } from '../section-record';
import { SAMPLE_RATE } from '../units';

/** Bands below a split that can be turned as it turns what it parts. */
export const MOST_TURNED: i32 = 4;
/** The frequency (logarithm) a split is made for, then its sections: low-pass twice, high-pass twice, all-passes. */
const HEAD: usize = 16;
const LOW_PASS: i32 = 0;
const HIGH_PASS: i32 = 1;
const ALL_PASS: i32 = 2;
const SECTIONS: i32 = 4 + MOST_TURNED;
export const SPLIT_BYTES: usize = HEAD + <usize>SECTIONS * SECTION_BYTES;

@inline
function sectionAt(split: usize, index: i32): usize {
  return split + HEAD + <usize>index * SECTION_BYTES;
}

/** Butterworth of the second order by the bilinear transform; `k` = tan(ω/2). */
function designSection(section: usize, kind: i32, k: f64): void {
  const scale = 1.0 / (1.0 + Math.SQRT2 * k + k * k);
  const a1 = 2.0 * (k * k - 1.0) * scale;
  const a2 = (1.0 - Math.SQRT2 * k + k * k) * scale;
  const b0 = kind == ALL_PASS ? a2 : kind == LOW_PASS ? k * k * scale : scale;
  const b1 = kind == ALL_PASS ? a1 : kind == LOW_PASS ? 2.0 * b0 : -2.0 * b0;
  store<f64>(section, b0, SECTION_GOAL);
  store<f64>(section, b1, SECTION_GOAL + 8);
  store<f64>(section, kind == ALL_PASS ? 1.0 : b0, SECTION_GOAL + 16);
  store<f64>(section, a1, SECTION_GOAL + 24);
  store<f64>(section, a2, SECTION_GOAL + 32);
}

function design(split: usize, frequency: f64): void {
  const k = Math.tan((Math.PI * Math.exp(frequency)) / SAMPLE_RATE);
  store<f64>(split, frequency);
  for (let i = 0; i < SECTIONS; i++) designSection(sectionAt(split, i), min(i >> 1, ALL_PASS), k);
}

/** A split at a frequency (its logarithm), with nothing ringing. */
export function resetSplit(split: usize, frequency: f64): void {
  design(split, frequency);
  for (let i = 0; i < SECTIONS; i++) {
    takeGoal(sectionAt(split, i));
    clearState(sectionAt(split, i));
  }
}

/** Lets a split go to a frequency with the next chunk; whether it moves. */
export function moveSplit(split: usize, frequency: f64): bool {
  if (load<f64>(split) == frequency) return false;
  design(split, frequency);
  return true;
}

/** Runs `count` sections from `first` on over a buffer: to their goals where they move, or as they are. */
function run(split: usize, first: i32, count: i32, moves: bool, buffer: usize, frames: i32): void {
  if (moves) {
    for (let i = 0; i < count; i++) runMoving(sectionAt(split, first + i), buffer, frames);
    return;
  }
  for (let i = 0; i < count; i++) store<u32>(LIST + (<usize>i << 2), <u32>sectionAt(split, first + i));
  runSections(LIST, count, buffer, frames);
}

/** Splits what is in `low`: its highs go to `high`. Both add up to what `turn` makes of it. */
export function part(split: usize, moves: bool, low: usize, high: usize, frames: i32): void {
  memory.copy(high, low, <usize>frames << 4);
  run(split, 0, 2, moves, low, frames);
  run(split, 2, 2, moves, high, frames);
}

/** The all-pass that both sides of a split add up to, for the band `which` below it. */
export function turn(split: usize, moves: bool, which: i32, buffer: usize, frames: i32): void {
  run(split, 4 + which, 1, moves, buffer, frames);
}

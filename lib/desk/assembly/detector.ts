// What a gate or a compressor listens to: the sound itself or another's, through filters of its own, and early.

import { designHighPass, designLowPass } from '../../dsp/response/design';
import { clearState, runMoving, runSections, storeGoal, takeGoal } from './biquad';
import { Detector, FILTERS, LINE, PLACES } from './detector-record';
import { BUFFER_BYTES, LIST, SCRATCH } from './layout';
import { delayChunk, isStraight, resetLine } from './line';
import { Line } from './line-record';
import { SECTION_BYTES } from './section-record';
import { SAMPLE_RATE } from './units';
import { targetOf, valueOf } from './values';

// Its parameters, as they follow each other in the tables.
const LOOK_AHEAD: i32 = 0;
const HIGH_PASS: i32 = 1;
const LOW_PASS: i32 = 2;

/** Logarithms of the frequencies at which the filters are out. */
const HIGH_PASS_OUT: f64 = 2.995732273553991;
const LOW_PASS_OUT: f64 = 9.903487552536127;

const HEARD: usize = SCRATCH + 2 * BUFFER_BYTES;

@inline
function detectorAt(at: usize): Detector {
  return changetype<Detector>(at + LINE);
}

@inline
function lineAt(at: usize): Line {
  return changetype<Line>(at);
}

/** Frames a detector sees ahead. They count while its processor is off too, so that switching it moves nothing in time. */
@inline
export function aheadOf(values: usize, rows: i32): i32 {
  return <i32>Math.round(targetOf(values, rows + LOOK_AHEAD) * (SAMPLE_RATE / 1000.0));
}

/** `rows` is the place of the first of its parameters, `ring` that of its line. */
export function resetDetector(at: usize, ring: usize, values: usize, rows: i32): void {
  forget(at);
  resetLine(lineAt(at), ring, PLACES, aheadOf(values, rows));
}

/** Its filters begin anew: what they heard while their processor was off, for somebody's ears alone, is no part of the mix. */
export function forget(at: usize): void {
  const detector = detectorAt(at);
  detector.high = 0.0;
  detector.low = 0.0;
}

/** Runs one filter over a chunk; returns the frequency it is now made for. */
function runFilter(section: usize, high: bool, before: f64, wanted: f64, frames: i32): f64 {
  const w = (2.0 * Math.PI * Math.exp(wanted)) / SAMPLE_RATE;
  if (before != wanted) {
    if (high) designHighPass(w, Math.SQRT1_2);
    else designLowPass(w, Math.SQRT1_2);
    storeGoal(section);
  }
  if (before == 0.0) {
    takeGoal(section);
    clearState(section);
  }
  if (before != 0.0 && before != wanted) runMoving(section, HEARD, frames);
  else {
    store<u32>(LIST, <u32>section);
    runSections(LIST, 1, HEARD, frames);
  }
  return wanted;
}

/**
 * What there is to listen to in a chunk at `key`: itself, or a copy that lasts until the next call, where it is filtered or the
 * sound itself is about to be delayed.
 */
export function hear(at: usize, values: usize, rows: i32, key: usize, frames: i32): usize {
  const detector = detectorAt(at);
  const high = valueOf(values, rows + HIGH_PASS);
  const low = valueOf(values, rows + LOW_PASS);
  const highOut = high <= HIGH_PASS_OUT + 1e-6;
  const lowOut = low >= LOW_PASS_OUT - 1e-6;
  if (highOut) detector.high = 0.0;
  if (lowOut) detector.low = 0.0;
  if (highOut && lowOut && !looksAhead(at, values, rows)) return key;
  memory.copy(HEARD, key, <usize>frames << 4);
  const filters = at + FILTERS;
  if (!highOut) detector.high = runFilter(filters, true, detector.high, high, frames);
  if (!lowOut) detector.low = runFilter(filters + SECTION_BYTES, false, detector.low, low, frames);
  return HEARD;
}

/** Delays the sound, so that what was heard is ahead of it. */
export function lookAhead(at: usize, ring: usize, values: usize, rows: i32, buffer: usize, frames: i32): void {
  const line = lineAt(at);
  const delay = aheadOf(values, rows);
  if (!isStraight(line, delay)) delayChunk(line, ring, PLACES, delay, buffer, buffer, frames);
}

/** Whether a detector still delays, or is about to. */
function looksAhead(at: usize, values: usize, rows: i32): bool {
  return !isStraight(lineAt(at), aheadOf(values, rows));
}

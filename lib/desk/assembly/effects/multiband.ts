// Multiband compressor: two to six bands, a compressor each. The mix counts within each band, where nothing is out of phase.
//
// Each split takes the next band off from below. A band goes through the all-passes that the splits after it amount to, so that
// all are turned alike and add up flat.

import { compress, resetCompressor } from '../compressor';
import { Compressor } from '../compressor-record';
import { addScaled, blend } from '../gain';
import {
  MULTIBAND_1_ATTACK,
  MULTIBAND_1_GAIN,
  MULTIBAND_1_ON,
  MULTIBAND_1_RATIO,
  MULTIBAND_1_RELEASE,
  MULTIBAND_1_SOLO,
  MULTIBAND_1_THRESHOLD,
  MULTIBAND_2_ON,
  MULTIBAND_BANDS,
  MULTIBAND_DETECTOR,
  MULTIBAND_KNEE,
  MULTIBAND_MIX,
  MULTIBAND_SPLIT_1,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { decibelsToGain, SWITCH_FRAMES, toward } from '../units';
import { isOn, valueOf } from '../values';
import { MOST_TURNED, moveSplit, part, resetSplit, SPLIT_BYTES, turn } from './crossover';

/** The band that is worked on and what lies above it, in turns; apart from where inserts keep what came before them. */
const ONE: usize = SCRATCH + 4 * BUFFER_BYTES;
const OTHER: usize = SCRATCH + 5 * BUFFER_BYTES;
/** What came in, while another number of bands comes. */
const BEFORE: usize = SCRATCH + 6 * BUFFER_BYTES;
/** Another number of bands turns the phase: out and in again over 20 ms each. */
const COUNT_FRAMES: f64 = 960.0;
const FEWEST: i32 = 2;
const SPLITS: i32 = MOST_TURNED + 1;
const BANDS: i32 = SPLITS + 1;

@unmanaged
class Multiband {
  /** How many bands there are now. */
  count: i32;
  /** 1 in the path; on its way to 0 and back while another number of bands comes. */
  amount: f64;
}

const SPLITS_AT: usize = 16;
const BANDS_AT: usize = SPLITS_AT + <usize>SPLITS * SPLIT_BYTES;
const STRIDE: i32 = MULTIBAND_2_ON - MULTIBAND_1_ON;
const RMS_MS: f64 = 10.0;

@unmanaged
class Band {
  /** 0 passes as it is, 1 compressed, moving between. */
  on: f64;
  /** 0 while other bands are alone, else 1, moving between. */
  heard: f64;
  /** Gain at the end of the last chunk. */
  gain: f64;
  pad: f64;
}

const BAND_COMP: usize = 32;
const BAND_BYTES: usize = BAND_COMP + offsetof<Compressor>();
export const MULTIBAND_BYTES: usize = BANDS_AT + <usize>BANDS * BAND_BYTES;

@inline
function stateOf(insert: Insert): Multiband {
  return changetype<Multiband>(<usize>(<u32>insert.address));
}

@inline
function wantedCount(values: usize): i32 {
  return FEWEST + <i32>valueOf(values, MULTIBAND_BANDS);
}

@inline
function splitAt(insert: Insert, index: i32): usize {
  return <usize>(<u32>insert.address) + SPLITS_AT + <usize>index * SPLIT_BYTES;
}

@inline
function bandAt(insert: Insert, index: i32): usize {
  return <usize>(<u32>insert.address) + BANDS_AT + <usize>index * BAND_BYTES;
}

@inline
function compAt(insert: Insert, index: i32): Compressor {
  return changetype<Compressor>(bandAt(insert, index) + BAND_COMP);
}

@inline
function rowOf(row: i32, index: i32): i32 {
  return row + index * STRIDE;
}

/** Whether a band is to be heard: every one, or those that are alone. */
function wantedHeard(values: usize, index: i32, count: i32): f64 {
  if (isOn(values, rowOf(MULTIBAND_1_SOLO, index))) return 1.0;
  for (let other = 0; other < count; other++) if (isOn(values, rowOf(MULTIBAND_1_SOLO, other))) return 0.0;
  return 1.0;
}

/** A band's gain, as far as the mix lets it count. */
function gainOf(values: usize, index: i32, band: Band): f64 {
  const mix = valueOf(values, MULTIBAND_MIX) / 100.0;
  return band.heard * (1.0 + mix * (decibelsToGain(valueOf(values, rowOf(MULTIBAND_1_GAIN, index))) - 1.0));
}

/** As many bands as are wanted, with nothing ringing. */
export function resetMultiband(insert: Insert, values: usize): void {
  const state = stateOf(insert);
  state.count = wantedCount(values);
  state.amount = 1.0;
  for (let split = 0; split < SPLITS; split++) resetSplit(splitAt(insert, split), valueOf(values, MULTIBAND_SPLIT_1 + split));
  for (let index = 0; index < BANDS; index++) {
    const band = changetype<Band>(bandAt(insert, index));
    band.on = isOn(values, rowOf(MULTIBAND_1_ON, index)) ? 1.0 : 0.0;
    band.heard = wantedHeard(values, index, state.count);
    band.gain = gainOf(values, index, band);
    resetCompressor(compAt(insert, index), (band.on * valueOf(values, MULTIBAND_MIX)) / 100.0, 1.0);
  }
}

function processBand(insert: Insert, values: usize, index: i32, buffer: usize, into: usize, frames: i32): void {
  const band = changetype<Band>(bandAt(insert, index));
  const comp = compAt(insert, index);
  const step = <f64>frames / <f64>SWITCH_FRAMES;
  const before = band.on;
  band.on = toward(before, isOn(values, rowOf(MULTIBAND_1_ON, index)) ? 1.0 : 0.0, step);
  band.heard = toward(band.heard, wantedHeard(values, index, stateOf(insert).count), step);
  if (before == 0.0 && band.on == 0.0) comp.reduction = 0.0;
  else {
    compress(
      comp,
      buffer,
      buffer,
      frames,
      valueOf(values, rowOf(MULTIBAND_1_THRESHOLD, index)),
      valueOf(values, rowOf(MULTIBAND_1_RATIO, index)),
      valueOf(values, MULTIBAND_KNEE),
      valueOf(values, rowOf(MULTIBAND_1_ATTACK, index)),
      valueOf(values, rowOf(MULTIBAND_1_RELEASE, index)),
      valueOf(values, MULTIBAND_DETECTOR) == 1.0 ? RMS_MS : 0.0,
      (band.on * valueOf(values, MULTIBAND_MIX)) / 100.0,
      1.0,
    );
  }
  const gain = gainOf(values, index, band);
  addScaled(buffer, into, frames, band.gain, gain);
  band.gain = gain;
}

/** What lies at `ONE` in bands, one after another, each added to `into`. */
function processBands(insert: Insert, values: usize, into: usize, frames: i32): void {
  const last = stateOf(insert).count - 1;
  let moving = 0;
  for (let split = 0; split < last; split++) {
    if (moveSplit(splitAt(insert, split), valueOf(values, MULTIBAND_SPLIT_1 + split))) moving |= 1 << split;
  }
  let band = ONE;
  let rest = OTHER;
  for (let index = 0; index < last; index++) {
    part(splitAt(insert, index), ((moving >> index) & 1) != 0, band, rest, frames);
    for (let above = index + 1; above < last; above++) turn(splitAt(insert, above), ((moving >> above) & 1) != 0, index, band, frames);
    processBand(insert, values, index, band, into, frames);
    const free = band;
    band = rest;
    rest = free;
  }
  processBand(insert, values, last, band, into, frames);
}

export function processMultiband(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const state = stateOf(insert);
  const before = state.amount;
  const stays = state.count == wantedCount(values);
  state.amount = toward(before, stays ? 1.0 : 0.0, <f64>frames / COUNT_FRAMES);
  const full = before == 1.0 && stays;
  if (!full) memory.copy(BEFORE, buffer, <usize>frames << 4);
  memory.copy(ONE, buffer, <usize>frames << 4);
  memory.fill(buffer, 0, <usize>frames << 4);
  processBands(insert, values, buffer, frames);
  if (!full) blend(BEFORE, buffer, frames, 1.0 - before, 1.0 - state.amount);
  if (stays || state.amount > 0.0) return;
  resetMultiband(insert, values);
  state.amount = 0.0;
}

/** The deepest reduction of any band. */
export function multibandReduction(insert: Insert): f64 {
  let deepest = 0.0;
  for (let index = 0; index < stateOf(insert).count; index++) deepest = Math.min(deepest, compAt(insert, index).reduction);
  return deepest;
}

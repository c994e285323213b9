// Multiband compressor: four bands, a compressor each. The mix counts within each band, where nothing is out of phase.
//
// First in two halves at the middle split, then each half in two. Each half goes through the all-pass that the other half's
// split amounts to, so that all four are turned alike and add up flat.

import { compress, resetCompressor } from '../compressor';
import { Compressor } from '../compressor-record';
import { addScaled } from '../gain';
import {
  MULTIBAND_1_ATTACK,
  MULTIBAND_1_GAIN,
  MULTIBAND_1_ON,
  MULTIBAND_1_RATIO,
  MULTIBAND_1_RELEASE,
  MULTIBAND_1_SOLO,
  MULTIBAND_1_THRESHOLD,
  MULTIBAND_2_ON,
  MULTIBAND_DETECTOR,
  MULTIBAND_KNEE,
  MULTIBAND_MIX,
  MULTIBAND_SPLIT_1,
  MULTIBAND_SPLIT_2,
  MULTIBAND_SPLIT_3,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { decibelsToGain, SWITCH_FRAMES, toward } from '../units';
import { isOn, valueOf } from '../values';
import { moveSplit, part, resetSplit, SPLIT_BYTES, turn } from './crossover';

/** The bands' sound lies in four buffers from here on, the lowest first. */
const BANDS: usize = SCRATCH + 4 * BUFFER_BYTES;
const COUNT: i32 = 4;
const SPLITS: i32 = 3;
const BANDS_AT: usize = <usize>SPLITS * SPLIT_BYTES;
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
export const MULTIBAND_BYTES: usize = BANDS_AT + <usize>COUNT * BAND_BYTES;

@inline
function splitAt(insert: Insert, index: i32): usize {
  return <usize>(<u32>insert.address) + <usize>index * SPLIT_BYTES;
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
function wantedHeard(values: usize, index: i32): f64 {
  if (isOn(values, rowOf(MULTIBAND_1_SOLO, index))) return 1.0;
  for (let other = 0; other < COUNT; other++) if (isOn(values, rowOf(MULTIBAND_1_SOLO, other))) return 0.0;
  return 1.0;
}

/** A band's gain, as far as the mix lets it count. */
function gainOf(values: usize, index: i32, band: Band): f64 {
  const mix = valueOf(values, MULTIBAND_MIX) / 100.0;
  return band.heard * (1.0 + mix * (decibelsToGain(valueOf(values, rowOf(MULTIBAND_1_GAIN, index))) - 1.0));
}

export function resetMultiband(insert: Insert, values: usize): void {
  for (let split = 0; split < SPLITS; split++) resetSplit(splitAt(insert, split), valueOf(values, MULTIBAND_SPLIT_1 + split));
  for (let index = 0; index < COUNT; index++) {
    const band = changetype<Band>(bandAt(insert, index));
    band.on = isOn(values, rowOf(MULTIBAND_1_ON, index)) ? 1.0 : 0.0;
    band.heard = wantedHeard(values, index);
    band.gain = gainOf(values, index, band);
    resetCompressor(compAt(insert, index), (band.on * valueOf(values, MULTIBAND_MIX)) / 100.0, 1.0);
  }
}

function processBand(insert: Insert, values: usize, index: i32, into: usize, frames: i32): void {
  const band = changetype<Band>(bandAt(insert, index));
  const comp = compAt(insert, index);
  const buffer = BANDS + <usize>index * BUFFER_BYTES;
  const step = <f64>frames / <f64>SWITCH_FRAMES;
  const before = band.on;
  band.on = toward(before, isOn(values, rowOf(MULTIBAND_1_ON, index)) ? 1.0 : 0.0, step);
  band.heard = toward(band.heard, wantedHeard(values, index), step);
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

function splitBands(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const low = splitAt(insert, 0);
  const middle = splitAt(insert, 1);
  const high = splitAt(insert, 2);
  const lowMoves = moveSplit(low, valueOf(values, MULTIBAND_SPLIT_1));
  const middleMoves = moveSplit(middle, valueOf(values, MULTIBAND_SPLIT_2));
  const highMoves = moveSplit(high, valueOf(values, MULTIBAND_SPLIT_3));
  const upper = BANDS + 2 * BUFFER_BYTES;
  memory.copy(BANDS, buffer, <usize>frames << 4);
  part(middle, middleMoves, BANDS, upper, frames);
  turn(high, highMoves, BANDS, frames);
  turn(low, lowMoves, upper, frames);
  part(low, lowMoves, BANDS, BANDS + BUFFER_BYTES, frames);
  part(high, highMoves, upper, upper + BUFFER_BYTES, frames);
}

export function processMultiband(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  splitBands(insert, values, buffer, frames);
  memory.fill(buffer, 0, <usize>frames << 4);
  for (let index = 0; index < COUNT; index++) processBand(insert, values, index, buffer, frames);
}

/** The deepest reduction of any band. */
export function multibandReduction(insert: Insert): f64 {
  let deepest = 0.0;
  for (let index = 0; index < COUNT; index++) deepest = Math.min(deepest, compAt(insert, index).reduction);
  return deepest;
}

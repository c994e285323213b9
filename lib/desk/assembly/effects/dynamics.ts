// The strip's compressor and gate as effects.

import { compressBy, COMPRESSOR_DETECTOR, makeupOf, resetCompressor } from '../compressor';
import { Compressor } from '../compressor-record';
import { aheadOf, hear, lookAhead, resetDetector } from '../detector';
import { DETECTOR_BYTES, LOOK_AHEAD_BYTES } from '../detector-record';
import { GATE_DETECTOR, resetGate, runGate } from '../gate';
import { Gate } from '../gate-record';
import { COMPRESSOR_DETECTOR as COMPRESSOR_ROWS, COMPRESSOR_MIX, GATE_MIX, GATE_THRESHOLD } from '../generated/parameters';
import { Insert } from '../insert-record';
import { hearsKeyOf, listenKey } from '../listen';
import { align16 } from '../state-record';
import { valueOf } from '../values';

const COMPRESSOR_EARS: i32 = COMPRESSOR_ROWS + COMPRESSOR_DETECTOR;
const GATE_EARS: i32 = GATE_THRESHOLD + GATE_DETECTOR;

const COMP_EARS_AT: usize = align16(offsetof<Compressor>());
const COMP_RING_AT: usize = align16(COMP_EARS_AT + DETECTOR_BYTES);
export const COMPRESSOR_BYTES: usize = COMP_RING_AT + LOOK_AHEAD_BYTES;

const GATE_EARS_AT: usize = align16(offsetof<Gate>());
const GATE_RING_AT: usize = align16(GATE_EARS_AT + DETECTOR_BYTES);
export const GATE_BYTES: usize = GATE_RING_AT + LOOK_AHEAD_BYTES;

@inline
function memoryOf(insert: Insert): usize {
  return <usize>(<u32>insert.address);
}

export function resetCompressorEffect(insert: Insert, values: usize): void {
  const at = memoryOf(insert);
  resetCompressor(changetype<Compressor>(at), valueOf(values, COMPRESSOR_MIX) / 100.0, makeupOf(values, COMPRESSOR_ROWS));
  resetDetector(at + COMP_EARS_AT, at + COMP_RING_AT, values, COMPRESSOR_EARS);
}

export function processCompressorEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = memoryOf(insert);
  const ears = at + COMP_EARS_AT;
  const heard = hear(ears, values, COMPRESSOR_EARS, buffer, frames);
  if (hearsKeyOf(insert)) listenKey(heard, frames);
  lookAhead(ears, at + COMP_RING_AT, values, COMPRESSOR_EARS, buffer, frames);
  compressBy(changetype<Compressor>(at), values, COMPRESSOR_ROWS, heard, buffer, frames, valueOf(values, COMPRESSOR_MIX) / 100.0);
}

/** What it would hear, while it is off and somebody listens to that. */
export function listenToCompressor(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  listenKey(hear(memoryOf(insert) + COMP_EARS_AT, values, COMPRESSOR_EARS, buffer, frames), frames);
}

export function compressorEffectAhead(values: usize): i32 {
  return aheadOf(values, COMPRESSOR_EARS);
}

export function compressorEffectDetector(insert: Insert): f64 {
  return changetype<Compressor>(memoryOf(insert)).detector;
}

export function compressorEffectReduction(insert: Insert): f64 {
  return changetype<Compressor>(memoryOf(insert)).reduction;
}

export function resetGateEffect(insert: Insert, values: usize): void {
  const at = memoryOf(insert);
  resetGate(changetype<Gate>(at), values, GATE_THRESHOLD, valueOf(values, GATE_MIX) / 100.0);
  resetDetector(at + GATE_EARS_AT, at + GATE_RING_AT, values, GATE_EARS);
}

export function processGateEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = memoryOf(insert);
  const ears = at + GATE_EARS_AT;
  const heard = hear(ears, values, GATE_EARS, buffer, frames);
  if (hearsKeyOf(insert)) listenKey(heard, frames);
  lookAhead(ears, at + GATE_RING_AT, values, GATE_EARS, buffer, frames);
  runGate(changetype<Gate>(at), values, GATE_THRESHOLD, heard, buffer, frames, valueOf(values, GATE_MIX) / 100.0);
}

/** What it would hear, while it is off and somebody listens to that. */
export function listenToGate(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  listenKey(hear(memoryOf(insert) + GATE_EARS_AT, values, GATE_EARS, buffer, frames), frames);
}

export function gateEffectAhead(values: usize): i32 {
  return aheadOf(values, GATE_EARS);
}

export function gateEffectDetector(insert: Insert): f64 {
  return changetype<Gate>(memoryOf(insert)).detector;
}

export function gateEffectReduction(insert: Insert): f64 {
  return changetype<Gate>(memoryOf(insert)).reduction;
}

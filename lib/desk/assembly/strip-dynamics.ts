// A strip's gate and its compressor.

import { stripAt } from './access';
import { clearCompressor, compressBy, COMPRESSOR_DETECTOR, makeupOf, resetCompressor } from './compressor';
import { Compressor } from './compressor-record';
import { forget, hear, lookAhead, resetDetector } from './detector';
import { LOOK_AHEAD_BYTES } from './detector-record';
import { GATE_DETECTOR, resetGate, runGate } from './gate';
import { Gate } from './gate-record';
import { STRIP_COMP_DETECTOR, STRIP_COMP_MIX, STRIP_COMP_ON, STRIP_GATE_ON, STRIP_GATE_THRESHOLD } from './generated/parameters';
import { BUFFER_BYTES, keyTap, LOOK_AHEADS, MAX_STRIPS, SCRATCH } from './layout';
import { hearsKey, listenKey } from './listen';
import { KEY_OF_COMP, KEY_OF_GATE } from './monitor-record';
import { Strip, STRIP_COMP, STRIP_COMP_EARS, STRIP_GATE, STRIP_GATE_EARS } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { isOn, valueOf } from './values';
import { keyChunk } from './wait';

/** What a compressor listens to, where that waits. */
const LATE_KEY: usize = SCRATCH + 3 * BUFFER_BYTES;

const GATE_ROWS: i32 = STRIP_GATE_THRESHOLD;
const GATE_EARS: i32 = GATE_ROWS + GATE_DETECTOR;
const COMP_ROWS: i32 = STRIP_COMP_DETECTOR;
const COMP_EARS: i32 = COMP_ROWS + COMPRESSOR_DETECTOR;

@inline
function gateOf(strip: Strip): Gate {
  return changetype<Gate>(changetype<usize>(strip) + STRIP_GATE);
}

@inline
function compOf(strip: Strip): Compressor {
  return changetype<Compressor>(changetype<usize>(strip) + STRIP_COMP);
}

@inline
function gateEars(strip: Strip): usize {
  return changetype<usize>(strip) + STRIP_GATE_EARS;
}

@inline
function compEars(strip: Strip): usize {
  return changetype<usize>(strip) + STRIP_COMP_EARS;
}

@inline
function gateRing(index: i32): usize {
  return LOOK_AHEADS + <usize>(2 * index) * LOOK_AHEAD_BYTES;
}

@inline
function compRing(index: i32): usize {
  return LOOK_AHEADS + <usize>(2 * index + 1) * LOOK_AHEAD_BYTES;
}

export function resetDynamics(index: i32, strip: Strip, values: usize): void {
  const gated = isOn(values, STRIP_GATE_ON);
  const compressed = isOn(values, STRIP_COMP_ON);
  resetGate(gateOf(strip), values, GATE_ROWS, gated ? 1.0 : 0.0);
  resetDetector(gateEars(strip), gateRing(index), values, GATE_EARS);
  strip.compSwitch = compressed ? 1.0 : 0.0;
  resetCompressor(compOf(strip), compressed ? valueOf(values, STRIP_COMP_MIX) / 100.0 : 0.0, makeupOf(values, COMP_ROWS));
  resetDetector(compEars(strip), compRing(index), values, COMP_EARS);
}

export function processGate(index: i32, strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const gate = gateOf(strip);
  const ears = gateEars(strip);
  const on = isOn(values, STRIP_GATE_ON);
  const told = hearsKey(KEY_OF_GATE, index);
  if (!on && gate.amount == 0.0) {
    gate.reduction = 0.0;
    gate.detector = 0.0;
    if (told) listenKey(hear(ears, values, GATE_EARS, buffer, frames), frames);
    return lookAhead(ears, gateRing(index), values, GATE_EARS, buffer, frames);
  }
  if (gate.amount == 0.0) {
    resetGate(gate, values, GATE_ROWS, 0.0);
    forget(ears);
  }
  const heard = hear(ears, values, GATE_EARS, buffer, frames);
  if (told) listenKey(heard, frames);
  lookAhead(ears, gateRing(index), values, GATE_EARS, buffer, frames);
  const amount = toward(gate.amount, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  runGate(gate, values, GATE_ROWS, heard, buffer, frames, amount);
}

/** Compresses by the strip's own sound, or by that of another strip. */
export function processComp(index: i32, strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const comp = compOf(strip);
  const ears = compEars(strip);
  const key = strip.key < 0 ? buffer : keyChunk(strip, keyTap(strip.key), LATE_KEY, frames);
  const told = hearsKey(KEY_OF_COMP, index);
  const on = isOn(values, STRIP_COMP_ON);
  if (!on && strip.compSwitch == 0.0) {
    comp.reduction = 0.0;
    comp.detector = 0.0;
    if (told) listenKey(hear(ears, values, COMP_EARS, key, frames), frames);
    return lookAhead(ears, compRing(index), values, COMP_EARS, buffer, frames);
  }
  if (strip.compSwitch == 0.0) {
    clearCompressor(comp);
    forget(ears);
  }
  strip.compSwitch = toward(strip.compSwitch, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const heard = hear(ears, values, COMP_EARS, key, frames);
  if (told) listenKey(heard, frames);
  lookAhead(ears, compRing(index), values, COMP_EARS, buffer, frames);
  compressBy(comp, values, COMP_ROWS, heard, buffer, frames, (strip.compSwitch * valueOf(values, STRIP_COMP_MIX)) / 100.0);
}

/** Deepest reductions of the last chunk in dB. */
export function gateReductionOf(strip: Strip): f64 {
  return gateOf(strip).reduction;
}

export function compReductionOf(strip: Strip): f64 {
  return compOf(strip).reduction;
}

/** What gate and compressor heard, as gains; 0 while they are out. */
export function gateDetectorOf(strip: Strip): f64 {
  return gateOf(strip).detector;
}

export function compDetectorOf(strip: Strip): f64 {
  return compOf(strip).detector;
}

/** Keeps what another strip's compressor listens to: the sound before this strip's compressor and fader. */
export function tapKey(index: i32, strip: Strip, buffer: usize, frames: i32): void {
  if (strip.keyed) memory.copy(keyTap(index), buffer, <usize>frames << 4);
}

/** What a strip's compressor listens to: another strip, −1 for the strip itself. */
export function setKey(index: i32, key: i32): void {
  stripAt(index).key = key < MAX_STRIPS ? max(key, -1) : -1;
  findKeyed();
}

/** Notes which strips are listened to; what nobody hears is not kept. */
export function findKeyed(): void {
  for (let i = 0; i < MAX_STRIPS; i++) stripAt(i).keyed = 0;
  for (let i = 0; i < MAX_STRIPS; i++) {
    const strip = stripAt(i);
    if (strip.used && strip.key >= 0) stripAt(strip.key).keyed = 1;
  }
}

/** A strip that is gone is not heard any more. */
export function silenceKey(index: i32): void {
  memory.fill(keyTap(index), 0, BUFFER_BYTES);
}

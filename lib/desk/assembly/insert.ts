// Effects between a strip's compressor and its pan.

import { insertAt } from './access';
import { DELAY_BYTES, initDelay, processDelay, resetDelay } from './delay';
import { blend } from './gain';
import { DELAY_COUNT, DELAY_FIRST, DELAY_ON, REVERB_COUNT, REVERB_FIRST, REVERB_ON } from './generated/parameters';
import { DELAY, Insert, INSERT_VALUES } from './insert-record';
import { MAX_INSERTS, SCRATCH } from './layout';
import { initReverb, processReverb, resetReverb, REVERB_BYTES } from './reverb';
import { MAX_CHAIN, Strip } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { advanceValues, initValues, isOn, snapValues } from './values';

/** Bytes of long memory an insert of a type needs. */
export function insertMemory(type: i32): usize {
  return type == DELAY ? DELAY_BYTES : REVERB_BYTES;
}

@inline
function chained(strip: Strip, place: i32): i32 {
  return load<i32>(changetype<usize>(strip) + (<usize>place << 2), offsetof<Strip>('chain0'));
}

@inline
function delays(insert: Insert): bool {
  return insert.type == DELAY;
}

@inline
function valuesOf(insert: Insert): usize {
  return changetype<usize>(insert) + INSERT_VALUES;
}

function wanted(insert: Insert): bool {
  return isOn(valuesOf(insert), delays(insert) ? DELAY_ON : REVERB_ON);
}

/** Makes an insert over long memory the page allocated; nothing in that memory is assumed. */
export function addInsert(index: i32, type: i32, address: i32): void {
  const insert = insertAt(index);
  insert.used = 1;
  insert.leaving = 0;
  insert.type = type;
  insert.address = address;
  if (delays(insert)) {
    initValues(valuesOf(insert), DELAY_FIRST, DELAY_COUNT);
    initDelay(insert.address);
  } else {
    initValues(valuesOf(insert), REVERB_FIRST, REVERB_COUNT);
    initReverb(insert.address);
  }
  resetInsert(insert);
}

/** An insert goes when its strip's chain no longer has it. */
export function removeInsert(index: i32): void {
  const insert = insertAt(index);
  insert.leaving = 1;
  if (!insert.chained) insert.used = 0;
}

/** At rest: values at their targets, nothing ringing. */
function resetInsert(insert: Insert): void {
  snapValues(valuesOf(insert), delays(insert) ? DELAY_COUNT : REVERB_COUNT);
  insert.amount = wanted(insert) ? 1.0 : 0.0;
  clearInsert(insert);
}

function clearInsert(insert: Insert): void {
  if (delays(insert)) resetDelay(insert, valuesOf(insert));
  else resetReverb(insert, valuesOf(insert));
}

export function resetChain(strip: Strip): void {
  for (let place = 0; place < strip.chainCount; place++) resetInsert(insertAt(chained(strip, place)));
}

/** Begins a strip's new chain; it counts once the strip has faded out. */
export function chainBegin(strip: Strip): void {
  strip.nextChainCount = 0;
  strip.chainStale = 1;
}

export function chainAppend(strip: Strip, insert: i32): void {
  if (strip.nextChainCount == MAX_CHAIN) return;
  store<i32>(changetype<usize>(strip) + (<usize>strip.nextChainCount << 2), insert, offsetof<Strip>('next0'));
  strip.nextChainCount++;
}

/** Puts the new chain in the place of the old one; inserts on their way out go. */
export function commitChain(strip: Strip): void {
  if (!strip.chainStale) return;
  for (let place = 0; place < strip.chainCount; place++) insertAt(chained(strip, place)).chained = 0;
  const at = changetype<usize>(strip);
  memory.copy(at + offsetof<Strip>('chain0'), at + offsetof<Strip>('next0'), <usize>MAX_CHAIN << 2);
  const before = strip.chainCount;
  strip.chainCount = strip.nextChainCount;
  strip.chainStale = 0;
  for (let place = 0; place < strip.chainCount; place++) insertAt(chained(strip, place)).chained = 1;
  if (before > 0) dropUnchained();
}

/** What no chain has and nobody wants is gone. */
export function dropUnchained(): void {
  for (let i = 0; i < MAX_INSERTS; i++) if (insertAt(i).leaving && !insertAt(i).chained) insertAt(i).used = 0;
}

function processInsert(insert: Insert, buffer: usize, frames: i32): void {
  const values = valuesOf(insert);
  if (delays(insert)) advanceValues(values, DELAY_FIRST, DELAY_COUNT, frames);
  else advanceValues(values, REVERB_FIRST, REVERB_COUNT, frames);
  const before = insert.amount;
  const on = wanted(insert);
  if (before == 0.0 && !on) return;
  // An effect switched on again begins empty, not with what it held when it was switched off.
  if (before == 0.0) clearInsert(insert);
  insert.amount = toward(before, on ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const full = before == 1.0 && insert.amount == 1.0;
  if (!full) memory.copy(SCRATCH, buffer, <usize>frames << 4);
  if (delays(insert)) processDelay(insert, values, buffer, frames);
  else processReverb(insert, values, buffer, frames);
  if (!full) blend(SCRATCH, buffer, frames, 1.0 - before, 1.0 - insert.amount);
}

export function processChain(strip: Strip, buffer: usize, frames: i32): void {
  for (let place = 0; place < strip.chainCount; place++) {
    const insert = insertAt(chained(strip, place));
    if (insert.used) processInsert(insert, buffer, frames);
  }
}

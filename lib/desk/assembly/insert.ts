// Effects between a strip's compressor and its pan.

import { insertAt } from './access';
import { clearEffect, delaysAtAll, effectBytes, effectDelay, initEffect, listenToEffect, processEffect } from './effects/kinds';
import { applyGain, blend } from './gain';
import { INSERT_COUNTS, INSERT_FIRSTS, INSERT_KINDS, INSERT_ON } from './generated/parameters';
import { Insert, INSERT_VALUES } from './insert-record';
import { MAX_INSERTS, SCRATCH } from './layout';
import { delayChunk, isStraight, resetLine } from './line';
import { Line } from './line-record';
import { hearsKeyOf } from './listen';
import { align16 } from './state-record';
import { MAX_CHAIN, Strip } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { advanceValues, initValues, isOn, setValue, snapValues } from './values';

@inline
function chained(strip: Strip, place: i32): i32 {
  return load<i32>(changetype<usize>(strip) + (<usize>place << 2), offsetof<Strip>('chain0'));
}

/** The number of the first row of an insert's parameters, and how many it has. */
@inline
function firstRow(insert: Insert): i32 {
  return load<i32>(INSERT_FIRSTS + (<usize>insert.type << 2));
}

@inline
function rowCount(insert: Insert): i32 {
  return load<i32>(INSERT_COUNTS + (<usize>insert.type << 2));
}

@inline
function valuesOf(insert: Insert): usize {
  return changetype<usize>(insert) + INSERT_VALUES;
}

function wanted(insert: Insert): bool {
  return isOn(valuesOf(insert), INSERT_ON);
}

/** Makes an insert over long memory the page allocated; nothing in that memory is assumed. */
export function addInsert(index: i32, type: i32, address: i32): void {
  if (type < 0 || type >= INSERT_KINDS) return;
  const insert = insertAt(index);
  insert.used = 1;
  insert.leaving = 0;
  insert.type = type;
  insert.address = address;
  initValues(valuesOf(insert), firstRow(insert), rowCount(insert));
  initEffect(insert);
  resetInsert(insert);
  insert.warmed = 0;
}

/** A parameter of an insert; see `setValue` in `values.ts`. */
export function setInsertValue(index: i32, parameter: i32, value: f64, flags: i32): void {
  const insert = insertAt(index);
  if (insert.used) setValue(valuesOf(insert), firstRow(insert), rowCount(insert), parameter, value, flags);
}

/** An insert goes when its strip's chain no longer has it. */
export function removeInsert(index: i32): void {
  const insert = insertAt(index);
  insert.leaving = 1;
  if (!insert.chained) insert.used = 0;
}

/** At rest: values at their targets, nothing ringing. */
function resetInsert(insert: Insert): void {
  snapValues(valuesOf(insert), rowCount(insert));
  insert.amount = wanted(insert) ? 1.0 : 0.0;
  insert.warmed = WARM;
  clearInsert(insert);
  if (!delaysAtAll(insert.type)) return;
  const at = lineOf(insert);
  resetLine(changetype<Line>(at), at + RING_AT, PLACES, effectDelay(insert, valuesOf(insert)));
}

function clearInsert(insert: Insert): void {
  clearEffect(insert, valuesOf(insert));
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

/** Frames of the line that keeps what came before a late effect as late; a power of two. */
const PLACES: i32 = 1024;
const RING_AT: usize = 32;
const LATE_BYTES: usize = RING_AT + (<usize>PLACES << 4);

/** Bytes of long memory an insert of a type needs: the effect's own, then a line for what came before it. */
export function insertBytesOf(type: i32): usize {
  return align16(effectBytes(type)) + (delaysAtAll(type) ? LATE_BYTES : 0);
}

@inline
function lineOf(insert: Insert): usize {
  return <usize>(<u32>insert.address) + align16(effectBytes(insert.type));
}

/** The sound before an insert, as late as the insert makes it, at `SCRATCH`; false where it delays nothing. */
function keepLate(insert: Insert, values: usize, buffer: usize, frames: i32): bool {
  if (!delaysAtAll(insert.type)) return false;
  const at = lineOf(insert);
  const line = changetype<Line>(at);
  const delay = effectDelay(insert, values);
  if (isStraight(line, delay)) return false;
  delayChunk(line, at + RING_AT, PLACES, delay, buffer, SCRATCH, frames);
  return true;
}

/** After so many frames an effect holds what it needs: longer than it fades in and is late by. */
const WARM: i32 = SWITCH_FRAMES + PLACES;

/** What goes into an effect that has been cleared fades in, so that nothing in it begins with an edge. */
function warm(insert: Insert, buffer: usize, frames: i32): void {
  const before = Math.min(1.0, <f64>insert.warmed / <f64>SWITCH_FRAMES);
  insert.warmed = min(insert.warmed + frames, WARM);
  const after = Math.min(1.0, <f64>insert.warmed / <f64>SWITCH_FRAMES);
  applyGain(buffer, frames, before, before, after, after);
}

function processInsert(insert: Insert, buffer: usize, frames: i32): void {
  const values = valuesOf(insert);
  advanceValues(values, firstRow(insert), rowCount(insert), frames);
  const before = insert.amount;
  const on = wanted(insert);
  const late = keepLate(insert, values, buffer, frames);
  if (before == 0.0 && !on) {
    insert.warmed = 0;
    if (hearsKeyOf(insert)) listenToEffect(insert, values, buffer, frames);
    if (late) memory.copy(buffer, SCRATCH, <usize>frames << 4);
    return;
  }
  // An effect switched on again begins empty, not with what it held when it was switched off, and is heard once it has filled.
  if (before == 0.0 && insert.warmed == 0) clearInsert(insert);
  const filled = before > 0.0 || insert.warmed >= SWITCH_FRAMES + effectDelay(insert, values);
  insert.amount = toward(before, on && filled ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const full = before == 1.0 && insert.amount == 1.0;
  if (!full && !late) memory.copy(SCRATCH, buffer, <usize>frames << 4);
  if (insert.warmed < WARM) warm(insert, buffer, frames);
  processEffect(insert, values, buffer, frames);
  if (before == 0.0 && insert.amount == 0.0) memory.copy(buffer, SCRATCH, <usize>frames << 4);
  else if (!full) blend(SCRATCH, buffer, frames, 1.0 - before, 1.0 - insert.amount);
}

export function processChain(strip: Strip, buffer: usize, frames: i32): void {
  const before = strip.chainEntry;
  const after = toward(before, strip.chainStale ? 0.0 : 1.0, <f64>frames / <f64>SWITCH_FRAMES);
  strip.chainEntry = after;
  for (let place = 0; place < strip.chainCount; place++) {
    const insert = insertAt(chained(strip, place));
    if (!insert.used) continue;
    applyGain(buffer, frames, before, before, after, after);
    processInsert(insert, buffer, frames);
  }
}

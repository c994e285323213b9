// Stems: segments in memory, read by the song's frame.

import { sourceAt } from './access';
import { SEGMENT_FRAMES } from './generated/parameters';
import { MAX_SOURCES } from './layout';
import { MAX_SLOTS, Slot, Source } from './source-record';

@inline
function slotAt(source: usize, slot: i32): usize {
  return source + offsetof<Source>() + <usize>slot * offsetof<Slot>();
}

export function clearSource(index: i32): void {
  const source = changetype<usize>(sourceAt(index));
  atomic.store<i32>(source, 0, offsetof<Source>('frames'));
  for (let slot = 0; slot < MAX_SLOTS; slot++) atomic.store<i32>(slotAt(source, slot), -1);
}

/** What a source is; 0 frames: nothing. */
export function setSource(index: i32, frames: i32, channels: i32): void {
  if (index < 0 || index >= MAX_SOURCES) return;
  const source = changetype<usize>(sourceAt(index));
  atomic.store<i32>(source, channels, offsetof<Source>('channels'));
  atomic.store<i32>(source, frames, offsetof<Source>('frames'));
}

/** Tells that a slot holds `segment` at `address` (0: silence); segment −1 empties it, to be done before overwriting. */
export function setSlot(index: i32, slot: i32, segment: i32, address: i32): void {
  if (index < 0 || index >= MAX_SOURCES || slot < 0 || slot >= MAX_SLOTS) return;
  const at = slotAt(changetype<usize>(sourceAt(index)), slot);
  atomic.store<i32>(at, -1, offsetof<Slot>('segment'));
  atomic.store<i32>(at, address, offsetof<Slot>('address'));
  atomic.store<i32>(at, segment, offsetof<Slot>('segment'));
}

/** The segment a slot holds, −1 where none. */
export function slotSegment(index: i32, slot: i32): i32 {
  return atomic.load<i32>(slotAt(changetype<usize>(sourceAt(index)), slot), offsetof<Slot>('segment'));
}

/** The address of a segment, or −1 while no slot holds it. */
function findSegment(source: usize, segment: i32): i32 {
  for (let slot = 0; slot < MAX_SLOTS; slot++) {
    const at = slotAt(source, slot);
    if (atomic.load<i32>(at, offsetof<Slot>('segment')) == segment) return atomic.load<i32>(at, offsetof<Slot>('address'));
  }
  return -1;
}

function holds(source: usize, from: i32, until: i32): bool {
  const begin = max(from, 0);
  const end = min(until, atomic.load<i32>(source, offsetof<Source>('frames')));
  if (begin >= end) return true;
  for (let segment = begin / SEGMENT_FRAMES; segment <= (end - 1) / SEGMENT_FRAMES; segment++) {
    if (findSegment(source, segment) == -1) return false;
  }
  return true;
}

/** Whether a source has the song's frames from `from` up to `until`; outside of the stem there is silence. */
export function sourceHolds(index: i32, from: i32, until: i32): bool {
  return holds(changetype<usize>(sourceAt(index)), from, until);
}

/** Two samples. */
@inline
function twoAt(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

function readMono(address: usize, into: usize, frames: i32): void {
  let i: usize = 0;
  for (; i + 2 <= <usize>frames; i += 2) {
    const two = twoAt(address + (i << 2));
    v128.store(into + (i << 4), v128.shuffle<f64>(two, two, 0, 0));
    v128.store(into + (i << 4), v128.shuffle<f64>(two, two, 1, 1), 16);
  }
  if (i < <usize>frames) v128.store(into + (i << 4), f64x2.splat(<f64>load<f32>(address + (i << 2))));
}

function readStereo(address: usize, into: usize, frames: i32): void {
  const right = address + (<usize>SEGMENT_FRAMES << 2);
  let i: usize = 0;
  for (; i + 2 <= <usize>frames; i += 2) {
    const l = twoAt(address + (i << 2));
    const r = twoAt(right + (i << 2));
    v128.store(into + (i << 4), v128.shuffle<f64>(l, r, 0, 2));
    v128.store(into + (i << 4), v128.shuffle<f64>(l, r, 1, 3), 16);
  }
  if (i == <usize>frames) return;
  store<f64>(into + (i << 4), <f64>load<f32>(address + (i << 2)));
  store<f64>(into + (i << 4), <f64>load<f32>(right + (i << 2)), 8);
}

/** Reads `frames` frames of the song from `position` on; what is missing is silence. Mono comes on both sides. */
export function readSource(index: i32, position: i32, frames: i32, into: usize): void {
  const source = changetype<usize>(sourceAt(index));
  const stereo = atomic.load<i32>(source, offsetof<Source>('channels')) == 2;
  const end = min(position + frames, atomic.load<i32>(source, offsetof<Source>('frames')));
  let at = max(position, 0);
  const beyond = max(position + frames - max(end, at), 0);
  memory.fill(into, 0, <usize>min(at - position, frames) << 4);
  memory.fill(into + (<usize>(frames - beyond) << 4), 0, <usize>beyond << 4);
  while (at < end) {
    const segment = at / SEGMENT_FRAMES;
    const within = at - segment * SEGMENT_FRAMES;
    const run = min(end - at, SEGMENT_FRAMES - within);
    const address = findSegment(source, segment);
    const from = <usize>(<u32>address) + (<usize>within << 2);
    const to = into + (<usize>(at - position) << 4);
    if (address == 0 || address == -1) memory.fill(to, 0, <usize>run << 4);
    else if (stereo) readStereo(from, to, run);
    else readMono(from, to, run);
    at += run;
  }
}

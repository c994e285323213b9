// Listening to strips alone, before or after their faders (PFL, AFL), or to the key of one gate, compressor or de-esser: a bus of
// its own beside the mix, which it never touches.
//
// Before the fader is also before mute and pan, as on a desk: what the strip would give. After it, all three count. The bus
// comes out as late as the mix, so that changing over is no jump in time.

import { insertAt, monitorState, watchAt } from './access';
import { addScaled } from './gain';
import { Insert } from './insert-record';
import { LISTEN, LISTEN_BUS, LISTEN_RING, MAX_FRAMES, MAX_INSERTS, MAX_STRIPS } from './layout';
import { latencyNow } from './master';
import { KEY_NONE, KEY_OF_INSERT, LISTEN_RING_FRAMES, Monitor } from './monitor-record';
import { LISTEN_AFTER, LISTEN_BEFORE, Watch } from './watch-record';
import { Strip } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';

/** Chooses where a strip is listened to: `LISTEN_…`. */
export function setListen(watch: Watch, place: i32): void {
  watch.listen = place == LISTEN_BEFORE || place == LISTEN_AFTER ? place : 0;
}

/** An empty bus for the next chunk. */
export function prepareListening(frames: i32): void {
  const state = monitorState();
  state.listening = 0;
  moveKey(state, frames);
  if (state.listenIdle < LISTEN_RING_FRAMES) memory.fill(LISTEN_BUS, 0, <usize>frames << 4);
}

/** Chooses the detector whose key is heard in place of the mix: `KEY_…`, and the slot of its strip or insert. */
export function setListenKey(what: i32, slot: i32): void {
  const state = monitorState();
  const known = what > KEY_NONE && what <= KEY_OF_INSERT && slot >= 0 && slot < (what == KEY_OF_INSERT ? MAX_INSERTS : MAX_STRIPS);
  state.wantedKeyWhat = known ? what : KEY_NONE;
  state.wantedKeySlot = known ? slot : -1;
}

/** One key fades out before another fades in. */
function moveKey(state: Monitor, frames: i32): void {
  const same = state.keyWhat == state.wantedKeyWhat && state.keySlot == state.wantedKeySlot;
  state.keyAmount = toward(state.keyAmount, same && state.keyWhat != KEY_NONE ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  if (state.keyWhat != KEY_NONE) state.listenIdle = -1;
  if (state.wantedKeyWhat != KEY_NONE) state.listening = 1;
  if (same || state.keyAmount > 0.0) return;
  state.keyWhat = state.wantedKeyWhat;
  state.keySlot = state.wantedKeySlot;
  state.keyGain = 0.0;
}

/** Whether the key of a detector is heard, or still fades out. */
@inline
export function hearsKey(what: i32, slot: i32): bool {
  return monitorState().keyWhat == what && monitorState().keySlot == slot;
}

@inline
export function hearsKeyOf(insert: Insert): bool {
  const state = monitorState();
  return state.keyWhat == KEY_OF_INSERT && changetype<usize>(insertAt(state.keySlot)) == changetype<usize>(insert);
}

/** Gives the key of a detector that is heard to the ears; nothing of the mix is changed. */
export function listenKey(key: usize, frames: i32): void {
  const state = monitorState();
  const gain = state.keyAmount * state.presence;
  addScaled(key, LISTEN_BUS, frames, state.keyGain, gain);
  state.keyGain = gain;
}

/** A key is heard alone. */
@inline
function wants(watch: Watch, place: i32): bool {
  return watch.listen == place && monitorState().wantedKeyWhat == KEY_NONE;
}

/** Called before pan and mute; `strip.presence` as it is at the chunk's end, so that what changes underneath is not heard. */
export function listenBefore(index: i32, strip: Strip, buffer: usize, frames: i32): void {
  const watch = watchAt(index);
  if (watch.listen == 0 && watch.before == 0.0) return;
  watch.before = toward(watch.before, wants(watch, LISTEN_BEFORE) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  const gain = watch.before * strip.presence;
  begin(watch);
  if (watch.beforeGain != 0.0 || gain != 0.0) addScaled(buffer, LISTEN_BUS, frames, watch.beforeGain, gain);
  watch.beforeGain = gain;
}

/** Called after the fader. */
export function listenAfter(index: i32, buffer: usize, frames: i32): void {
  const watch = watchAt(index);
  if (watch.listen == 0 && watch.after == 0.0) return;
  const was = watch.after;
  watch.after = toward(was, wants(watch, LISTEN_AFTER) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  begin(watch);
  if (was != 0.0 || watch.after != 0.0) addScaled(buffer, LISTEN_BUS, frames, was, watch.after);
}

/** Somebody listens: while a strip only fades out, the bus still sounds but no longer replaces the mix. */
@inline
function begin(watch: Watch): void {
  const state = monitorState();
  if (watch.listen) state.listening = 1;
  state.listenIdle = -1;
}

/** A sample that is no number must not stay in the monitor's filters. */
@inline
function sound(x: f64): f32 {
  return x - x == 0.0 ? <f32>x : 0.0;
}

/** The chunk's bus goes in, what went in as long ago as the mix is late comes out, to frame `at` of the block. */
export function finishListening(frames: i32, at: i32): void {
  const state = monitorState();
  if (state.listenIdle >= LISTEN_RING_FRAMES) return listenSilence(frames, at);
  state.listenIdle += state.listenIdle < 0 ? 1 : frames;
  const right = <usize>LISTEN_RING_FRAMES << 2;
  const latency = latencyNow();
  for (let i = 0; i < frames; i++) {
    const from = LISTEN_BUS + (<usize>i << 4);
    const put = LISTEN_RING + (<usize>(state.listenWritten & (LISTEN_RING_FRAMES - 1)) << 2);
    const take = LISTEN_RING + (<usize>((state.listenWritten - latency) & (LISTEN_RING_FRAMES - 1)) << 2);
    store<f32>(put, sound(load<f64>(from)));
    store<f32>(put + right, sound(load<f64>(from, 8)));
    const to = LISTEN + (<usize>(at + i) << 2);
    store<f32>(to, load<f32>(take));
    store<f32>(to + (<usize>MAX_FRAMES << 2), load<f32>(take + right));
    state.listenWritten++;
  }
}

/** Nothing is heard of the bus while the desk sleeps or nobody listens. */
export function listenSilence(frames: i32, at: i32): void {
  const to = LISTEN + (<usize>at << 2);
  memory.fill(to, 0, <usize>frames << 2);
  memory.fill(to + (<usize>MAX_FRAMES << 2), 0, <usize>frames << 2);
}

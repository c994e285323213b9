// Where in the song the desk is, and how it gets elsewhere without a click.
//
// A start from rest puts everything back to its beginning, so that the same range sounds the same everywhere, bit for bit.
// Any other jump cross-fades over 10 ms. While a stem's data is late, the whole transport waits.

import { desk, stripAt } from './access';
import { addScaled } from './gain';
import { SEGMENT_FRAMES } from './generated/parameters';
import { MAX_BLOCK, ORDER, SCRATCH } from './layout';
import { readSource, sourceHolds } from './source';
import { NOWHERE, State } from './state-record';
import { STEM } from './strip-record';
import { SWITCH_FRAMES } from './units';

/** Stems fade in, out and across over this many frames (10 ms). */
export const FADE_UNITS: i32 = 480;
/** Below this the mix counts as silent (−120 dB): a start need not fade a tail. */
const AUDIBLE: f64 = 1e-6;

export function start(position: i32, frame: f64): void {
  const state = desk();
  if (state.playing) return seek(position, frame);
  state.startPending = 1;
  state.startNow = frame < 0.0 ? 1 : 0;
  state.startFrame = frame < 0.0 ? state.outputFrame : frame;
  state.startPosition = position;
}

export function stop(): void {
  const state = desk();
  state.startPending = 0;
  state.seekPending = 0;
  if (!state.playing) return;
  // First the fade, for others look on: what sounds is never nowhere.
  leave(state);
  state.playing = 0;
  state.waiting = 0;
}

/** The place now sounding becomes a ghost that fades out from where its fade in had come. Only a stop finds another still fading. */
function leave(state: State): void {
  state.olderPosition = state.ghostPosition;
  state.olderLeft = state.ghostLeft;
  state.ghostPosition = state.position;
  state.ghostLeft = state.level;
  state.level = 0;
}

export function seek(position: i32, frame: f64): void {
  const state = desk();
  if (!state.playing) {
    if (state.startPending) state.startPosition = position;
    else state.position = position;
    return;
  }
  state.seekPending = 1;
  state.seekPosition = position;
  state.seekFrame = frame < 0.0 ? state.outputFrame : frame;
}

export function jump(frames: i32): void {
  const state = desk();
  seek((state.playing || !state.startPending ? state.position : state.startPosition) + frames, -1.0);
}

export function setLoop(from: i32, until: i32): void {
  const state = desk();
  state.loopFrom = from;
  state.loopUntil = until > from ? until : from;
}

/** Whether a start waits for its frame or for a tail to fade. */
@inline
function mustFade(state: State): bool {
  return state.mixPeak > AUDIBLE && state.tailGain > 0.0;
}

/** Begins a pending start whose time has come; true where everything must be put back to its beginning now. */
export function beginStart(): bool {
  const state = desk();
  if (!state.startPending || state.outputFrame < state.startFrame || mustFade(state)) return false;
  const late = state.startNow ? 0 : <i32>(state.outputFrame - state.startFrame);
  state.startPending = 0;
  state.position = state.startPosition + late;
  state.playing = 1;
  state.waiting = 0;
  state.fresh = 1;
  state.level = 0;
  state.ghostLeft = 0;
  state.olderLeft = 0;
  state.tailGain = 1.0;
  return true;
}

/** Makes a pending jump where its time has come: the old place fades out as a ghost, the new one fades in. */
export function beginSeek(): void {
  const state = desk();
  if (!state.seekPending || state.ghostLeft > 0 || state.outputFrame < state.seekFrame) return;
  state.seekPending = 0;
  leave(state);
  state.position = state.seekPosition + <i32>(state.outputFrame - state.seekFrame);
}

/** The longest chunk, at most `frames`, within which nothing of the transport changes its direction. */
export function transportLimit(frames: i32): i32 {
  const state = desk();
  let limit = frames;
  if (state.startPending) {
    const fadeFrom = state.startFrame - <f64>SWITCH_FRAMES;
    if (state.outputFrame < fadeFrom) limit = min(limit, <i32>(fadeFrom - state.outputFrame));
    else {
      if (state.outputFrame < state.startFrame) limit = min(limit, <i32>(state.startFrame - state.outputFrame));
      if (mustFade(state)) limit = min(limit, max(1, <i32>Math.round(state.tailGain * <f64>SWITCH_FRAMES)));
    }
  }
  if (state.seekPending && state.seekFrame > state.outputFrame) limit = min(limit, <i32>(state.seekFrame - state.outputFrame));
  if (state.ghostLeft > 0) limit = min(limit, state.ghostLeft);
  if (state.olderLeft > 0) limit = min(limit, state.olderLeft);
  if (state.playing && state.level < FADE_UNITS && !state.fresh) limit = min(limit, FADE_UNITS - state.level);
  if (state.playing && state.position < state.loopUntil) limit = min(limit, state.loopUntil - state.position);
  return max(limit, 1);
}

/** Where the tails' gain will be after `frames` more frames: down to 0 within 5 ms before a start, back where none comes. */
export function nextTailGain(frames: i32): f64 {
  const state = desk();
  if (!state.startPending) return Math.min(1.0, state.tailGain + <f64>frames / <f64>SWITCH_FRAMES);
  if (state.outputFrame < state.startFrame - <f64>SWITCH_FRAMES) return state.tailGain;
  const next = state.tailGain - <f64>frames / <f64>SWITCH_FRAMES;
  return next < 1e-9 ? 0.0 : next;
}

function allHold(state: State, from: i32, until: i32): bool {
  for (let i = 0; i < state.orderCount; i++) {
    const strip = stripAt(load<i32>(ORDER + (<usize>i << 2)));
    if (strip.kind == STEM && strip.source >= 0 && !sourceHolds(strip.source, from, until)) return false;
  }
  return true;
}

/** Whether every stem has the frames of this chunk and those of a fade after it, across the loop's end. */
function ready(state: State, frames: i32): bool {
  const until = state.position + frames + FADE_UNITS;
  if (state.position >= state.loopUntil || until <= state.loopUntil) return allHold(state, state.position, until);
  return allHold(state, state.position, state.loopUntil) && allHold(state, state.loopFrom, state.loopFrom + until - state.loopUntil);
}

/** Decides whether the transport waits for late data in the coming chunk. */
export function checkReady(frames: i32): void {
  const state = desk();
  if (!state.playing) return;
  let waits = !ready(state, frames);
  if (waits && state.level > 0) {
    if (state.ghostLeft > 0) waits = false;
    else leave(state);
  }
  if (waits && !state.waiting) state.lateEvents++;
  state.waiting = waits ? 1 : 0;
  if (!waits && state.fresh) {
    state.fresh = 0;
    state.level = FADE_UNITS;
  }
}

@inline
function moves(state: State): bool {
  return state.playing != 0 && !state.waiting;
}

/** Adds a place that fades out to a stem. */
function addGhost(source: i32, position: i32, left: i32, frames: i32, into: usize): void {
  if (left == 0) return;
  readSource(source, position, frames, SCRATCH);
  addScaled(SCRATCH, into, frames, <f64>left / <f64>FADE_UNITS, <f64>(left - frames) / <f64>FADE_UNITS);
}

/** Reads a stem for this chunk: from the place, and from those just left. */
export function readStem(source: i32, frames: i32, into: usize): void {
  const state = desk();
  const level = state.level;
  if (!moves(state)) memory.fill(into, 0, <usize>frames << 4);
  else if (level == FADE_UNITS) readSource(source, state.position, frames, into);
  else {
    readSource(source, state.position, frames, SCRATCH);
    memory.fill(into, 0, <usize>frames << 4);
    addScaled(SCRATCH, into, frames, <f64>level / <f64>FADE_UNITS, <f64>(level + frames) / <f64>FADE_UNITS);
  }
  addGhost(source, state.ghostPosition, state.ghostLeft, frames, into);
  addGhost(source, state.olderPosition, state.olderLeft, frames, into);
}

@inline
function meets(segment: i32, from: i32, until: i32): bool {
  return from < (segment + 1) * SEGMENT_FRAMES && until > segment * SEGMENT_FRAMES;
}

/** Whether a segment of the stems is read now, or would be before a fade that began now has ended. Anybody may ask. */
export function segmentSounds(segment: i32): bool {
  const state = desk();
  if (state.playing) {
    const from = state.position;
    const until = from + MAX_BLOCK + FADE_UNITS;
    if (meets(segment, from, until)) return true;
    if (from < state.loopUntil && until > state.loopUntil && meets(segment, state.loopFrom, state.loopFrom + until - state.loopUntil)) return true;
  }
  // Read last: a place becomes the one that fades before it is left.
  if (state.ghostLeft > 0 && meets(segment, state.ghostPosition, state.ghostPosition + state.ghostLeft)) return true;
  return state.olderLeft > 0 && meets(segment, state.olderPosition, state.olderPosition + state.olderLeft);
}

/** Whether nothing plays, is about to, or still fades. */
export function atRest(): bool {
  const state = desk();
  return !state.playing && !state.startPending && state.ghostLeft == 0 && state.olderLeft == 0;
}

/** The song's frame at the start of this chunk, or `NOWHERE` while none sounds. */
export function chunkPosition(): i32 {
  const state = desk();
  return moves(state) ? state.position : NOWHERE;
}

/** Moves on by a chunk. While stopping, the place stays where the stop counted. */
export function advanceTransport(frames: i32): void {
  const state = desk();
  if (moves(state)) {
    state.position += frames;
    if (state.position == state.loopUntil && state.loopUntil > state.loopFrom) state.position = state.loopFrom;
    state.level = min(state.level + frames, FADE_UNITS);
  }
  if (state.ghostLeft > 0) {
    state.ghostLeft -= frames;
    state.ghostPosition += frames;
  }
  if (state.olderLeft > 0) {
    state.olderLeft -= frames;
    state.olderPosition += frames;
  }
}

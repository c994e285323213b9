// A finished song that plays beside the mix, to be compared with it: at this machine's ears alone, never part of the mix.
//
// It follows the song as it is heard: where the mix gives the song's frame n, it gives its own frame n + `offset`, folded into the
// stretch that repeats. Whatever leads elsewhere (a seek, a turn of a loop, another reference, another offset) cross-fades over
// 10 ms. While it is not heard nothing is computed; where its data is late it is silent, and the mix goes on.

import { monitorState, referenceState } from './access';
import { addScaled } from './gain';
import { BUFFER_BYTES, MAX_FRAMES, MAX_SOURCES, REFERENCE, REFERENCE_OUT, SCRATCH } from './layout';
import { latencyNow } from './master';
import { placeAgo } from './places';
import { Reference, Voice, VOICE_LEFT, VOICE_NOW } from './reference-record';
import { readSource, sourceHolds } from './source';
import { NOWHERE } from './state-record';
import { FADE_UNITS } from './transport';
import { decibelsToGain, SWITCH_FRAMES } from './units';

const RIGHT: usize = <usize>MAX_FRAMES << 2;

@inline
function voice(which: usize): Voice {
  return changetype<Voice>(REFERENCE + which);
}

export function initReference(): void {
  const state = referenceState();
  state.gainGoal = 1.0;
  state.nextGain = 1.0;
  state.source = -1;
  state.nextSource = -1;
  rest(voice(VOICE_NOW));
  rest(voice(VOICE_LEFT));
}

function rest(one: Voice): void {
  one.source = -1;
  one.position = NOWHERE;
  one.level = 0;
  one.gain = 1.0;
}

/** `source` −1: none; `offset` in frames; `level` in dB against the mix. It is heard in place of the mix where `on`. */
export function setReference(source: i32, offset: i32, on: bool, level: f64): void {
  const state = referenceState();
  state.nextSource = source >= 0 && source < MAX_SOURCES ? source : -1;
  state.nextOffset = offset;
  state.wanted = on && state.nextSource >= 0 ? 1 : 0;
  if (level > -120.0 && level <= 60.0) state.nextGain = decibelsToGain(level);
}

/** The stretch of the reference, in its own frames, that repeats while the song goes on. */
export function setReferenceLoop(from: i32, until: i32): void {
  const state = referenceState();
  state.nextLoopFrom = max(from, 0);
  state.nextLoopUntil = max(until, state.nextLoopFrom);
}

/** Where a frame of the song lies in a reference. */
@inline
function folded(frame: i32, from: i32, until: i32): i32 {
  const length = until - from;
  if (length <= 0) return frame;
  const within = (frame - from) % length;
  return from + (within < 0 ? within + length : within);
}

@inline
function targetOf(place: i32, offset: i32, from: i32, until: i32): i32 {
  return place == NOWHERE ? NOWHERE : folded(place + offset, from, until);
}

@inline
function isSame(state: Reference): bool {
  const loops = state.loopFrom == state.nextLoopFrom && state.loopUntil == state.nextLoopUntil;
  return loops && state.source == state.nextSource && state.offset == state.nextOffset;
}

function adopt(state: Reference): void {
  state.source = state.nextSource;
  state.offset = state.nextOffset;
  state.loopFrom = state.nextLoopFrom;
  state.loopUntil = state.nextLoopUntil;
  state.gainGoal = state.nextGain;
}

/** What sounds becomes what is left, and fades out; one such at a time, the louder of two. */
function leave(): void {
  const now = voice(VOICE_NOW);
  const left = voice(VOICE_LEFT);
  if (now.level >= left.level) memory.copy(changetype<usize>(left), changetype<usize>(now), offsetof<Voice>());
  now.level = 0;
}

/** How many of the next frames, at most `most`, go on in the song from the one that came out `ago` frames before the last. */
function runOf(ago: i32, most: i32): i32 {
  const first = placeAgo(ago);
  let run = 1;
  while (run < most && placeAgo(ago - run) == (first == NOWHERE ? NOWHERE : first + run)) run++;
  return run;
}

/** Another reference takes over once it is there, so that what sounds goes on till then; at once where nothing sounds. */
function follow(state: Reference, place: i32): void {
  if (state.source == state.nextSource) state.gainGoal = state.nextGain;
  if (isSame(state)) return;
  const now = voice(VOICE_NOW);
  const target = targetOf(place, state.nextOffset, state.nextLoopFrom, state.nextLoopUntil);
  const there = target == NOWHERE || sourceHolds(state.nextSource, target, target + FADE_UNITS);
  if (now.level > 0 && state.nextSource >= 0 && !there) return;
  if (now.level > 0) leave();
  now.position = NOWHERE;
  adopt(state);
}

/** A gain on its way, after `run` more frames. */
function glide(now: f64, goal: f64, run: i32): f64 {
  const next = now + (goal - now) * (1.0 - Math.exp(-(<f64>run) / <f64>SWITCH_FRAMES));
  return Math.abs(next - goal) < 1e-6 ? goal : next;
}

/** Adds `run` frames of a voice to `into`, its fade going to `level` of `FADE_UNITS`. */
function addVoice(one: Voice, into: usize, run: i32, level: i32, gain: f64): void {
  if (one.source >= 0 && one.position != NOWHERE && (one.level > 0 || level > 0)) {
    readSource(one.source, one.position, run, SCRATCH);
    const unit = 1.0 / <f64>FADE_UNITS;
    addScaled(SCRATCH, into, run, one.gain * <f64>one.level * unit, gain * <f64>level * unit);
    one.position += run;
  }
  one.level = level;
  one.gain = gain;
}

/** The frames from the one that came out `ago` before the last, at most `most`, to `into`; returns how many. */
function renderRun(state: Reference, into: usize, ago: i32, most: i32): i32 {
  const place = placeAgo(ago);
  follow(state, place);
  const now = voice(VOICE_NOW);
  const left = voice(VOICE_LEFT);
  const target = targetOf(place, state.offset, state.loopFrom, state.loopUntil);
  let run = runOf(ago, most);
  if (target != NOWHERE && state.loopUntil > state.loopFrom) run = min(run, state.loopUntil - target);
  if (left.level > 0) run = min(run, left.level);
  if (now.level > 0 && now.level < FADE_UNITS) run = min(run, FADE_UNITS - now.level);
  const sounds = state.source >= 0 && target != NOWHERE && sourceHolds(state.source, target, target + run + FADE_UNITS);
  state.late = target != NOWHERE && !sounds ? 1 : 0;
  if (now.level > 0 && (!sounds || target != now.position || now.source != state.source)) leave();
  now.source = state.source;
  now.position = sounds ? target : NOWHERE;
  memory.fill(into, 0, <usize>run << 4);
  if (now.level == 0) now.gain = state.gainGoal;
  // What was not heard yet needs no fade of its own: the ears change over from the mix.
  if (sounds && !state.heard && monitorState().referenceAmount == 0.0) now.level = FADE_UNITS;
  addVoice(now, into, run, sounds ? min(now.level + run, FADE_UNITS) : 0, glide(now.gain, state.gainGoal, run));
  addVoice(left, into, run, max(left.level - run, 0), left.gain);
  // Changes over once there is something to hear; at rest there is nothing to wait for.
  if (state.wanted && (sounds || target == NOWHERE)) state.heard = 1;
  return run;
}

/** The reference as it goes with the chunk that has just been rendered, to frame `at` of its output. */
export function renderReference(frames: i32, at: i32): void {
  const state = referenceState();
  if (!state.wanted) state.heard = 0;
  if (!state.wanted && monitorState().referenceAmount == 0.0) return referenceSilence(frames, at);
  const late = latencyNow();
  const buffer = SCRATCH + BUFFER_BYTES;
  for (let done = 0; done < frames; ) {
    const run = renderRun(state, buffer, late + frames - 1 - done, frames - done);
    write(buffer, run, at + done);
    done += run;
  }
}

function write(buffer: usize, frames: i32, at: i32): void {
  const to = REFERENCE_OUT + (<usize>at << 2);
  for (let i: usize = 0; i < <usize>frames; i++) {
    store<f32>(to + (i << 2), <f32>load<f64>(buffer + (i << 4)));
    store<f32>(to + RIGHT + (i << 2), <f32>load<f64>(buffer + (i << 4), 8));
  }
}

/** Nothing of it, while the desk sleeps or nobody hears it. */
export function referenceSilence(frames: i32, at: i32): void {
  const state = referenceState();
  rest(voice(VOICE_NOW));
  rest(voice(VOICE_LEFT));
  adopt(state);
  state.heard = state.wanted;
  const to = REFERENCE_OUT + (<usize>at << 2);
  memory.fill(to, 0, <usize>frames << 2);
  memory.fill(to + RIGHT, 0, <usize>frames << 2);
}

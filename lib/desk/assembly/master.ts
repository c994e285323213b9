// From the master strip to the mix: limiter, safety, loudness, capture.

import { bufferAt, desk, stripAt } from './access';
import { applyGain } from './gain';
import {
  STRIP_LIMITER_CEILING,
  STRIP_LIMITER_GAIN,
  STRIP_LIMITER_ON,
  STRIP_LIMITER_RELEASE,
} from './generated/parameters';
import { BUFFER_BYTES, LIMITER, MAX_FRAMES, MIX, SCRATCH } from './layout';
import { processLimiter, reductionOf, resetLimiter } from './limiter';
import { LIMITER_DELAY } from './limiter-record';
import { measure, restartLoudness } from './loudness';
import { clearPlaces, LONGEST_AGO, notePlace } from './places';
import { guard } from './safety';
import { NOWHERE, State } from './state-record';
import { observeStrip } from './strip';
import { STRIP_VALUES } from './strip-record';
import { chunkPosition, nextTailGain } from './transport';
import { decibelsToGain } from './units';
import { isOn, valueOf } from './values';

/** Frames from the end of the master strip to the mix. */
export const LATENCY: i32 = LIMITER_DELAY;
const RIGHT: usize = <usize>MAX_FRAMES << 2;

function driveOf(values: usize): f64 {
  return isOn(values, STRIP_LIMITER_ON) ? decibelsToGain(valueOf(values, STRIP_LIMITER_GAIN)) : 1.0;
}

export function resetMaster(): void {
  const state = desk();
  const values = state.master < 0 ? 0 : changetype<usize>(stripAt(state.master)) + STRIP_VALUES;
  resetLimiter(LIMITER, values ? driveOf(values) : 1.0, values ? decibelsToGain(valueOf(values, STRIP_LIMITER_CEILING)) : 1.0);
  restartLoudness();
  state.safetyGain = 1.0;
  clearPlaces();
}

/** Frames from a stem's sample to the mix as the desk is now. */
export function latencyNow(): i32 {
  return min(LATENCY + desk().pathLatency, LONGEST_AGO);
}

/**
 * Notes which frames of the song go in, and tells which come out: captured ones are kept. `at` is the chunk's place in the mix.
 * Returns whether every frame that comes out is of the song.
 */
function followPlaces(frames: i32, at: i32): bool {
  const state = desk();
  let song = true;
  const first = chunkPosition();
  const late = latencyNow();
  for (let i = 0; i < frames; i++) {
    const heard = notePlace(first == NOWHERE ? NOWHERE : first + i, late);
    state.heard = heard == NOWHERE ? NOWHERE : heard + 1;
    if (heard == NOWHERE) song = false;
    const within = heard - state.captureFrom;
    if (heard == NOWHERE || within < 0 || within >= state.captureFrames) continue;
    const to = <usize>(<u32>state.captureAddress) + (<usize>within << 2);
    const from = MIX + (<usize>(at + i) << 2);
    store<f32>(to, load<f32>(from));
    store<f32>(to + (<usize>state.captureFrames << 2), load<f32>(from + RIGHT));
    atomic.store<i32>(changetype<usize>(state), within + 1, offsetof<State>('captureWritten'));
  }
  return song;
}

/** Deepest reduction of the last chunk in dB. */
export function limiterReduction(): f64 {
  return reductionOf(LIMITER);
}

/** The greatest sample of a chunk. */
function peakOf(buffer: usize, frames: i32): f64 {
  let peak = f64x2.splat(0.0);
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) peak = f64x2.pmax(peak, f64x2.abs(v128.load(at)));
  return Math.max(f64x2.extract_lane(peak, 0), f64x2.extract_lane(peak, 1));
}

/** A chunk of the master strip's sound becomes the mix, from its frame `at` on. */
export function processMaster(frames: i32, at: i32): void {
  const state = desk();
  const buffer = SCRATCH + 2 * BUFFER_BYTES;
  if (state.master < 0) {
    memory.fill(buffer, 0, <usize>frames << 4);
    processLimiter(LIMITER, buffer, frames, false, 1.0, 1.0, 100.0);
  } else {
    memory.copy(buffer, bufferAt(state.master), <usize>frames << 4);
    const values = changetype<usize>(stripAt(state.master)) + STRIP_VALUES;
    const ceiling = decibelsToGain(valueOf(values, STRIP_LIMITER_CEILING));
    const release = Math.exp(valueOf(values, STRIP_LIMITER_RELEASE));
    processLimiter(LIMITER, buffer, frames, isOn(values, STRIP_LIMITER_ON), driveOf(values), ceiling, release);
  }
  const goal = nextTailGain(frames);
  applyGain(buffer, frames, state.tailGain, state.tailGain, goal, goal);
  state.tailGain = goal;
  guard(buffer, frames);
  state.mixPeak = peakOf(buffer, frames);
  if (state.master >= 0) observeStrip(state.master, stripAt(state.master), buffer, frames);
  for (let i = 0; i < frames; i++) {
    const from = buffer + (<usize>i << 4);
    const to = MIX + (<usize>(at + i) << 2);
    store<f32>(to, <f32>load<f64>(from));
    store<f32>(to + RIGHT, <f32>load<f64>(from, 8));
  }
  const mix = MIX + (<usize>at << 2);
  const song = followPlaces(frames, at);
  measure(mix, mix + RIGHT, frames, song);
}

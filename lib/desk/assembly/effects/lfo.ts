// A slow wave that belongs to the song: at a frame of it the wave is the same whoever plays it, from wherever it was begun.
//
// While the rate moves, and after a jump of the song, the phase goes on without a step and then glides back to its place.

import { desk } from '../access';
import { LFO_QUARTERS } from '../generated/parameters';
import { NOWHERE } from '../state-record';
import { chunkPosition } from '../transport';
import { SAMPLE_RATE } from '../units';
import { isOn, targetOf, valueOf } from '../values';

/** The rate must have rested for this long (50 ms) before the phase glides, by a share of 1/`GLIDE` each frame. */
const REST: i32 = 2400;
const GLIDE: f64 = 4800.0;
/** So near its place (in cycles) it goes there within the chunk. */
const NEAR: f64 = 1e-4;

@unmanaged
export class Lfo {
  /** The song's frame at the next chunk's beginning; counts on while no song plays. */
  frame: i32;
  /** For how many frames the rate has stayed the same. */
  rested: i32;
  /** Cycles per frame, cycles ahead of the song, and how these change per frame. */
  step: f64;
  offset: f64;
  glide: f64;
}

export const LFO_BYTES: usize = 32;

@inline
function wrapped(cycles: f64): f64 {
  return cycles - Math.floor(cycles + 0.5);
}

/** Hz of a wave that keeps to the tempo or to its own rate. */
export function lfoHertz(values: usize, sync: i32, note: i32, rate: i32): f64 {
  if (!isOn(values, sync)) return Math.exp(valueOf(values, rate));
  return desk().tempo / (60.0 * load<f64>(LFO_QUARTERS + (<usize>targetOf(values, note) << 3)));
}

export function resetLfo(lfo: Lfo, hertz: f64): void {
  const position = chunkPosition();
  lfo.frame = position == NOWHERE ? 0 : position;
  lfo.rested = REST;
  lfo.step = hertz / SAMPLE_RATE;
  lfo.offset = 0.0;
  lfo.glide = 0.0;
}

/** To be called before a chunk. */
export function beginLfo(lfo: Lfo, hertz: f64, frames: i32): void {
  const position = chunkPosition();
  if (position != NOWHERE && position != lfo.frame) {
    lfo.offset = wrapped(lfo.offset + (<f64>lfo.frame - <f64>position) * lfo.step);
    lfo.frame = position;
  }
  const step = hertz / SAMPLE_RATE;
  if (step != lfo.step) {
    lfo.offset = wrapped(lfo.offset + <f64>lfo.frame * (lfo.step - step));
    lfo.step = step;
    lfo.rested = 0;
  }
  if (lfo.offset == 0.0 || lfo.rested < REST) lfo.glide = 0.0;
  else lfo.glide = Math.abs(lfo.offset) < NEAR ? -lfo.offset / <f64>frames : -lfo.offset / GLIDE;
}

/** Cycles since the song's beginning at the chunk's frame `i`. */
@inline
export function cyclesAt(lfo: Lfo, i: i32): f64 {
  return <f64>(lfo.frame + i) * lfo.step + (lfo.offset + lfo.glide * <f64>i);
}

/** To be called after a chunk. */
export function endLfo(lfo: Lfo, frames: i32): void {
  lfo.offset = Math.abs(lfo.offset) < NEAR && lfo.rested >= REST ? 0.0 : lfo.offset + lfo.glide * <f64>frames;
  lfo.frame += frames;
  lfo.rested = min(lfo.rested + frames, REST);
}

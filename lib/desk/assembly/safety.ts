// The last guard before anybody's ears: nothing above full scale, nothing that is not a number, whatever happened before.

import { desk } from './access';
import { SAMPLE_RATE } from './units';

const RELEASE: f64 = 1.0 / (0.05 * SAMPLE_RATE);
/** Below this (−400 dB) is nothing. */
const NOTHING: f64 = 1e-20;

@inline
function safe(x: f64): f64 {
  return Math.abs(x) >= NOTHING ? Math.max(-1.0, Math.min(1.0, x)) : 0.0;
}

/** The mix's guard. */
export function guard(buffer: usize, frames: i32): void {
  const state = desk();
  state.safetyGain = guardWith(state.safetyGain, buffer, frames);
}

/** Brings a chunk within ±1: gain down at once where it must, back in 50 ms. Takes the gain it begins with, returns its last. */
export function guardWith(begin: f64, buffer: usize, frames: i32): f64 {
  let gain = begin;
  const end = buffer + (<usize>frames << 4);
  for (let at = buffer; at < end; at += 16) {
    const left = load<f64>(at);
    const right = load<f64>(at, 8);
    const size = Math.max(Math.abs(left), Math.abs(right));
    if (gain < 1.0) gain = gain > 0.999999 ? 1.0 : gain + RELEASE * (1.0 - gain);
    if (size * gain > 1.0) gain = 1.0 / size;
    store<f64>(at, safe(left * gain));
    store<f64>(at, safe(right * gain), 8);
  }
  return gain == gain && gain > 0.0 ? gain : 1.0;
}

import { align16 } from '../state-record';

export const LINES: i32 = 16;
/** Frames of a line, of the pre-delay, of a diffuser; powers of two. */
export const LINE: i32 = 8192;
export const PRE: i32 = 16_384;
export const DIFFUSER: i32 = 1024;
export const DIFFUSERS: i32 = 4;
/** Early reflections: taps of each side. */
export const TAPS: i32 = 8;
/** A new pre-delay or size is faded to over 20 ms. */
export const FADE: i32 = 960;
/** Below this a state is silence. */
export const QUIET: f32 = 1e-20;

@unmanaged
export class Reverb {
  written: i32;
  /** The pre-delay in frames, the one being left, and how much of that is still heard. */
  time: i32;
  oldTime: i32;
  fadeLeft: i32;
  character: i32;
  mix: f64;
  width: f64;
  level: f64;
  early: f64;
  lowLeft: f64;
  lowRight: f64;
  /** 0 while the character is changed underneath, else 1. */
  presence: f64;
  /** Share of the lines' lengths. */
  size: f64;
  /** Two one-pole filters a side before springs. */
  high0: f64;
  high1: f64;
  high2: f64;
  high3: f64;
}

// Arrays of sixteen: f32 but for the lengths, which are i32; one entry for each line, or each tap of both sides.
export const GAIN: usize = align16(offsetof<Reverb>());
export const OLD_GAIN: usize = GAIN + 64;
export const POLE: usize = OLD_GAIN + 64;
export const OLD_POLE: usize = POLE + 64;
export const STATE: usize = OLD_POLE + 64;
export const INTO_LEFT: usize = STATE + 64;
export const INTO_RIGHT: usize = INTO_LEFT + 64;
export const OUT_LEFT: usize = INTO_RIGHT + 64;
export const OUT_RIGHT: usize = OUT_LEFT + 64;
export const LENGTH: usize = OUT_RIGHT + 64;
export const OLD_LENGTH: usize = LENGTH + 64;
export const TAP_TIME: usize = OLD_LENGTH + 64;
export const OLD_TAP_TIME: usize = TAP_TIME + 64;
export const TAP_GAIN: usize = OLD_TAP_TIME + 64;
/** How far the lines that wander are drawn out now, and by how much more at each frame. */
export const DRAWN: usize = TAP_GAIN + 64;
export const DRAWN_STEP: usize = DRAWN + 16;
/** Lengths of the diffusers of this character. */
export const DIFFUSER_LENGTH: usize = DRAWN_STEP + 16;
export const LINES_AT: usize = align16(DIFFUSER_LENGTH + 32);
/** Rings lie a cache line more than a power of two apart: side by side their ends would push each other out of the cache. */
export const LINE_BYTES: usize = <usize>LINE * 4 + 64;
export const DIFFUSER_BYTES: usize = <usize>DIFFUSER * 4 + 64;
/** Left and right; its first frame lies behind its last once more. */
export const PRE_AT: usize = LINES_AT + <usize>LINES * LINE_BYTES;
export const DIFFUSERS_AT: usize = PRE_AT + <usize>(PRE + 2) * 8;
export const REVERB_BYTES: usize = DIFFUSERS_AT + <usize>(2 * DIFFUSERS) * DIFFUSER_BYTES;

@inline
export function f32At(at: usize, index: i32): f32 {
  return load<f32>(at + (<usize>index << 2));
}

@inline
export function i32At(at: usize, index: i32): i32 {
  return load<i32>(at + (<usize>index << 2));
}

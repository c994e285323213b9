import { FRAME, PEAK_DELAY, PEAK_HISTORY } from './oversample';
import { CHUNK } from './sizes';

/** Frames of the averaging window (2 ms). */
export const WINDOW: i32 = 97;
/** Frames from input to output, whether it limits or not. */
export const LIMITER_DELAY: i32 = PEAK_DELAY + WINDOW - 1;
/** Places of the rings; a power of two above the window. */
export const RING: i32 = 128;

@unmanaged
export class Limiter {
  frame: i32;
  /** Candidates for the minimum: a queue of rising gains with their frames. */
  queueHead: i32;
  queueTail: i32;
  pad: i32;
  released: f64;
  sum: i64;
  drive: f64;
  ceiling: f64;
  reduction: f64;
}

export const QUEUE_GAINS: usize = 64;
export const QUEUE_FRAMES: usize = QUEUE_GAINS + <usize>RING * 8;
export const AVERAGE: usize = QUEUE_FRAMES + <usize>RING * 4;
/** What is still on its way: `LIMITER_DELAY` frames, then the chunk. */
export const LINE: usize = AVERAGE + <usize>RING * 8;
/** The same in f32, of which the peaks between the samples are made: its history, then the chunk. */
export const PEAK_LINE: usize = LINE + <usize>(LIMITER_DELAY + CHUNK) * 16;
/** The peak (f32) at each frame of the chunk, and room for one more frame. */
export const PEAKS: usize = PEAK_LINE + <usize>(PEAK_HISTORY + CHUNK + 1) * FRAME;
export const LIMITER_BYTES: usize = PEAKS + <usize>(CHUNK + 2) * 4;

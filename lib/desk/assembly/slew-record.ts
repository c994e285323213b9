import { align16 } from './state-record';

/** Samples on each side of the place that is read that count towards it. */
export const HALF: i32 = 32;
export const SLEW_TAPS: i32 = 2 * HALF;
/** Places between two samples for which the kernel is kept; between these it is a straight line. */
export const PHASES: i32 = 128;
export const SLEW_KERNEL_BYTES: usize = <usize>(PHASES + 1) * <usize>SLEW_TAPS * 4;

/** How far the output is ahead of its own rate; followed by the line of samples it is read from. */
@unmanaged
export class Slew {
  /** Frames given to the output so far. */
  delivered: f64;
  /** Frames of the desk that were used up more than that; where it is to get, a whole number. */
  slip: f64;
  goal: f64;
  /** `slip` grows by this with each frame of the output. */
  speed: f64;
  /** Where in the line the next frame of the output lies. */
  place: f64;
  /** Frames in the line: the last `HALF` of those given, then those not given yet. */
  length: i32;
  pad: i32;
}

export const SLEW_LINE: usize = align16(offsetof<Slew>());

import { SECTION_BYTES } from './section-record';
import { align16 } from './state-record';

/** Frames of the look-ahead's line: 5 ms and a chunk; a power of two. */
export const PLACES: i32 = 512;
export const LOOK_AHEAD_BYTES: usize = <usize>PLACES << 4;

/** Follows the line of the look-ahead; after it come a high-pass and a low-pass. */
@unmanaged
export class Detector {
  /** Frequencies (logarithms) the filters are made for; 0 while a filter is out. */
  high: f64;
  low: f64;
}

export const LINE: usize = 32;
export const FILTERS: usize = align16(LINE + offsetof<Detector>());
export const DETECTOR_BYTES: usize = FILTERS + 2 * SECTION_BYTES;

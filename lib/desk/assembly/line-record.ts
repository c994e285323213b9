/** Where a line of memory is written and read; see `line.ts`. */
@unmanaged
export class Line {
  /** Where the next frame is written. */
  place: i32;
  /** Frames the line holds, at most its places. */
  held: i32;
  /** The delay heard, the one being left, and for how many frames still. */
  delay: i32;
  oldDelay: i32;
  fadeLeft: i32;
  pad: i32;
}

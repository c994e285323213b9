/** Frames of a tap's ring; a power of two. */
export const TAP_FRAMES: i32 = 16384;
/** How many places of the console can be looked at together. */
export const TAPS: i32 = 6;

export const TAP_BEFORE: i32 = 0;
export const TAP_AFTER: i32 = 1;

/** A strip that somebody looks at, before or after its processing; followed by its last samples, f32, all left, then all right. */
@unmanaged
export class Tap {
  /** −1 for none. */
  strip: i32;
  place: i32;
  written: i32;
  pad: i32;
}

export const TAP_BYTES: usize = offsetof<Tap>() + <usize>TAP_FRAMES * 8;

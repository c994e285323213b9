/** What the whole desk remembers; one of it, at `STATE`. */
@unmanaged
export class State {
  /** Set once the memory has been made ready. */
  magic: i32;
  orderCount: i32;
  master: i32;
  nextOrderCount: i32;
  /** Another order is to count once what leaves its way has faded; see `order.ts`. */
  orderWaits: i32;
  padOrder: i32;

  // operations
  ringHead: i32;
  ringTail: i32;
  ringStaged: i32;
  pendingCount: i32;
  operationsApplied: i32;
  operationsLost: i32;

  // transport
  playing: i32;
  waiting: i32;
  /** Started, but nothing has sounded yet: the first frame comes without a fade. */
  fresh: i32;
  startPending: i32;
  lateEvents: i32;
  position: i32;
  loopFrom: i32;
  loopUntil: i32;
  ghostPosition: i32;
  ghostLeft: i32;
  /** The ghost that a stop found fading; it fades on beside that of the place stopped at. */
  olderPosition: i32;
  olderLeft: i32;
  seekPending: i32;
  seekPosition: i32;
  /** How far the stems are faded in, of `FADE_UNITS`. */
  level: i32;
  seekFrame: f64;
  outputFrame: f64;
  startFrame: f64;
  startPosition: i32;
  /** A start without a frame begins as soon as the tails have faded, exactly at its position. */
  startNow: i32;
  tailGain: f64;
  /** What a meter keeps of its last value over this chunk: of a peak, of a mean square. */
  peakFall: f64;
  meanFall: f64;
  mixPeak: f64;
  /** For how long nothing has played and nothing has rung. */
  quietFrames: i32;

  /** Lanes of automation up to the last one in use. */
  laneCount: i32;
  /** Frames rendered beyond the end of the last block, and where in the mix they lie. */
  carried: i32;
  carriedFrom: i32;
  pad: i32;

  // faults
  invalidEvents: i32;
  invalidStrip: i32;

  // capture
  captureFrom: i32;
  captureFrames: i32;
  captureAddress: i32;
  captureWritten: i32;

  // loudness of strips: whether it is measured, and how far its steps are
  weighing: i32;
  weighFrames: i32;
  weighSteps: i32;

  tempo: f64;
  /** The song's frame that left the mix last; below `NOWHERE` + 1 while none does. */
  heard: i32;
  placesWritten: i32;
  /** Frames from a stem to the end of the master strip. */
  pathLatency: i32;
  /** Of the guard after everything. */
  safetyGain: f64;
}

@inline
export function align16(size: usize): usize {
  return (size + 15) & ~15;
}

/** Positions of frames that come from no place in the song. */
export const NOWHERE: i32 = i32.MIN_VALUE;
export const STATE_BYTES: usize = align16(offsetof<State>());

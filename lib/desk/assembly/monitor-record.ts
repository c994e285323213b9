import { SECTION_BYTES } from './section-record';
import { align16 } from './state-record';

/** Ways to hear part of the range: all of it, lows, mids, highs. */
export const BANDS: i32 = 4;
/** Most filter sections of one of them. */
export const BAND_SECTIONS: i32 = 8;
/** Ways of crossfeed: none, light, medium, strong. */
export const CROSSFEEDS: i32 = 4;

/** Frames of the ring that delays what is listened to alone; a power of two above any latency and a chunk. */
export const LISTEN_RING_FRAMES: i32 = 32768;

export const KEY_NONE: i32 = 0;
export const KEY_OF_GATE: i32 = 1;
export const KEY_OF_COMP: i32 = 2;
export const KEY_OF_INSERT: i32 = 3;

/** What goes to this machine's speakers. Followed by the bands' sections and the crossfeeds' states. */
@unmanaged
export class Monitor {
  gain: f64;
  gainGoal: f64;
  dim: f64;
  dimGoal: f64;
  /** How far the mix is turned down while somebody speaks. */
  dip: f64;
  dipGoal: f64;
  /** Each side out of each side: left from left, left from right, right from left, right from right. */
  leftLeft: f64;
  leftRight: f64;
  rightLeft: f64;
  rightRight: f64;
  leftLeftGoal: f64;
  leftRightGoal: f64;
  rightLeftGoal: f64;
  rightRightGoal: f64;
  /** Shares of the bands and of the crossfeeds; one of each goes to 1. */
  band0: f64;
  band1: f64;
  band2: f64;
  band3: f64;
  cross0: f64;
  cross1: f64;
  cross2: f64;
  cross3: f64;
  band: i32;
  crossfeed: i32;
  /** Somebody listens to strips alone; how far that has replaced the mix. */
  listening: i32;
  listenIdle: i32;
  listenWritten: i32;
  /** The detector whose key is heard, and the one that is to be: what it is (`KEY_…`), and the slot of its strip or insert. */
  keyWhat: i32;
  keySlot: i32;
  wantedKeyWhat: i32;
  wantedKeySlot: i32;
  pad: i32;
  /** How far the key is faded in, and its gain at the end of the last chunk. */
  keyAmount: f64;
  keyGain: f64;
  /** How far the strip at work is faded in, so that what changes underneath is not heard. */
  presence: f64;
  listenAmount: f64;
  /** How far a reference has replaced the mix. */
  referenceAmount: f64;
  safety: f64;
}

export const MONITOR_SECTIONS: usize = align16(offsetof<Monitor>());
/** Of each crossfeed: low-passed left and right, high-shelved left and right, the last left and right. */
export const CROSS_STATE_BYTES: usize = 48;
export const MONITOR_CROSS: usize = MONITOR_SECTIONS + <usize>BANDS * <usize>BAND_SECTIONS * SECTION_BYTES;
export const MONITOR_BYTES: usize = align16(MONITOR_CROSS + <usize>CROSSFEEDS * CROSS_STATE_BYTES);

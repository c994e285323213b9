import { align16 } from './state-record';

export const LISTEN_OFF: i32 = 0;
export const LISTEN_BEFORE: i32 = 1;
export const LISTEN_AFTER: i32 = 2;

/** Steps of 100 ms that a strip's loudness looks back. */
export const WATCH_STEPS: i32 = 30;

/** What is measured and heard of a strip beside the mix: nothing here changes the sound of it. */
@unmanaged
export class Watch {
  /** Where somebody listens to this strip alone: `LISTEN_…`. */
  listen: i32;
  /** How often it went over full scale, and whether it is there now. */
  clips: i32;
  over: i32;
  pad: i32;
  /** How far it is faded in before and after the fader, and the gains at the end of the last chunk. */
  before: f64;
  after: f64;
  beforeGain: f64;
  /** Mean of left × right, as slow as the mean squares. */
  product: f64;
  /** Highest sample since the clips were cleared. */
  highest: f64;
  /** K-weighting: four states, left and right together. */
  stateA: i64;
  stateA2: i64;
  stateB: i64;
  stateB2: i64;
  stateC: i64;
  stateC2: i64;
  stateD: i64;
  stateD2: i64;
  energy: f64;
  momentary: f64;
  shortTerm: f64;
}

export const WATCH_RECENT: usize = align16(offsetof<Watch>());
export const WATCH_BYTES: usize = align16(WATCH_RECENT + <usize>WATCH_STEPS * 8);

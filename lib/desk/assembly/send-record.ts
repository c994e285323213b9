import { SEND_COUNT } from './generated/parameters';
import { Line } from './line-record';
import { align16 } from './state-record';
import { blockBytes } from './values';

/** A send from a strip to an aux; the sends of a strip form a list. Followed by its values. */
@unmanaged
export class Send {
  used: i32;
  leaving: i32;
  /** Made for an order of strips that does not count yet. */
  early: i32;
  from: i32;
  to: i32;
  next: i32;
  /** Gains at the end of the last chunk, before and after the fader. */
  preGain: f64;
  postGain: f64;
  /** 0 before it is heard and once it has left, moving between. */
  presence: f64;
  /** 0 after the fader, 1 before it, moving between. */
  preAmount: f64;
  /** The gain before the fader at the beginning of this chunk. */
  preBefore: f64;
  /** Frames it waits on its way, the memory for it, and for how long it has been silent on leaving. */
  wait: i32;
  waitLine: i32;
  unheard: i32;
}

export const SEND_VALUES: usize = align16(offsetof<Send>());
/** The line of its way. */
export const SEND_WAIT: usize = align16(SEND_VALUES + blockBytes(SEND_COUNT));
export const SEND_BYTES: usize = align16(SEND_WAIT + offsetof<Line>());

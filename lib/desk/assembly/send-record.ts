import { SEND_COUNT } from './generated/parameters';
import { align16 } from './state-record';
import { blockBytes } from './values';

/** A send from a strip to an aux; the sends of a strip form a list. Followed by its values. */
@unmanaged
export class Send {
  used: i32;
  leaving: i32;
  from: i32;
  to: i32;
  next: i32;
  /** Gains at the end of the last chunk, before and after the fader. */
  preGain: f64;
  postGain: f64;
  /** 0 after the fader, 1 before it, moving between. */
  preAmount: f64;
}

export const SEND_VALUES: usize = align16(offsetof<Send>());
export const SEND_BYTES: usize = align16(SEND_VALUES + blockBytes(SEND_COUNT));

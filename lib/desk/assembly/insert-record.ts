import { align16 } from './state-record';
import { blockBytes } from './values';

/** Parameters an insert of any type may have. */
export const INSERT_PARAMETERS: i32 = 64;

/** An effect between a strip's compressor and its pan; its long memory lies where the page allocated it. */
@unmanaged
export class Insert {
  used: i32;
  /** Goes once no chain has it. */
  leaving: i32;
  chained: i32;
  type: i32;
  address: i32;
  /** Frames it has run since it was cleared, at most `WARM`. */
  warmed: i32;
  /** 0 out of the path, 1 in it, moving between. */
  amount: f64;
}

export const INSERT_VALUES: usize = align16(offsetof<Insert>());
export const INSERT_BYTES: usize = align16(INSERT_VALUES + blockBytes(INSERT_PARAMETERS));

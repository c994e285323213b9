import { SHAPER_BYTES_4 } from './shaper';

/** The saturation of one strip: 0 out of the path, 1 in it, moving between. Followed by its shaper. */
@unmanaged
export class Saturation {
  amount: f64;
}

export const SATURATION_SHAPER: usize = 16;
export const SATURATION_BYTES: usize = SATURATION_SHAPER + SHAPER_BYTES_4;

// An effect's own mix, where the effect does not see to it itself.

import { blend } from '../gain';
import { BUFFER_BYTES, SCRATCH } from '../layout';

/** Apart from where inserts keep what came before them. */
export const DRY: usize = SCRATCH + 4 * BUFFER_BYTES;

/** Keeps the sound before an effect, where some of it is to be mixed in. */
export function keepDry(mix: f64, goal: f64, buffer: usize, frames: i32): void {
  if (mix != 1.0 || goal != 1.0) memory.copy(DRY, buffer, <usize>frames << 4);
}

/** Mixes what was kept with the effect, whose part goes from `mix` to `goal`. */
export function mixDry(mix: f64, goal: f64, buffer: usize, frames: i32): void {
  if (mix != 1.0 || goal != 1.0) blend(DRY, buffer, frames, 1.0 - mix, 1.0 - goal);
}

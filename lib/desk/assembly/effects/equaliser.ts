// The strip's six bands as an effect.

import { EQUALISER_BYTES, resetBands, runBands } from '../filters';
import { EQ_EQ_1_ON, EQ_MIX } from '../generated/parameters';
import { Insert } from '../insert-record';
import { valueOf } from '../values';
import { keepDry, mixDry } from './dry';

/** The mix (f64), then the bands. */
const HEAD: usize = 16;
export const EQ_EFFECT_BYTES: usize = HEAD + EQUALISER_BYTES;

export function resetEqualiser(insert: Insert, values: usize): void {
  const at = <usize>(<u32>insert.address);
  memory.fill(at, 0, EQ_EFFECT_BYTES);
  store<f64>(at, valueOf(values, EQ_MIX) / 100.0);
  resetBands(at + HEAD, values, EQ_EQ_1_ON);
}

export function processEqualiserEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = <usize>(<u32>insert.address);
  const mix = load<f64>(at);
  const goal = valueOf(values, EQ_MIX) / 100.0;
  keepDry(mix, goal, buffer, frames);
  runBands(at + HEAD, values, EQ_EQ_1_ON, buffer, frames);
  mixDry(mix, goal, buffer, frames);
  store<f64>(at, goal);
}

// The master's true-peak limiter as an effect.

import { LIMITER_CEILING, LIMITER_GAIN, LIMITER_MIX, LIMITER_RELEASE } from '../generated/parameters';
import { blend } from '../gain';
import { Insert } from '../insert-record';
import { processLimiter, reductionOf, resetLimiter } from '../limiter';
import { LIMITER_BYTES, LIMITER_DELAY } from '../limiter-record';
import { delayChunk, resetLine } from '../line';
import { Line } from '../line-record';
import { align16 } from '../state-record';
import { decibelsToGain } from '../units';
import { valueOf } from '../values';
import { DRY } from './dry';

/** The dry sound is as late as the limited one. */
@unmanaged
class LimiterEffect {
  mix: f64;
}

const LINE_AT: usize = 16;
/** Frames of the dry line: the limiter's delay and a chunk; a power of two. */
const PLACES: i32 = 256;
const RING_AT: usize = LINE_AT + 32;
const LIMITER_AT: usize = RING_AT + (<usize>PLACES << 4);
export const LIMITER_EFFECT_BYTES: usize = LIMITER_AT + align16(LIMITER_BYTES);

@inline
function memoryOf(insert: Insert): usize {
  return <usize>(<u32>insert.address);
}

export function resetLimiterEffect(insert: Insert, values: usize): void {
  const at = memoryOf(insert);
  changetype<LimiterEffect>(at).mix = valueOf(values, LIMITER_MIX) / 100.0;
  resetLine(changetype<Line>(at + LINE_AT), at + RING_AT, PLACES, LIMITER_DELAY);
  resetLimiter(at + LIMITER_AT, decibelsToGain(valueOf(values, LIMITER_GAIN)), decibelsToGain(valueOf(values, LIMITER_CEILING)));
}

export function processLimiterEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = memoryOf(insert);
  const effect = changetype<LimiterEffect>(at);
  delayChunk(changetype<Line>(at + LINE_AT), at + RING_AT, PLACES, LIMITER_DELAY, buffer, DRY, frames);
  const drive = decibelsToGain(valueOf(values, LIMITER_GAIN));
  const ceiling = decibelsToGain(valueOf(values, LIMITER_CEILING));
  processLimiter(at + LIMITER_AT, buffer, frames, true, drive, ceiling, Math.exp(valueOf(values, LIMITER_RELEASE)));
  const goal = valueOf(values, LIMITER_MIX) / 100.0;
  if (effect.mix != 1.0 || goal != 1.0) blend(DRY, buffer, frames, 1.0 - effect.mix, 1.0 - goal);
  effect.mix = goal;
}

export function limiterEffectReduction(insert: Insert): f64 {
  return reductionOf(memoryOf(insert) + LIMITER_AT);
}

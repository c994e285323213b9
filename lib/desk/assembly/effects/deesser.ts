// De-esser: turns down what lies above a frequency, or everything, while there is too much above it.
//
// The sound is split by a crossover whose sides add up flat; what is loud above it sets the gain of the upper side, or of both.

import { clearCompressor } from '../compressor';
import { Compressor } from '../compressor-record';
import {
  DEESSER_FREQ,
  DEESSER_MIX,
  DEESSER_MODE,
  DEESSER_RANGE,
  DEESSER_RELEASE,
  DEESSER_THRESHOLD,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { BUFFER_BYTES, SCRATCH } from '../layout';
import { hearsKeyOf, listenKey } from '../listen';
import { decibelsToGains } from '../logarithm';
import { computeReductions, setTimes, smoothReductions } from '../reductions';
import { trace, tracePeaks } from '../trace';
import { align16 } from '../state-record';
import { SWITCH_FRAMES, toward } from '../units';
import { valueOf } from '../values';
import { moveSplit, part, resetSplit, SPLIT_BYTES } from './crossover';

/** Over the threshold four decibels become one (its logarithm), gently. */
const RATIO: f64 = 1.3862943611198906;
const KNEE: f64 = 6.0;
/** The logarithm of half a millisecond. */
const ATTACK: f64 = -0.6931471805599453;
const HOLD_MS: f64 = 1.0;
const HIGH: usize = SCRATCH + 2 * BUFFER_BYTES;

@unmanaged
class Deesser {
  mix: f64;
  /** 0 split, 1 wide. */
  wide: f64;
}

const SPLIT_AT: usize = align16(offsetof<Deesser>());
const COMP_AT: usize = SPLIT_AT + SPLIT_BYTES;
export const DEESSER_BYTES: usize = align16(COMP_AT + offsetof<Compressor>());

@inline
function memoryOf(insert: Insert): usize {
  return <usize>(<u32>insert.address);
}

export function resetDeesser(insert: Insert, values: usize): void {
  const at = memoryOf(insert);
  const state = changetype<Deesser>(at);
  state.mix = valueOf(values, DEESSER_MIX) / 100.0;
  state.wide = valueOf(values, DEESSER_MODE);
  resetSplit(at + SPLIT_AT, valueOf(values, DEESSER_FREQ));
  clearCompressor(changetype<Compressor>(at + COMP_AT));
}

/** The gain of each frame, by how loud it is above the frequency. */
function traceGains(comp: Compressor, values: usize, frames: i32): void {
  tracePeaks(changetype<usize>(comp) + offsetof<Compressor>('peak'), HIGH, frames, HOLD_MS);
  computeReductions(valueOf(values, DEESSER_THRESHOLD), RATIO, KNEE, frames);
  const most = f64x2.splat(-valueOf(values, DEESSER_RANGE));
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), f64x2.max(v128.load(trace(i)), most));
  setTimes(comp, ATTACK, valueOf(values, DEESSER_RELEASE));
  comp.reduction = smoothReductions(comp, frames);
  for (let i = 0; i < frames; i += 2) v128.store(trace(i), decibelsToGains(v128.load(trace(i))));
}

export function processDeesser(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const at = memoryOf(insert);
  const state = changetype<Deesser>(at);
  part(at + SPLIT_AT, moveSplit(at + SPLIT_AT, valueOf(values, DEESSER_FREQ)), buffer, HIGH, frames);
  if (hearsKeyOf(insert)) listenKey(HIGH, frames);
  traceGains(changetype<Compressor>(at + COMP_AT), values, frames);
  const goal = valueOf(values, DEESSER_MIX) / 100.0;
  const wideGoal = toward(state.wide, valueOf(values, DEESSER_MODE), <f64>frames / <f64>SWITCH_FRAMES);
  const mixStep = (goal - state.mix) / <f64>frames;
  const wideStep = (wideGoal - state.wide) / <f64>frames;
  let mix = state.mix;
  let wide = state.wide;
  for (let i = 0; i < frames; i++) {
    mix += mixStep;
    wide += wideStep;
    const offset = <usize>i << 4;
    const low = v128.load(buffer + offset);
    const high = v128.load(HIGH + offset);
    const down = mix * (load<f64>(trace(i)) - 1.0);
    const highs = f64x2.mul(high, f64x2.splat(1.0 + down));
    v128.store(buffer + offset, f64x2.add(f64x2.mul(low, f64x2.splat(1.0 + wide * down)), highs));
  }
  state.mix = goal;
  state.wide = wideGoal;
}

/** What it would hear, while it is off and somebody listens to that; being switched on clears all of it. */
export function listenToDeesser(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  const split = memoryOf(insert) + SPLIT_AT;
  const low = SCRATCH + BUFFER_BYTES;
  memory.copy(low, buffer, <usize>frames << 4);
  part(split, moveSplit(split, valueOf(values, DEESSER_FREQ)), low, HIGH, frames);
  listenKey(HIGH, frames);
}

export function deesserReduction(insert: Insert): f64 {
  return changetype<Compressor>(memoryOf(insert) + COMP_AT).reduction;
}

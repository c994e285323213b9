// Loudness (ITU-R BS.1770-5; EBU Tech 3341, 3342) and true peak of two channels at 48 kHz.
//
// Energy of the K-weighted signal in steps of 10 ms; momentary (400 ms) and short-term (3 s) loudness after every one, so that
// no maximum is missed between two. Every 100 ms a block for the gated measures goes into histograms 0.01 LU fine that also
// keep the energies, so that hours cost no more memory than seconds.
//
// Only windows that hold nothing but the song are counted: integrated loudness and range rest at a stop and while data is
// late, whatever still rings, and go on with the song. What is played again counts again, until `resetLoudness`.

import { loudnessOf, weighEnergy } from './k-weighting';
import { BUFFER_BYTES, LOUDNESS, SCRATCH } from './layout';
import { forgetHistory, noteHistory } from './loudness-history';
import { FRAME, highestBetween, PEAK_DELAY, PEAK_HISTORY, peaksBetween } from './oversample';
import { CHUNK } from './sizes';

const STEP: i32 = 480;
const MOMENTARY_STEPS: i32 = 40;
const SHORT_STEPS: i32 = 300;
/** Steps between two gated blocks. */
const BLOCK_STEPS: i32 = 10;
/** Places of the ring of steps; a power of two. */
const STEPS: i32 = 512;
/** Absolute gate, and where the histograms begin. */
const GATE: f64 = -70.0;
const BINS: i32 = 8000;
const PER_UNIT: f64 = 100.0;

@unmanaged
class Loudness {
  /** Two K-weighting stages, two states each, left and right together. */
  stateA: i64;
  stateA2: i64;
  stateB: i64;
  stateB2: i64;
  stateC: i64;
  stateC2: i64;
  stateD: i64;
  stateD2: i64;
  energy: f64;
  frames: i32;
  steps: i32;
  /** How many steps in a row have held nothing but the song; whether the present one holds something else. */
  run: i32;
  broken: i32;
  momentary: f64;
  shortTerm: f64;
  momentaryMost: f64;
  integrated: f64;
  range: f64;
  truePeak: f64;
}

const RECENT: usize = (offsetof<Loudness>() + 15) & ~15;
const PEAK_LINE: usize = RECENT + <usize>STEPS * 8;
const HEAD: usize = PEAK_LINE + <usize>(PEAK_HISTORY + CHUNK + 1) * FRAME;
/** Of blocks and of short-term values: counts (u32), then energies (f64). */
const BLOCKS: usize = HEAD;
const SHORTS: usize = BLOCKS + <usize>BINS * 12;
export const LOUDNESS_BYTES: usize = SHORTS + <usize>BINS * 12;

@inline
function meter(): Loudness {
  return changetype<Loudness>(LOUDNESS);
}

/** Forgets everything measured. */
export function resetLoudness(): void {
  memory.fill(LOUDNESS + HEAD, 0, LOUDNESS_BYTES - HEAD);
  forgetHistory();
  const state = meter();
  state.integrated = -Infinity;
  state.momentaryMost = -Infinity;
  state.range = 0.0;
  state.truePeak = 0.0;
}

/** Begins the steps anew, with nothing ringing in the filters; what was counted stays. */
export function restartLoudness(): void {
  const state = meter();
  memory.fill(LOUDNESS, 0, offsetof<Loudness>('energy'));
  memory.fill(LOUDNESS + RECENT, 0, HEAD - RECENT);
  state.energy = 0.0;
  state.frames = 0;
  state.steps = 0;
  state.run = 0;
  state.broken = 0;
  state.momentary = -Infinity;
  state.shortTerm = -Infinity;
}

/** Mean energy of the last `count` steps. */
function recent(state: Loudness, count: i32): f64 {
  let sum = 0.0;
  for (let i = 1; i <= count; i++) sum += load<f64>(LOUDNESS + RECENT + (<usize>((state.steps - i) & (STEPS - 1)) << 3));
  return sum / <f64>count;
}

function note(histogram: usize, loudness: f64, energy: f64): void {
  if (!(loudness >= GATE)) return;
  const bin = min(BINS - 1, <i32>((loudness - GATE) * PER_UNIT));
  const count = histogram + (<usize>bin << 2);
  const energies = histogram + <usize>BINS * 4 + (<usize>bin << 3);
  store<u32>(count, load<u32>(count) + 1);
  store<f64>(energies, load<f64>(energies) + energy);
}

/** Mean energy of what a histogram holds from `bin` on; 0 where it holds nothing. */
function meanFrom(histogram: usize, bin: i32): f64 {
  let count: f64 = 0.0;
  let energy: f64 = 0.0;
  for (let i = bin; i < BINS; i++) {
    count += <f64>load<u32>(histogram + (<usize>i << 2));
    energy += load<f64>(histogram + <usize>BINS * 4 + (<usize>i << 3));
  }
  return count == 0.0 ? 0.0 : energy / count;
}

/** The first bin above a gate `below` LU under the mean of all. */
function relativeGate(histogram: usize, below: f64): i32 {
  const mean = meanFrom(histogram, 0);
  if (mean == 0.0) return 0;
  return max(0, <i32>Math.ceil((loudnessOf(mean) - below - GATE) * PER_UNIT));
}

/** The value below which a share of what a histogram holds from `from` on lies, in LUFS. */
function percentile(histogram: usize, from: i32, count: f64, share: f64): f64 {
  const rank = Math.round((count - 1.0) * share);
  let passed: f64 = 0.0;
  for (let i = from; i < BINS; i++) {
    passed += <f64>load<u32>(histogram + (<usize>i << 2));
    if (passed > rank) return GATE + (<f64>i + 0.5) / PER_UNIT;
  }
  return GATE;
}

function rangeOf(histogram: usize): f64 {
  const gate = relativeGate(histogram, 20.0);
  let count: f64 = 0.0;
  for (let i = gate; i < BINS; i++) count += <f64>load<u32>(histogram + (<usize>i << 2));
  if (count == 0.0) return 0.0;
  return percentile(histogram, gate, count, 0.95) - percentile(histogram, gate, count, 0.1);
}

function endStep(state: Loudness): void {
  store<f64>(LOUDNESS + RECENT + (<usize>(state.steps & (STEPS - 1)) << 3), state.energy / <f64>STEP);
  state.steps++;
  state.energy = 0.0;
  state.frames = 0;
  state.run = state.broken ? 0 : state.run + 1;
  state.broken = 0;
  const block = state.run % BLOCK_STEPS == 0;
  if (state.steps >= MOMENTARY_STEPS) {
    const energy = recent(state, MOMENTARY_STEPS);
    state.momentary = loudnessOf(energy);
    state.momentaryMost = Math.max(state.momentaryMost, state.momentary);
    if (block && state.run >= MOMENTARY_STEPS) {
      note(LOUDNESS + BLOCKS, state.momentary, energy);
      state.integrated = loudnessOf(meanFrom(LOUDNESS + BLOCKS, relativeGate(LOUDNESS + BLOCKS, 10.0)));
    }
  }
  if (state.steps >= SHORT_STEPS) {
    const energy = recent(state, SHORT_STEPS);
    state.shortTerm = loudnessOf(energy);
    if (block && state.run >= SHORT_STEPS) {
      note(LOUDNESS + SHORTS, state.shortTerm, energy);
      state.range = rangeOf(LOUDNESS + SHORTS);
    }
  }
  if (block) noteHistory(state.momentary, state.shortTerm);
}

/** Measures `frames` frames of a file, f32 planar. */
export function measureBlock(left: usize, right: usize, frames: i32): void {
  measure(left, right, frames, true);
}

/** Measures `frames` frames, f32 planar; `counts` tells whether all of them are of the song. */
export function measure(left: usize, right: usize, frames: i32, counts: bool): void {
  for (let from = 0; from < frames; from += CHUNK) {
    const span = min(CHUNK, frames - from);
    const offset = <usize>from << 2;
    measurePeaks(left + offset, right + offset, span);
    let at = 0;
    while (at < span) {
      const state = meter();
      const count = min(span - at, STEP - state.frames);
      weigh(left + offset + (<usize>at << 2), right + offset + (<usize>at << 2), count);
      state.frames += count;
      if (!counts) state.broken = 1;
      if (state.frames == STEP) endStep(state);
      at += count;
    }
  }
}

/** Energy of the K-weighted signal; `frames` at most `CHUNK`. */
function weigh(left: usize, right: usize, frames: i32): void {
  const buffer = SCRATCH + 3 * BUFFER_BYTES;
  for (let i: usize = 0; i < <usize>frames; i++) {
    store<f64>(buffer + (i << 4), <f64>load<f32>(left + (i << 2)));
    store<f64>(buffer + (i << 4), <f64>load<f32>(right + (i << 2)), 8);
  }
  meter().energy += weighEnergy(LOUDNESS + offsetof<Loudness>('stateA'), buffer, frames);
}

/** Looks between `frames` new samples of the line (at most `CHUNK`), two at a time; those behind an odd one are silence. */
function lookBetween(frames: i32): void {
  const line = LOUDNESS + PEAK_LINE;
  store<u64>(line + <usize>(PEAK_HISTORY + frames) * FRAME, 0);
  if (highestBetween(line, frames) > meter().truePeak) {
    let peak = f32x4.splat(<f32>0.0);
    for (let i = 0; i < frames; i += 2) peak = f32x4.pmax(peak, peaksBetween(line + <usize>(PEAK_HISTORY + i + 1) * FRAME));
    peak = f32x4.pmax(peak, v128.shuffle<f32>(peak, peak, 2, 3, 0, 1));
    const most = max(f32x4.extract_lane(peak, 0), f32x4.extract_lane(peak, 1));
    meter().truePeak = Math.max(meter().truePeak, <f64>most);
  }
  memory.copy(line, line + <usize>frames * FRAME, <usize>PEAK_HISTORY * FRAME);
}

/** `frames` at most `CHUNK`. */
function measurePeaks(left: usize, right: usize, frames: i32): void {
  const fresh = LOUDNESS + PEAK_LINE + <usize>PEAK_HISTORY * FRAME;
  for (let i: usize = 0; i < <usize>frames; i++) {
    store<f32>(fresh + i * FRAME, load<f32>(left + (i << 2)));
    store<f32>(fresh + i * FRAME, load<f32>(right + (i << 2)), 4);
  }
  lookBetween(frames);
}

/** Counts the last peak as well, which otherwise waits until as many samples have passed as its interpolation reaches ahead. */
export function finishPeaks(): void {
  memory.fill(LOUDNESS + PEAK_LINE + <usize>PEAK_HISTORY * FRAME, 0, <usize>PEAK_DELAY * FRAME);
  lookBetween(PEAK_DELAY);
}

export function momentary(): f64 {
  return meter().momentary;
}
export function shortTerm(): f64 {
  return meter().shortTerm;
}
export function integrated(): f64 {
  return meter().integrated;
}
export function range(): f64 {
  return meter().range;
}
export function momentaryMost(): f64 {
  return meter().momentaryMost;
}
/** dBTP; −Infinity for silence. */
export function truePeak(): f64 {
  return 20.0 * Math.log10(meter().truePeak);
}

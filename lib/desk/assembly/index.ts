// What the page, the worklet, the workers and Node call. Every instance over the same memory may read; one of them, the
// one that sounds, calls `process`.

import { desk, insertAt, referenceState, stripAt, tapAt, watchAt } from './access';
import { SEGMENT_FRAMES } from './generated/parameters';
import { HEAP, MAX_BLOCK, MAX_FRAMES, MAX_INSERTS, MAX_LANES, MAX_SENDS, MAX_SOURCES, MAX_STRIPS, MIX, OUTPUT, STATE } from './layout';
import { resetLoudness } from './loudness';
import { insertBytesOf } from './insert';
import { LATENCY, latencyNow, resetMaster } from './master';
import { correlationOf } from './meters';
import { initMonitor } from './monitor';
import { initReference } from './reference';
import { LONGEST_WAIT, WAIT_BYTES } from './wait';
import { makeKernel } from './oversample';
import { initSlew, slewAhead } from './slew';
import { effectDetector, effectLatency, effectReduction } from './effects/kinds';
import { compDetectorOf, compReductionOf, gateDetectorOf, gateReductionOf } from './strip-dynamics';
import { MAX_CHAIN } from './strip-record';
import { MAX_SLOTS } from './source-record';
import { clearSource } from './source';
import { SATURATION_LATENCY } from './saturation';
import { DELAY_LINE_BYTES } from './strip-delay';
import { NOWHERE, State } from './state-record';
import { Tap, TAP_FRAMES, TAPS } from './tap-record';

export { Code } from './code';
export { placeDecoded } from './decoded';
export { responseOf as response } from './filters';
export { process } from './console';
export { limiterReduction } from './master';
export { finishPeaks, integrated, measureBlock, momentary, momentaryMost, range, resetLoudness, shortTerm, truePeak } from './loudness';
export { historyAddress, historyEntries, historyWritten } from './loudness-history';
export { publish, stage, taken, withdraw } from './operations';
export { delivered, slewing, slipped } from './slew';
export { setSlot, setSource, slotSegment } from './source';
export { segmentSounds } from './transport';

const MAGIC: i32 = 0x6d697831;

/** Makes fresh memory ready; does nothing where it is ready already. To be called before anybody processes. */
export function init(): void {
  if (atomic.cmpxchg<i32>(STATE, 0, MAGIC, offsetof<State>('magic')) != 0) return;
  const state = desk();
  state.master = -1;
  for (let i = 0; i < TAPS; i++) tapAt(i).strip = -1;
  state.invalidStrip = -1;
  state.tailGain = 1.0;
  initMonitor();
  initSlew();
  initReference();
  state.tempo = 120.0;
  state.heard = NOWHERE;
  for (let i = 0; i < MAX_SOURCES; i++) clearSource(i);
  makeKernel();
  resetLoudness();
  resetMaster();
}

// Constants and addresses
export function constantsEnd(): usize {
  return __heap_base;
}
export function heapBase(): usize {
  return HEAP;
}
export function latency(): i32 {
  return LATENCY;
}
/** The same with the paths before it, as they are now. */
export function latencyWithPaths(): i32 {
  return latencyNow();
}
export function saturationLatency(): i32 {
  return SATURATION_LATENCY;
}
export function waitBytes(): usize {
  return WAIT_BYTES;
}
export function longestWait(): i32 {
  return LONGEST_WAIT;
}
export function segmentFrames(): i32 {
  return SEGMENT_FRAMES;
}
export function delayLineBytes(): usize {
  return DELAY_LINE_BYTES;
}
export function maxStrips(): i32 {
  return MAX_STRIPS;
}
export function maxSources(): i32 {
  return MAX_SOURCES;
}
export function maxSlots(): i32 {
  return MAX_SLOTS;
}
export function maxSends(): i32 {
  return MAX_SENDS;
}
export function maxInserts(): i32 {
  return MAX_INSERTS;
}
export function maxChain(): i32 {
  return MAX_CHAIN;
}
export function insertBytes(type: i32): usize {
  return insertBytesOf(type);
}
export function insertLatency(type: i32): i32 {
  return effectLatency(type);
}
export function insertReduction(index: i32): f64 {
  const insert = insertAt(index);
  return insert.used && insert.amount > 0.0 ? effectReduction(insert) : 0.0;
}
/** The level an insert listens to, dB; −Infinity while it is out or listens to nothing. */
export function insertDetector(index: i32): f64 {
  const insert = insertAt(index);
  return 20.0 * Math.log10(insert.used && insert.amount > 0.0 ? effectDetector(insert) : 0.0);
}
export function insertUsed(index: i32): i32 {
  return insertAt(index).used;
}
export function maxFrames(): i32 {
  return MAX_BLOCK;
}
/** Frames from the left side of the mix (and of the output) to the right one. */
export function sideFrames(): i32 {
  return MAX_FRAMES;
}
export function maxLanes(): i32 {
  return MAX_LANES;
}
/** How many frames beyond the end of the last block are rendered already. */
export function ahead(): i32 {
  return desk().carried + slewAhead();
}
export function mixAddress(): usize {
  return MIX;
}
export function outputAddress(): usize {
  return OUTPUT;
}
export function tapFrames(): i32 {
  return TAP_FRAMES;
}
export function taps(): i32 {
  return TAPS;
}
export function tapAddress(index: i32): usize {
  return changetype<usize>(tapAt(index)) + offsetof<Tap>();
}

// Transport
export function outputFrame(): f64 {
  return desk().outputFrame;
}
export function position(): i32 {
  const state = desk();
  return state.startPending ? state.startPosition : state.seekPending ? state.seekPosition : state.position;
}
export function heardPosition(): i32 {
  return desk().heard;
}
/** Whether a reference is heard, and whether its data is late. */
export function referenceHeard(): i32 {
  return referenceState().heard;
}
export function referenceLate(): i32 {
  return referenceState().late;
}
export function playing(): i32 {
  return desk().playing | desk().startPending;
}
export function waiting(): i32 {
  return desk().waiting;
}
export function lateEvents(): i32 {
  return desk().lateEvents;
}
export function captureWritten(): i32 {
  return atomic.load<i32>(STATE, offsetof<State>('captureWritten'));
}
export function tapWritten(index: i32): i32 {
  return atomic.load<i32>(changetype<usize>(tapAt(index)), offsetof<Tap>('written'));
}
export function invalidEvents(): i32 {
  return desk().invalidEvents;
}
export function invalidStrip(): i32 {
  return desk().invalidStrip;
}
export function operationsLost(): i32 {
  return desk().operationsLost;
}

// Meters
export function stripUsed(index: i32): i32 {
  return stripAt(index).used;
}
export function peakLeft(index: i32): f64 {
  return stripAt(index).peakLeft;
}
export function peakRight(index: i32): f64 {
  return stripAt(index).peakRight;
}
export function rmsLeft(index: i32): f64 {
  return Math.sqrt(stripAt(index).squareLeft);
}
export function rmsRight(index: i32): f64 {
  return Math.sqrt(stripAt(index).squareRight);
}
export function gateReduction(index: i32): f64 {
  return gateReductionOf(stripAt(index));
}
export function compReduction(index: i32): f64 {
  return compReductionOf(stripAt(index));
}
/** What gate and compressor heard, dB; −Infinity while they are out. */
export function gateDetector(index: i32): f64 {
  return 20.0 * Math.log10(gateDetectorOf(stripAt(index)));
}
export function compDetector(index: i32): f64 {
  return 20.0 * Math.log10(compDetectorOf(stripAt(index)));
}
export function clipped(index: i32): i32 {
  return stripAt(index).clipped;
}
export function highest(index: i32): f64 {
  return watchAt(index).highest;
}
export function clips(index: i32): i32 {
  return watchAt(index).clips;
}
export function correlation(index: i32): f64 {
  return correlationOf(index, stripAt(index));
}
export function stripMomentary(index: i32): f64 {
  return desk().weighing ? watchAt(index).momentary : -Infinity;
}
export function stripShortTerm(index: i32): f64 {
  return desk().weighing ? watchAt(index).shortTerm : -Infinity;
}

/** The functions `desk.wasm` exports. All addresses are bytes in its memory, all frames at 48 kHz. */
export interface DeskExports extends WebAssembly.Exports {
  init(): void;
  process(frames: number): void;

  heapBase(): number;
  latency(): number;
  latencyWithPaths(): number;
  waitBytes(): number;
  longestWait(): number;
  saturationLatency(): number;
  segmentFrames(): number;
  delayLineBytes(): number;
  maxStrips(): number;
  maxSources(): number;
  maxSlots(): number;
  maxSends(): number;
  maxInserts(): number;
  maxChain(): number;
  maxFrames(): number;
  sideFrames(): number;
  maxLanes(): number;
  ahead(): number;
  insertBytes(type: number): number;
  insertLatency(type: number): number;
  insertReduction(slot: number): number;
  insertDetector(slot: number): number;
  mixAddress(): number;
  outputAddress(): number;
  tapFrames(): number;
  taps(): number;
  tapAddress(index: number): number;

  stage(code: number, index: number, a: number, b: number, flags: number, value: number, frame: number): number;
  publish(): number;
  withdraw(): void;
  taken(): number;
  operationsLost(): number;
  insertUsed(slot: number): number;

  setSource(source: number, frames: number, channels: number): void;
  setSlot(source: number, slot: number, segment: number, address: number): void;
  slotSegment(source: number, slot: number): number;
  segmentSounds(segment: number): number;
  placeDecoded(address: number, count: number, full: number, gain: number): void;

  outputFrame(): number;
  delivered(): number;
  slipped(): number;
  slewing(): number;
  position(): number;
  heardPosition(): number;
  playing(): number;
  referenceHeard(): number;
  referenceLate(): number;
  waiting(): number;
  lateEvents(): number;
  captureWritten(): number;
  tapWritten(index: number): number;
  invalidEvents(): number;
  invalidStrip(): number;

  stripUsed(slot: number): number;
  peakLeft(slot: number): number;
  peakRight(slot: number): number;
  rmsLeft(slot: number): number;
  rmsRight(slot: number): number;
  gateReduction(slot: number): number;
  compReduction(slot: number): number;
  gateDetector(slot: number): number;
  compDetector(slot: number): number;
  clipped(slot: number): number;
  highest(slot: number): number;
  clips(slot: number): number;
  correlation(slot: number): number;
  stripMomentary(slot: number): number;
  stripShortTerm(slot: number): number;
  response(slot: number, hertz: number): number;

  momentary(): number;
  shortTerm(): number;
  integrated(): number;
  range(): number;
  truePeak(): number;
  limiterReduction(): number;
  momentaryMost(): number;
  historyAddress(): number;
  historyEntries(): number;
  historyWritten(): number;
  resetLoudness(): void;
  finishPeaks(): void;
  measureBlock(left: number, right: number, frames: number): void;
}

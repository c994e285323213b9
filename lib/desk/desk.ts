import type { InsertType } from '../mix';
import type { DeskExports } from './exports';
import { Heap } from './heap';
import { DeskFull, insertTypeNumber, type Operation, stageOperation } from './operation';

/** Frames in one block of Web Audio. `Desk.process` takes any other number up to `layout.maxFrames` too. */
export const BLOCK_FRAMES = 128;

const START_PAGES = 256;
const DEFAULT_MAXIMUM_PAGES = 24_576;

/** Memory for one desk: 16 MB at first, growing up to `maximumBytes` (1.5 GiB). Throws where the platform refuses. */
export function createDeskMemory(maximumBytes = DEFAULT_MAXIMUM_PAGES * 65_536): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: START_PAGES, maximum: Math.floor(maximumBytes / 65_536), shared: true });
}

/** What fits into the desk, and its constants. */
export interface DeskLayout {
  readonly maxStrips: number;
  readonly maxSources: number;
  /** Slots a source can have at most; fewer may be used. */
  readonly maxSlots: number;
  readonly maxSends: number;
  readonly maxInserts: number;
  /** Inserts on one strip. */
  readonly maxChain: number;
  /** Controls that can be automated at once. */
  readonly maxLanes: number;
  readonly maxFrames: number;
  readonly segmentFrames: number;
  /** Places of the console that can be looked at together, and the samples kept of each. */
  readonly taps: number;
  readonly tapFrames: number;
  /** Bytes a strip's delay needs. */
  readonly delayLineBytes: number;
  /** Frames from a stem's sample to the mix where no strip delays; see `Desk.latency`. */
  readonly latency: number;
  /** Memory for a way that waits, and the frames it can wait at most. */
  readonly waitBytes: number;
  readonly longestWait: number;
  /** Frames by which a strip's saturation delays while it is on. */
  readonly saturationLatency: number;
}

/** Levels of a strip after its fader as gains, reductions in dB (0 or less). */
export interface StripLevels {
  peakLeft: number;
  peakRight: number;
  rmsLeft: number;
  rmsRight: number;
  gateReduction: number;
  compReduction: number;
  /** What gate and compressor heard last, dB, falling like a peak; −Infinity while they are out. */
  gateDetector: number;
  compDetector: number;
  clipped: boolean;
  /** Highest sample since `clearClips`, and how often it went over full scale. */
  highest: number;
  clips: number;
  /** Of left and right over 300 ms: 1 the same, 0 unlike or silent, −1 turned round. */
  correlation: number;
  /** LUFS after the fader, renewed every 100 ms; −Infinity for silence and while nobody asks (`weigh`). */
  momentary: number;
  shortTerm: number;
}

/** Loudness of the mix every 100 ms of what was played, oldest first; −Infinity for silence or while unknown. */
export interface LoudnessHistory {
  /** LUFS. */
  readonly momentary: Float32Array;
  readonly shortTerm: Float32Array;
  /** Frame of the song. */
  readonly place: Int32Array;
}

/** Loudness of the mix in LUFS and LU (ITU-R BS.1770-5, EBU Tech 3341, 3342), true peak in dBTP; −Infinity while unknown. */
export interface MixLevels {
  momentary: number;
  shortTerm: number;
  integrated: number;
  range: number;
  truePeak: number;
  limiterReduction: number;
}

/** One view of the desk in `memory`. Any number of them may read; see the door for who may write. */
export class Desk {
  readonly layout: DeskLayout;
  private floats: Float32Array<ArrayBufferLike>;
  private ownHeap: Heap | null = null;

  constructor(
    private readonly wasm: DeskExports,
    readonly memory: WebAssembly.Memory,
  ) {
    wasm.init();
    this.floats = new Float32Array(memory.buffer);
    this.layout = {
      maxStrips: wasm.maxStrips(),
      maxSources: wasm.maxSources(),
      maxSlots: wasm.maxSlots(),
      maxSends: wasm.maxSends(),
      maxInserts: wasm.maxInserts(),
      maxChain: wasm.maxChain(),
      maxLanes: wasm.maxLanes(),
      maxFrames: wasm.maxFrames(),
      segmentFrames: wasm.segmentFrames(),
      taps: wasm.taps(),
      tapFrames: wasm.tapFrames(),
      delayLineBytes: wasm.delayLineBytes(),
      latency: wasm.latency(),
      waitBytes: wasm.waitBytes(),
      longestWait: wasm.longestWait(),
      saturationLatency: wasm.saturationLatency(),
    };
  }

  /** The allocator; only for the one that drives the desk (the page, not the worklet). */
  get heap(): Heap {
    this.ownHeap ??= new Heap(this.memory, this.wasm.heapBase());
    return this.ownHeap;
  }

  /** `length` f32 at `address`, as they lie in memory. Take it anew after memory may have grown. */
  samples(address: number, length: number): Float32Array<ArrayBufferLike> {
    if (this.floats.byteLength < address + 4 * length) this.floats = new Float32Array(this.memory.buffer);
    return this.floats.subarray(address >> 2, (address >> 2) + length);
  }

  // Sound: only the one that sounds

  /** Renders the next `frames`; then `mix` and `output` hold them (during a `slew` the mix holds some more or fewer). */
  process(frames = BLOCK_FRAMES): void {
    this.wasm.process(frames);
  }

  /** The mix of the last `process`, one side (0 left, 1 right): what mixdowns and captures take. */
  mix(side: 0 | 1, frames = BLOCK_FRAMES): Float32Array<ArrayBufferLike> {
    return this.samples(this.wasm.mixAddress() + 4 * side * this.wasm.sideFrames(), frames);
  }

  /** The same after the monitor's level, dim and mono: what goes to the device. */
  output(side: 0 | 1, frames = BLOCK_FRAMES): Float32Array<ArrayBufferLike> {
    return this.samples(this.wasm.outputAddress() + 4 * side * this.wasm.sideFrames(), frames);
  }

  // Operations: only the one that drives

  /**
   * Applies `operations` together at the beginning of the next block, or when their frame comes. Returns a ticket. Throws
   * `DeskFull` where they find no room, for the desk does not run: then it takes none of them.
   */
  write(operations: Iterable<Operation>): number {
    try {
      for (const operation of operations) stageOperation(this.wasm, operation);
    } catch (reason) {
      if (reason instanceof DeskFull) this.wasm.withdraw();
      throw reason;
    }
    return this.wasm.publish();
  }

  /** Whether the operations of a ticket have reached the desk. */
  applied(ticket: number): boolean {
    return this.wasm.taken() >= ticket;
  }

  /** Timed operations that found no room to wait. */
  get operationsLost(): number {
    return this.wasm.operationsLost();
  }

  /** Bytes an insert of a type needs on the heap. */
  insertBytes(type: InsertType): number {
    return this.wasm.insertBytes(insertTypeNumber(type));
  }

  /** Frames by which an insert of a type delays, on or off; its look-ahead, if it has one, comes on top. */
  insertLatency(type: InsertType): number {
    return this.wasm.insertLatency(insertTypeNumber(type));
  }

  /** How far an insert turned down in the last block, dB (0 or less). */
  insertReduction(slot: number): number {
    return this.wasm.insertReduction(slot);
  }

  /** The level a compressor or gate as an insert listens to, dB, falling like a peak; −Infinity for all others, and while it is out. */
  insertDetector(slot: number): number {
    return this.wasm.insertDetector(slot);
  }

  insertUsed(slot: number): boolean {
    return this.wasm.insertUsed(slot) !== 0;
  }

  // Stems: only the one that drives

  /** What a source is; 0 frames: nothing. Beyond its frames there is silence. */
  setSource(source: number, frames: number, channels: 1 | 2): void {
    this.wasm.setSource(source, frames, channels);
  }

  /**
   * Tells that a slot holds `segment`, at `address`: `layout.segmentFrames` f32 of the left, then of the right where there
   * is one; address 0 stands for silence. Before overwriting a slot, wait until what it holds does not sound (`segmentSounds`),
   * set it to segment −1, and leave 20 ms where the desk might read it.
   */
  setSlot(source: number, slot: number, segment: number, address: number): void {
    this.wasm.setSlot(source, slot, segment, address);
  }

  /**
   * Brings `count` samples (an even number) at `address`, as a FLAC decoder left them there, onto the desk's scale, times `gain`: whole
   * numbers divided by 2^(bits − 1). The decoder divides by one less, which is 0.15 of a 16-bit step too much. Exact up to 24 bits.
   */
  placeDecoded(address: number, count: number, bits: number, gain: number): void {
    this.wasm.placeDecoded(address, count, 2 ** (bits - 1), gain);
  }

  /** The segment a slot holds, −1 for none. */
  slotSegment(source: number, slot: number): number {
    return this.wasm.slotSegment(source, slot);
  }

  /** Whether a segment is read now, or would be within a fade that began now: a slot that holds it must be left as it is. */
  segmentSounds(segment: number): boolean {
    return this.wasm.segmentSounds(segment) !== 0;
  }

  // What it tells

  /** Frames rendered since the memory was made: the clock operations are timed by. Up to a chunk `ahead` of what was delivered. */
  get outputFrame(): number {
    return this.wasm.outputFrame();
  }

  /** Frames that `process` has delivered since the memory was made: what the device's own clock counts. */
  get delivered(): number {
    return this.wasm.delivered();
  }

  /** Frames, with fractions, by which the desk is further than it has delivered: what `slew` has brought about. */
  get slipped(): number {
    return this.wasm.slipped();
  }

  /** Frames that the last `slew` still has to go. */
  get slewing(): number {
    return this.wasm.slewing();
  }

  /** Frames rendered, but not delivered by `process` yet. */
  get ahead(): number {
    return this.wasm.ahead();
  }

  /** Frames from a stem's sample to the mix, with the longest path as the desk knows it now. */
  get latency(): number {
    return this.wasm.latencyWithPaths();
  }

  /** The song's frame read next: where a pending start or seek leads, once the desk has heard of it. */
  get position(): number {
    return this.wasm.position();
  }

  /** The song's frame after the last one in the mix (`latency` behind `position`); null while no song sounds. */
  get heard(): number | null {
    const frame = this.wasm.heardPosition();
    return frame === NOWHERE ? null : frame;
  }

  /** True from a start on, even while it waits for its frame or for data. */
  get playing(): boolean {
    return this.wasm.playing() !== 0;
  }

  /** Whether a reference is heard in place of the mix; it begins once its data is there. */
  get referenceHeard(): boolean {
    return this.wasm.referenceHeard() !== 0;
  }

  /** True while the reference's data is late: it is silent, or what sounded before it goes on. */
  get referenceLate(): boolean {
    return this.wasm.referenceLate() !== 0;
  }

  /** True while some stem's data is late, and with it the whole song. */
  get waiting(): boolean {
    return this.wasm.waiting() !== 0;
  }

  /** How often it had to wait while playing, or at a start. */
  get lateEvents(): number {
    return this.wasm.lateEvents();
  }

  /** Frames of the last `capture` that are there. */
  get captured(): number {
    return this.wasm.captureWritten();
  }

  /** Blocks of a strip silenced because they held no numbers, and the strip that did so last (−1: none). */
  get faults(): { readonly count: number; readonly strip: number } {
    return { count: this.wasm.invalidEvents(), strip: this.wasm.invalidStrip() };
  }

  /** Fills `into`; false where the slot has no strip. Peaks fall by 20 dB in 1.7 s, RMS follows in 300 ms. */
  readStrip(slot: number, into: StripLevels): boolean {
    const wasm = this.wasm;
    if (!wasm.stripUsed(slot)) return false;
    into.peakLeft = wasm.peakLeft(slot);
    into.peakRight = wasm.peakRight(slot);
    into.rmsLeft = wasm.rmsLeft(slot);
    into.rmsRight = wasm.rmsRight(slot);
    into.gateReduction = wasm.gateReduction(slot);
    into.compReduction = wasm.compReduction(slot);
    into.gateDetector = wasm.gateDetector(slot);
    into.compDetector = wasm.compDetector(slot);
    into.clipped = wasm.clipped(slot) !== 0;
    into.highest = wasm.highest(slot);
    into.clips = wasm.clips(slot);
    into.correlation = wasm.correlation(slot);
    into.momentary = wasm.stripMomentary(slot);
    into.shortTerm = wasm.stripShortTerm(slot);
    return true;
  }

  readMix(into: MixLevels): void {
    const wasm = this.wasm;
    into.momentary = wasm.momentary();
    into.shortTerm = wasm.shortTerm();
    into.integrated = wasm.integrated();
    into.range = wasm.range();
    into.truePeak = wasm.truePeak();
    into.limiterReduction = wasm.limiterReduction();
  }

  /** The last samples of a tap, both sides as long (at most `layout.tapFrames`), oldest first. Returns how many it ever wrote. */
  readTap(tap: number, left: Float32Array, right: Float32Array): number {
    const size = this.layout.tapFrames;
    const address = this.wasm.tapAddress(tap);
    const written = this.wasm.tapWritten(tap);
    // What has been computed ahead of the block is not heard yet.
    const from = (written - this.wasm.ahead() - left.length) & (size - 1);
    const first = Math.min(left.length, size - from);
    for (const [side, into] of [left, right].entries()) {
      const ring = this.samples(address + 4 * size * side, size);
      into.set(ring.subarray(from, from + first));
      into.set(ring.subarray(0, left.length - first), first);
    }
    return written;
  }

  /** Values of the loudness history since `resetLoudness`; one every 100 ms of song that sounded. */
  get historyLength(): number {
    return this.wasm.historyWritten();
  }

  /** Fills `into` with the values from the one of number `from` on; returns how many. Those of long ago are gone. */
  readHistory(from: number, into: LoudnessHistory): number {
    const { wasm } = this;
    const size = wasm.historyEntries();
    const written = wasm.historyWritten();
    const first = Math.max(from, written - size);
    const count = Math.min(into.place.length, written - first);
    const floats = this.samples(wasm.historyAddress(), 3 * size);
    const places = new Int32Array(floats.buffer, floats.byteOffset, 3 * size);
    for (let n = 0; n < count; n++) {
      const entry = 3 * ((first + n) & (size - 1));
      into.momentary[n] = floats[entry] ?? 0;
      into.shortTerm[n] = floats[entry + 1] ?? 0;
      into.place[n] = places[entry + 2] ?? 0;
    }
    return Math.max(0, count);
  }

  /** Gain in dB at `hertz` of a strip's filters and equaliser, from the very coefficients in use. */
  response(slot: number, hertz: number): number {
    return this.wasm.response(slot, hertz);
  }
}

/** `i32.MIN_VALUE`: the module's word for no place in the song. */
const NOWHERE = -2_147_483_648;

/** A view of the desk in `memory`; makes fresh memory ready. Synchronous, for the worklet's sake. */
export function instantiateDesk(module: WebAssembly.Module, memory: WebAssembly.Memory): Desk {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return new Desk(instance.exports as DeskExports, memory);
}

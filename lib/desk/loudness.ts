import { createDeskMemory } from './desk';
import type { DeskExports } from './exports';

/** Loudness of a whole signal at 48 kHz, ITU-R BS.1770-5; −Infinity for silence. */
export interface LoudnessReport {
  /** LUFS, gated. */
  readonly integrated: number;
  /** Loudness range, LU (EBU Tech 3342). */
  readonly range: number;
  /** dBTP. */
  readonly truePeak: number;
  /** Highest momentary loudness, LUFS. */
  readonly momentaryMax: number;
  /** Momentary loudness (400 ms) after every 100 ms, from the first 400 ms on, LUFS. */
  readonly blocks: Float32Array;
}

/** Frames between two momentary values: 100 ms. */
const STEP = 4800;

/** The same measurement while the signal goes by. */
export interface LoudnessMeter {
  /**
   * The next `frames` of every channel; a whole number of 100 ms (4,800 frames) in every call but the last. Returns the
   * momentary loudness after each 100 ms that had 400 ms behind it.
   */
  add(channels: readonly Float32Array[], frames: number): Float32Array;
  /** What has been heard until now. */
  report(): Omit<LoudnessReport, 'blocks'>;
}

/** A meter for one or two channels at 48 kHz; a mono signal counts as one channel, not as two. */
export function createLoudnessMeter(module: WebAssembly.Module): LoudnessMeter {
  const memory = createDeskMemory(256 * 65_536);
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as DeskExports;
  wasm.init();
  const address = wasm.heapBase();
  const floats = new Float32Array(memory.buffer, address, 2 * STEP);
  let heard = 0;
  return {
    add([left, right], frames) {
      if (!left) throw new Error('Loudness takes one or two channels.');
      const blocks: number[] = [];
      for (let from = 0; from < frames; from += STEP) {
        const count = Math.min(STEP, frames - from);
        floats.set(left.subarray(from, from + count));
        if (right) floats.set(right.subarray(from, from + count), STEP);
        else floats.fill(0, STEP, STEP + count);
        wasm.measureBlock(address, address + 4 * STEP, count);
        heard += count;
        if (count === STEP && heard >= 4 * STEP) blocks.push(wasm.momentary());
      }
      return Float32Array.from(blocks);
    },
    report() {
      wasm.finishPeaks();
      return {
        integrated: wasm.integrated(),
        range: wasm.range(),
        truePeak: wasm.truePeak(),
        momentaryMax: wasm.momentaryMost(),
      };
    },
  };
}

/** Measures one or two channels at 48 kHz; a mono signal counts as one channel, not as two. Throws for other shapes. */
export function measureLoudness(module: WebAssembly.Module, channels: readonly Float32Array[]): LoudnessReport {
  const [left, right] = channels;
  if (!left || channels.length > 2 || (right && right.length !== left.length)) throw new Error('Loudness takes one or two equal channels.');
  const meter = createLoudnessMeter(module);
  const blocks = meter.add(channels, left.length);
  return { ...meter.report(), blocks };
}

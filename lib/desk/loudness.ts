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

const STEP = 4800;

/** Measures one or two channels at 48 kHz; a mono signal counts as one channel, not as two. Throws for other shapes. */
export function measureLoudness(module: WebAssembly.Module, channels: readonly Float32Array[]): LoudnessReport {
  const [left, right] = channels;
  if (!left || channels.length > 2 || (right && right.length !== left.length)) throw new Error('Loudness takes one or two equal channels.');
  const memory = createDeskMemory(256 * 65_536);
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as DeskExports;
  wasm.init();
  const address = wasm.heapBase();
  const floats = new Float32Array(memory.buffer, address, 2 * STEP);
  const blocks: number[] = [];
  for (let from = 0; from < left.length; from += STEP) {
    const count = Math.min(STEP, left.length - from);
    floats.set(left.subarray(from, from + count));
    if (right) floats.set(right.subarray(from, from + count), STEP);
    wasm.measureBlock(address, address + 4 * STEP, count);
    if (count === STEP && from >= 3 * STEP) blocks.push(wasm.momentary());
  }
  return {
    integrated: wasm.integrated(),
    range: wasm.range(),
    truePeak: wasm.truePeak(),
    momentaryMax: wasm.momentaryMost(),
    blocks: Float32Array.from(blocks),
  };
}

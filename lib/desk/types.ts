/**
 * The door of the desk: the same WASM in the audio worklet, in workers and in Node. All of its state lives in one
 * `WebAssembly.Memory`, shared wherever the platform allows, so that the page writes operations and stems into it and
 * reads meters from it without a message.
 */
export interface DeskMemory {
  readonly memory: WebAssembly.Memory;
  /** Byte addresses that the WASM itself told (never written twice in TypeScript). */
  readonly layout: DeskLayout;
}

/** Byte addresses and strides in the desk's memory; made by `deskLayout(instance)` from the WASM's exported functions. */
export interface DeskLayout {
  readonly maxStrips: number;
  readonly maxInserts: number;
  readonly maxSends: number;
  readonly operations: { readonly address: number; readonly capacity: number; readonly head: number; readonly tail: number };
  /** Output of one block: left, right (128 f32 each). */
  readonly output: { readonly left: number; readonly right: number };
  readonly meters: { readonly address: number; readonly stride: number };
  readonly master: { readonly address: number };
  /** Slot table of the sources: for each source its slots' segment numbers and addresses. */
  readonly sources: { readonly address: number; readonly stride: number; readonly slots: number };
  /** First byte free for rings. */
  readonly heap: number;
}

/** Frames in one block of the desk. */
export const BLOCK_FRAMES = 128;
/** Slots of a source's ring: each holds one segment of `SEGMENT_FRAMES` frames. */
export const SOURCE_SLOTS = 3;

/** What the worklet is made with. */
export interface WorkletOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** Told at the first block, and whenever it changes: the context's frame less those the desk has delivered. Any message back ends the worklet. */
export interface FromWorklet {
  readonly offset: number;
}

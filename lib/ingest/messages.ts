import type { MessagePort } from 'node:worker_threads';
import type { Ingested, Recognised } from './pipeline';
import type { IngestLimits } from './source';

/** What a worker is asked to do. */
export interface IngestTask {
  readonly path: string;
  /** The name that the file came with. */
  readonly name: string;
  readonly limits: IngestLimits;
  /** The desk's WASM, for its loudness meter. */
  readonly desk: WebAssembly.Module;
  readonly port: MessagePort;
}

/** Worker → service, through the task's port. */
export type FromWorker =
  | { readonly what: 'recognised'; readonly recognised: Recognised }
  | { readonly what: 'keep'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly what: 'progress'; readonly done: number };

/** Service → worker: one segment is safe, or can't be kept. */
export interface ToWorker {
  readonly kept: boolean;
}

/** A worker's result; a refusal's words are for the user. */
export type IngestAnswer = { readonly ok: true; readonly ingested: Ingested } | { readonly ok: false; readonly refusal: string };

import type { MixdownFormat } from '../types';
import type { RenderRequest } from './render-mix';

/** What the page asks of the render worker, once in its life. */
export interface ToRenderWorker {
  readonly module: WebAssembly.Module;
  readonly request: RenderRequest;
  readonly format: MixdownFormat;
}

export type FromRenderWorker =
  /** The next bytes of the file, and the share of it that is done, 0…1. */
  | { readonly did: 'piece'; readonly bytes: Uint8Array<ArrayBuffer>; readonly done: number }
  | { readonly did: 'all'; readonly integrated: number; readonly truePeak: number }
  | { readonly did: 'fail'; readonly why: string };

import type { RenderRequest } from './render-mix';
import type { MixdownOrder, WrittenLevels } from './write-mixdown';

/** What the page asks of the render worker, once in its life: a file, or only how loud it would be. */
export type ToRenderWorker = { readonly module: WebAssembly.Module } & (
  | ({ readonly do: 'mixdown' } & MixdownOrder)
  | { readonly do: 'measure'; readonly request: RenderRequest }
);

export type FromRenderWorker =
  /** The next bytes of the file. */
  | { readonly did: 'piece'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The share of the work that is done, 0…1. */
  | { readonly did: 'part'; readonly done: number }
  | ({ readonly did: 'all' } & WrittenLevels)
  | { readonly did: 'fail'; readonly why: string };

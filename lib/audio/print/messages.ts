import type { PrintRequest } from './print-mix';

/** What the page asks of the print worker, once in its life. */
export interface ToPrintWorker extends PrintRequest {
  readonly module: WebAssembly.Module;
}

export type FromPrintWorker = { readonly did: 'print'; readonly print: string } | { readonly did: 'fail'; readonly why: string };

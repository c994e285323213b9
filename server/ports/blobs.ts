import type { Readable } from 'node:stream';

/** Files by key: `a/b/c`, characters a-z A-Z 0-9 . _ - and / only. Immutable once put. */
export interface Blobs {
  /** Durable when it resolves. */
  put(key: string, bytes: Uint8Array | Readable): Promise<void>;
  /** Bytes `start`…`end` (inclusive) or all; null when there is no such blob. */
  get(key: string, range?: { start: number; end: number }): Promise<{ readonly size: number; readonly body: Readable } | null>;
  has(key: string): Promise<boolean>;
  /** Every key that begins so, sorted within each folder. */
  list(prefix: string): AsyncIterable<string>;
  /** One blob, or everything below a folder: `a/b` removes `a/b` and `a/b/…`, not `a/bc`. Nothing there is no error. */
  remove(prefix: string): Promise<void>;
}

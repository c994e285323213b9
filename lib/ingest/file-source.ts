import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from './source';

/** A file on this machine as a source; `close` it when done. */
export function openFileSource(path: string, name: string): ByteSource & { close(): void } {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    name,
    size,
    path,
    read(at, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(file, bytes, filled, bytes.length - filled, at + filled);
        if (count === 0) return bytes.slice(0, filled);
        filled += count;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}

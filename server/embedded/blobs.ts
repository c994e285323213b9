import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Blobs, checkedKey } from '../ports';

/** Files being written lie here, outside of every key, and are only renamed into place when they are whole. */
const WORKSHOP = '.partial';

/** Blobs as files below `folder`. */
export function fileBlobs(folder: string): Blobs {
  const pathOf = (key: string): string => join(folder, checked(key));
  return {
    async put(key, bytes) {
      const target = pathOf(key);
      const partial = join(folder, WORKSHOP, randomUUID());
      await mkdir(dirname(partial), { recursive: true });
      try {
        await writeDurably(partial, bytes);
        await mkdir(dirname(target), { recursive: true });
        await rename(partial, target);
        await syncFolders(folder, dirname(target));
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    async get(key, range) {
      const path = pathOf(key);
      const size = await fileSize(path);
      if (size === null) return null;
      return { size, body: createReadStream(path, range) };
    },
    has: async (key) => (await fileSize(pathOf(key))) !== null,
    async *list(prefix) {
      if (prefix !== '') checked(prefix.replace(/\/$/, ''));
      const from = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : '';
      for await (const key of walk(folder, from)) if (key.startsWith(prefix)) yield key;
    },
    async remove(prefix) {
      const path = pathOf(prefix.replace(/\/$/, ''));
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Throws on what is no key, and on what would lead into the workshop. */
function checked(key: string): string {
  if (key.split('/')[0] === WORKSHOP) throw new Error(`Not a blob key: ${JSON.stringify(key.slice(0, 80))}`);
  return checkedKey(key);
}

async function writeDurably(path: string, bytes: Uint8Array | Readable): Promise<void> {
  const file = await open(path, 'wx');
  try {
    if (bytes instanceof Uint8Array) await writeAll(file, bytes);
    else for await (const chunk of bytes) await writeAll(file, chunk as Uint8Array);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let from = 0;
  while (from < bytes.length) from += (await file.write(bytes, from)).bytesWritten;
}

/** A new name is durable only once the folder that holds it is; so is a new folder. */
async function syncFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at.length >= root.length; at = dirname(at)) {
    const handle = await open(at, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (at === root) return;
  }
}

async function fileSize(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function* walk(root: string, under: string): AsyncIterable<string> {
  const entries = await readdir(join(root, under), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (under === '' && entry.name === WORKSHOP) continue;
    const key = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, key);
    else yield key;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

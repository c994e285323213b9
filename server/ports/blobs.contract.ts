import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { Blobs } from './blobs';

/** What every implementation of `Blobs` does. `open` makes an empty one. */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  const bytesOf = async (blobs: Blobs, key: string, range?: { start: number; end: number }) => {
    const found = await blobs.get(key, range);
    return found === null ? null : [...(await buffer(found.body))];
  };
  const keys = async (blobs: Blobs, prefix: string) => {
    const found: string[] = [];
    for await (const key of blobs.list(prefix)) found.push(key);
    return found.sort();
  };

  describe(`blobs: ${name}`, () => {
    test('what was put is got back, from bytes and from a stream', async () => {
      const blobs = await open();
      await blobs.put('a/b/one.bin', Uint8Array.of(1, 2, 3));
      await blobs.put('a/b/two.bin', Readable.from([Uint8Array.of(4), Uint8Array.of(5, 6)]));
      expect(await bytesOf(blobs, 'a/b/one.bin')).toEqual([1, 2, 3]);
      expect(await bytesOf(blobs, 'a/b/two.bin')).toEqual([4, 5, 6]);
      expect((await blobs.get('a/b/two.bin'))?.size).toBe(3);
    });

    test('a range includes both ends, and the size told is that of the whole', async () => {
      const blobs = await open();
      await blobs.put(
        'r',
        Uint8Array.from({ length: 100 }, (_, index) => index),
      );
      expect(await bytesOf(blobs, 'r', { start: 10, end: 12 })).toEqual([10, 11, 12]);
      const part = await blobs.get('r', { start: 98, end: 99 });
      expect(part?.size).toBe(100);
      expect([...(await buffer(part?.body ?? Readable.from([])))]).toEqual([98, 99]);
    });

    test('a missing blob is null, and a folder is no blob', async () => {
      const blobs = await open();
      await blobs.put('folder/in/it', new Uint8Array(1));
      expect(await blobs.get('nothing')).toBeNull();
      expect(await blobs.get('folder/in')).toBeNull();
      expect(await blobs.get('folder/in/it/deeper')).toBeNull();
      expect(await blobs.has('folder/in')).toBe(false);
      expect(await blobs.has('folder/in/it')).toBe(true);
    });

    test('an empty blob is a blob', async () => {
      const blobs = await open();
      await blobs.put('empty', new Uint8Array(0));
      expect(await bytesOf(blobs, 'empty')).toEqual([]);
    });

    test('a put that fails half-way leaves nothing, and what was there before stays', async () => {
      const blobs = await open();
      async function* broken() {
        yield Uint8Array.of(9);
        throw new Error('the upload broke');
      }
      await expect(blobs.put('new', Readable.from(broken()))).rejects.toThrow('the upload broke');
      expect(await blobs.has('new')).toBe(false);
      await blobs.put('kept', Uint8Array.of(1));
      await expect(blobs.put('kept', Readable.from(broken()))).rejects.toThrow('the upload broke');
      expect(await bytesOf(blobs, 'kept')).toEqual([1]);
      expect(await keys(blobs, '')).toEqual(['kept']);
    });

    test('list gives the keys that begin with the prefix', async () => {
      const blobs = await open();
      for (const key of ['s/1/a', 's/1/b', 's/10/a', 't']) await blobs.put(key, Uint8Array.of(0));
      expect(await keys(blobs, 's/1/')).toEqual(['s/1/a', 's/1/b']);
      expect(await keys(blobs, 's/1')).toEqual(['s/1/a', 's/1/b', 's/10/a']);
      expect(await keys(blobs, '')).toEqual(['s/1/a', 's/1/b', 's/10/a', 't']);
      expect(await keys(blobs, 'none/')).toEqual([]);
    });

    test('remove takes a blob or a whole folder, never a neighbour with a longer name', async () => {
      const blobs = await open();
      for (const key of ['s/1/a', 's/1/b', 's/10/a', 't']) await blobs.put(key, Uint8Array.of(0));
      await blobs.remove('s/1');
      await blobs.remove('t');
      await blobs.remove('never/was');
      expect(await keys(blobs, '')).toEqual(['s/10/a']);
    });

    test.each(['', '/a', 'a/', '../a', 'a/../b', 'a//b', 'a b', 'ä', 'a\\b', '.', 'a\0'])('the key %j is refused', async (key) => {
      const blobs = await open();
      await expect(blobs.put(key, Uint8Array.of(1))).rejects.toThrow('Not a blob key');
      await expect(blobs.get(key)).rejects.toThrow('Not a blob key');
    });
  });
}

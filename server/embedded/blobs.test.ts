import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { blobsContract } from '../ports/blobs.contract';
import { fileBlobs } from './blobs';

const made: string[] = [];
const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'blobs-'));
  made.push(path);
  return path;
};
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

blobsContract('files', async () => fileBlobs(await folder()));

test('a failed put leaves no file behind', async () => {
  const path = await folder();
  const failing = new Readable({ read: () => failing.destroy(new Error('gone')) });
  await expect(fileBlobs(path).put('a', failing)).rejects.toThrow('gone');
  expect(await readdir(join(path, '.partial'))).toEqual([]);
});

test('the workshop of half-written files is no key', async () => {
  await expect(fileBlobs(await folder()).get('.partial/x')).rejects.toThrow('Not a blob key');
});

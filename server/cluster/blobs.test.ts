import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { blobsContract } from '../ports/blobs.contract';
import { s3Blobs } from './blobs';
import { S3_TEST_KEY } from './s3.fixture';
import { s3Environment } from './test-databases.fixture';

async function emptyBucket() {
  const { S3_ENDPOINT: endpoint = '', S3_BUCKET: bucket = '' } = await s3Environment();
  const blobs = s3Blobs({ endpoint, bucket, region: 'us-east-1', accessKeyId: S3_TEST_KEY, secretAccessKey: S3_TEST_KEY });
  await blobs.prepare();
  return blobs;
}

blobsContract('S3', emptyBucket);

const MEGABYTE = 1024 * 1024;
async function* megabytes(count: number) {
  for (let index = 0; index < count; index++) yield new Uint8Array(MEGABYTE).fill(index);
}

test('a stream of more than one part comes back byte by byte, and in ranges over the seam', async () => {
  const blobs = await emptyBucket();
  await blobs.put('long', Readable.from(megabytes(37)));
  const whole = createHash('sha256');
  for await (const chunk of megabytes(37)) whole.update(chunk);
  const found = await blobs.get('long');
  expect(found?.size).toBe(37 * MEGABYTE);
  expect(
    createHash('sha256')
      .update(await buffer(found?.body ?? Readable.from([])))
      .digest('hex'),
  ).toBe(whole.digest('hex'));
  const seam = await blobs.get('long', { start: 16 * MEGABYTE - 1, end: 16 * MEGABYTE });
  expect([...(await buffer(seam?.body ?? Readable.from([])))]).toEqual([15, 16]);
});

test('a stream that breaks after its first part leaves nothing', async () => {
  const blobs = await emptyBucket();
  async function* broken() {
    yield* megabytes(33);
    throw new Error('the line was cut');
  }
  await expect(blobs.put('long', Readable.from(broken()))).rejects.toThrow('the line was cut');
  expect(await blobs.has('long')).toBe(false);
});

test('more keys than fit in one answer are listed, and removed', async () => {
  const blobs = await emptyBucket();
  const names = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
  for (let from = 0; from < names.length; from += 50) {
    await Promise.all(names.slice(from, from + 50).map((name) => blobs.put(name, Uint8Array.of(1))));
  }
  await blobs.put('manyfold', Uint8Array.of(1));
  const all = async () => {
    const found: string[] = [];
    for await (const key of blobs.list('')) found.push(key);
    return found;
  };
  expect(await all()).toEqual([...names, 'manyfold']);
  await blobs.remove('many');
  expect(await all()).toEqual(['manyfold']);
});

test('a bucket is made by whoever comes first', async () => {
  const { S3_ENDPOINT: endpoint = '', S3_BUCKET: bucket = '' } = await s3Environment();
  const key = { region: 'us-east-1', accessKeyId: S3_TEST_KEY, secretAccessKey: S3_TEST_KEY };
  const both = [s3Blobs({ endpoint, bucket, ...key }), s3Blobs({ endpoint, bucket, ...key })];
  await expect(both[0]?.check()).rejects.toThrow('404');
  await Promise.all(both.map((blobs) => blobs.prepare()));
  await both[0]?.check();
});

test('a storage that does not answer is an error that says so', async () => {
  const blobs = s3Blobs({ endpoint: 'http://127.0.0.1:1', bucket: 'b', region: 'r', accessKeyId: 'a', secretAccessKey: 's' });
  await expect(blobs.put('a', Uint8Array.of(1))).rejects.toThrow('The storage does not answer (PUT a)');
});

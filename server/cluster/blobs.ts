import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Blobs, checkedKey } from '../ports';
import { putInParts } from './multipart';
import { type AskS3, type S3Settings, s3Requests } from './s3-requests';
import { escaped, textsOf } from './xml';

/** Who asks whether all is well does not wait long. */
const CHECK_MS = 3000;
/** S3 removes at most so many in one request. */
const REMOVED_AT_ONCE = 1000;

export interface S3Blobs extends Blobs {
  /** Makes the bucket unless it is there. */
  prepare(): Promise<void>;
  /** Rejects when the bucket cannot be reached. */
  check(): Promise<void>;
}

/** Blobs as objects of a bucket. An object is there when it is whole, or not at all: so S3 itself promises. */
export function s3Blobs(settings: S3Settings): S3Blobs {
  const ask = s3Requests(settings);
  return {
    async prepare() {
      const found = await ask({ method: 'HEAD', key: '' }, [404]);
      // Of two instances that make it at once, the second is told that it is there.
      if (found.status === 404) await done(ask({ method: 'PUT', key: '' }, [409]));
    },
    check: () => done(ask({ method: 'HEAD', key: '', patience: CHECK_MS })),
    async put(key, bytes) {
      checkedKey(key);
      if (bytes instanceof Uint8Array) await done(ask({ method: 'PUT', key, body: bytes }));
      else await putInParts(ask, key, bytes);
    },
    async get(key, range) {
      checkedKey(key);
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await ask({ method: 'GET', key, headers }, [404]);
      if (answer.status === 404) {
        await answer.body?.cancel();
        return null;
      }
      const whole = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? answer.headers.get('content-length');
      const body = answer.body ? Readable.fromWeb(answer.body as ReadableStream<Uint8Array>) : Readable.from([]);
      return { size: Number(whole), body };
    },
    async has(key) {
      const answer = await ask({ method: 'HEAD', key: checkedKey(key) }, [404]);
      return answer.ok;
    },
    list(prefix) {
      if (prefix !== '') checkedKey(prefix.replace(/\/$/, ''));
      return list(ask, prefix);
    },
    async remove(prefix) {
      const key = checkedKey(prefix.replace(/\/$/, ''));
      await done(ask({ method: 'DELETE', key }, [404]));
      let keys: string[] = [];
      for await (const found of list(ask, `${key}/`)) {
        keys.push(found);
        if (keys.length < REMOVED_AT_ONCE) continue;
        await removeAll(ask, keys);
        keys = [];
      }
      if (keys.length > 0) await removeAll(ask, keys);
    },
  };
}

async function done(answer: Promise<Response>): Promise<void> {
  await (await answer).body?.cancel();
}

/** By the older of S3's two ways, in which the place to go on from is a key: every storage has it. */
async function* list(ask: AskS3, prefix: string): AsyncIterable<string> {
  let marker = '';
  for (;;) {
    const xml = await (await ask({ method: 'GET', key: '', query: { prefix, marker } })).text();
    const keys = textsOf(xml, 'Key');
    yield* keys;
    marker = keys.at(-1) ?? '';
    if (textsOf(xml, 'IsTruncated')[0] !== 'true' || marker === '') return;
  }
}

async function removeAll(ask: AskS3, keys: readonly string[]): Promise<void> {
  const objects = keys.map((key) => `<Object><Key>${escaped(key)}</Key></Object>`).join('');
  const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects}</Delete>`);
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64'), 'content-type': 'application/xml' };
  const xml = await (await ask({ method: 'POST', key: '', query: { delete: '' }, headers, body })).text();
  const [refused] = textsOf(xml, 'Error');
  if (refused !== undefined) throw new Error(`The storage did not remove everything: ${refused.slice(0, 300)}`);
}

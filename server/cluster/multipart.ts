import type { Readable } from 'node:stream';
import type { AskS3 } from './s3-requests';
import { escaped, textsOf } from './xml';

/** S3 takes at most 10,000 parts: this makes 160 GB. One part is held in memory. */
const PART_BYTES = 16 * 1024 * 1024;

/** Writes a stream of any length as one object. When it fails nothing is there, and the storage keeps no parts of it. */
export async function putInParts(ask: AskS3, key: string, stream: Readable): Promise<void> {
  const parts = inParts(stream);
  const { value: first = new Uint8Array(0) } = await parts.next();
  const { value: second } = await parts.next();
  if (second === undefined) {
    await (await ask({ method: 'PUT', key, body: first })).body?.cancel();
    return;
  }
  const begun = await (await ask({ method: 'POST', key, query: { uploads: '' } })).text();
  const [uploadId] = textsOf(begun, 'UploadId');
  if (uploadId === undefined) throw new Error(`The storage began no upload of ${key}: ${begun.slice(0, 300)}`);
  try {
    const tags: string[] = [];
    const send = async (body: Uint8Array): Promise<void> => {
      const answer = await ask({ method: 'PUT', key, query: { partNumber: String(tags.length + 1), uploadId }, body });
      await answer.body?.cancel();
      tags.push(answer.headers.get('etag') ?? '');
    };
    await send(first);
    await send(second);
    for await (const part of parts) await send(part);
    await complete(ask, key, uploadId, tags);
  } catch (error) {
    // The reason matters more than what is left behind, which a lifecycle rule of the bucket takes away.
    await ask({ method: 'DELETE', key, query: { uploadId } }, [404]).catch(() => {});
    throw error;
  }
}

async function complete(ask: AskS3, key: string, uploadId: string, tags: readonly string[]): Promise<void> {
  const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`).join('');
  const body = Buffer.from(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`);
  const headers = { 'content-type': 'application/xml' };
  const answer = await (await ask({ method: 'POST', key, query: { uploadId }, headers, body })).text();
  // S3 answers 200 before it is done, and may then still say that it failed.
  if (!answer.includes('<CompleteMultipartUploadResult')) throw new Error(`The storage did not keep ${key}: ${answer.slice(0, 300)}`);
}

/** The stream cut into parts of equal size, the last one aside. */
async function* inParts(stream: Readable): AsyncGenerator<Uint8Array, undefined> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    let rest = chunk as Uint8Array;
    while (bytes + rest.length >= PART_BYTES) {
      const cut = PART_BYTES - bytes;
      yield Buffer.concat([...gathered, rest.subarray(0, cut)]);
      gathered = [];
      bytes = 0;
      rest = rest.subarray(cut);
    }
    if (rest.length > 0) gathered.push(rest);
    bytes += rest.length;
  }
  if (bytes > 0) yield Buffer.concat(gathered);
}

import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Asked once, and for so many milliseconds. */
  readonly patience?: number;
}

/** Asks the storage. Rejects with what it says, unless its status is one of `expected`. */
export type AskS3 = (request: S3Request, expected?: readonly number[]) => Promise<Response>;

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 100;

/** Signed requests to one bucket, addressed by path, as every S3-compatible storage understands it. What may pass is tried again. */
export function s3Requests(settings: S3Settings): AskS3 {
  const { accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const base = `${settings.endpoint.replace(/\/+$/, '')}/${settings.bucket}`;

  async function once({ method, key, query, headers, body, patience }: S3Request): Promise<Response> {
    const url = new URL(key === '' ? base : `${base}/${key}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const bytes = body === undefined ? undefined : new Uint8Array(body);
    // With it the storage refuses what did not arrive as it was sent.
    const sum = createHash('sha256')
      .update(bytes ?? '')
      .digest('hex');
    return await client.fetch(url, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': sum },
      ...(bytes === undefined ? {} : { body: bytes }),
      ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
    });
  }

  return async (request, expected = []) => {
    const most = request.patience === undefined ? ATTEMPTS : 1;
    for (let attempt = 1; ; attempt++) {
      const answer = await once(request).catch((error: unknown) => {
        if (attempt === most) throw new Error(`The storage does not answer (${request.method} ${request.key})`, { cause: error });
        return null;
      });
      if (answer?.ok || expected.includes(answer?.status ?? 0)) return answer as Response;
      const passes = answer === null || answer.status >= 500 || answer.status === 429;
      if (!passes || attempt === most) {
        throw new Error(`The storage refused ${request.method} ${request.key}: ${answer?.status} ${(await answer?.text())?.slice(0, 300)}`);
      }
      await answer?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random())));
    }
  };
}

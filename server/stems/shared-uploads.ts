import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import type { Blobs } from '../ports';
import type { Database } from '../sql/database';
import { PartsStore } from './parts-store';
import { UPLOAD_EXPIRES_MS, type UploadStore } from './upload-store';
import { uploadRows } from './uploads-repository';

/** What nobody has renewed for this long is free: its instance has ended. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** A stem is there a moment before its upload is. */
const BEGINNING_MS = 60_000;

interface Needs {
  readonly kysely: Kysely<Database>;
  readonly blobs: Blobs;
  readonly now: () => number;
  /** A lease could not be renewed. */
  readonly onError: (error: unknown, stemId: string) => void;
}

/** Uploads that any instance may go on with: parts among the blobs, their order in the database. */
export function sharedUploads({ kysely, blobs, now, onError }: Needs): UploadStore {
  const rows = uploadRows(kysely);
  const datastore = new PartsStore(rows, blobs, now);
  return {
    datastore,
    local: false,
    async arrival({ id, created_at }) {
      const row = await rows.find(id);
      if (!row) return created_at + BEGINNING_MS > now() ? 'coming' : 'gone';
      if (row.leased_until !== null && row.leased_until > now()) return 'coming';
      // The body of one request, whose instance has ended.
      if (row.size === null) return 'gone';
      if (row.received === row.size) return 'whole';
      return row.created_at + UPLOAD_EXPIRES_MS > now() ? 'coming' : 'gone';
    },
    async missing(stemId) {
      const row = await rows.find(stemId);
      return (row?.size ?? 0) - (row?.received ?? 0);
    },
    async stage(stemId, path) {
      const parts = await rows.parts(stemId);
      async function* all(): AsyncGenerator<Uint8Array> {
        for (const { blob } of parts) {
          const part = await blobs.get(blob);
          if (part === null) throw new Error(`A part of the upload ${stemId} is not among the blobs.`);
          yield* part.body as AsyncIterable<Uint8Array>;
        }
      }
      await pipeline(Readable.from(all()), createWriteStream(path));
    },
    async alone(stemId, work) {
      await rows.insertUnlessThere({ stem_id: stemId, size: null, received: 0, metadata: '{}', created_at: now(), leased_until: null });
      if (!(await rows.lease(stemId, now(), now() + LEASE_MS))) return null;
      const renew = () => rows.renew(stemId, now() + LEASE_MS).catch((error: unknown) => onError(error, stemId));
      const renewing = setInterval(() => void renew(), RENEW_MS);
      try {
        return await work();
      } finally {
        clearInterval(renewing);
        await rows.renew(stemId, null);
      }
    },
    remove: (stemId) => datastore.forget(stemId),
  };
}

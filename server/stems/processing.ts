import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Ingested, Recognised } from '../../lib/ingest';
import { removeStrip, stripForStem } from '../../lib/mix';
import type { StemsTable } from '../sql/database';
import type { Contents } from './content';
import type { IngestOutcome, StemsNeeds } from './needs';
import type { IngestPool } from './pool';
import type { ProgressBoard } from './progress';
import { stemRows } from './repository';
import type { UploadStore } from './upload-store';

type Needs = Pick<StemsNeeds, 'kysely' | 'sync' | 'folder' | 'measures'> & {
  readonly contents: Contents;
  readonly pool: IngestPool;
  readonly progress: ProgressBoard;
  readonly store: UploadStore;
  /** Tells the session that a stem's row has changed. */
  readonly changed: (row: StemsTable) => void;
};

const GAVE_UP =
  'This file could not be processed, though it was tried several times: something went wrong here. The other stems are safe. Try it again, or as WAV or FLAC.';

const STOPPED = 'Whoever runs this service stopped the work on this file. The other stems are safe.';

/** Where a stem's original lies while it is worked on. */
export function stagedPath(folder: string, stemId: string): string {
  return join(folder, 'staged', stemId);
}

/** Removes all that came of a stem's file, but for what is kept for good. */
export async function removeReceived(store: UploadStore, folder: string, stemId: string): Promise<void> {
  await store.remove(stemId);
  await rm(stagedPath(folder, stemId), { force: true });
}

/** Nobody waits so long between two steps, in milliseconds. */
const STALE_MS = 3_600_000;

/** Removes staged files of this machine whose stems have been finished by another one, or are no more. */
export async function removeStale(folder: string, now: number, isUnderWay: (stemId: string) => Promise<boolean>): Promise<void> {
  for (const name of await readdir(join(folder, 'staged')).catch(() => [])) {
    const path = join(folder, 'staged', name);
    const held = await stat(path).catch(() => null);
    if (held === null || held.mtimeMs + STALE_MS > now || (await isUnderWay(name.replace(/\.part$/, '')))) continue;
    await rm(path, { force: true });
  }
}

/** What turns a received file into a stem that plays; each step may be done again after a crash. */
export function createProcessing(needs: Needs) {
  const { kysely, sync, folder, store, contents, pool, progress, changed, measures } = needs;
  const rows = stemRows(kysely);

  /** The original as a file on this machine, brought from the blobs where it is not. */
  async function staged(row: StemsTable, contentId: string): Promise<string> {
    const path = stagedPath(folder, row.id);
    const held = await stat(path).catch(() => null);
    if (held?.size === row.bytes) return path;
    const original = await contents.original(contentId);
    if (original === null) throw new Error(`The original of stem ${row.id} is not among the blobs.`);
    await mkdir(join(folder, 'staged'), { recursive: true });
    await pipeline(original.body, createWriteStream(`${path}.part`));
    await rename(`${path}.part`, path);
    return path;
  }

  /** Saves what changed and tells it; nothing where the stem has been removed meanwhile. */
  async function update(stemId: string, change: Partial<StemsTable>): Promise<void> {
    await rows.update(stemId, change);
    const row = await rows.find(stemId);
    if (row) changed(row);
  }

  async function recognised(row: StemsTable, what: Recognised): Promise<void> {
    const { id, filename, session_id: sessionId } = row;
    if (row.kind === 'stem') await sync.edit(sessionId, (mix) => stripForStem(mix, { id, filename }), { userId: row.created_by });
    await update(id, { channels: what.channels, sample_rate: what.sampleRate, frames: what.frames });
  }

  async function finish(row: StemsTable, contentId: string, { content, peaks, wave, notes }: Ingested): Promise<void> {
    await contents.finish(contentId, content, peaks);
    await update(row.id, {
      status: 'ready',
      progress: 1,
      frames: content.frames,
      channels: content.channels,
      loudness: content.loudness,
      wave: JSON.stringify(wave),
      note: notes.length > 0 ? notes.join(' ') : null,
    });
  }

  async function fail(row: StemsTable, error: string): Promise<void> {
    await sync.edit(row.session_id, (mix) => {
      const strip = [...mix.strips.values()].find(({ stem }) => stem === row.id);
      return strip ? removeStrip(mix, strip.id) : [];
    });
    await update(row.id, { status: 'failed', error, frames: null, content_id: null, bytes: 0 });
    if (row.content_id !== null && !(await rows.isUsed(row.content_id))) await contents.remove(row.content_id);
  }

  /** Removes what only the work on a stem needed. */
  async function tidy(stemId: string): Promise<void> {
    progress.forget(stemId);
    await removeReceived(store, folder, stemId);
  }

  async function work(row: StemsTable, contentId: string, signal: AbortSignal): Promise<IngestOutcome> {
    const path = await staged(row, contentId);
    const answer = await pool.run(
      { path, name: row.filename },
      {
        recognised: (what) => recognised(row, what),
        keep: (name, bytes) => contents.keepSegment(contentId, name, bytes),
        progress: (part) => progress.set(row.id, part),
      },
      signal,
    );
    if (answer.ok) await finish(row, contentId, answer.ingested);
    else await fail(row, answer.refusal);
    return answer.ok ? 'ready' : 'refused';
  }

  /** What was made of a stem that has been removed meanwhile, by another instance perhaps, which could not stop the work here. */
  async function removeUnwanted(stemId: string, contentId: string): Promise<void> {
    if (!(await rows.find(stemId)) && !(await rows.isUsed(contentId))) await contents.remove(contentId);
  }

  return {
    tidy,
    async run(stemId: string, signal: AbortSignal): Promise<void> {
      const row = await rows.find(stemId);
      if (row?.status !== 'processing' || row.content_id === null) return;
      const began = performance.now();
      const ended = (outcome: IngestOutcome) => measures.ingested(outcome, (performance.now() - began) / 1000);
      try {
        ended(await work(row, row.content_id, signal));
      } catch (error) {
        if (!signal.aborted) ended('crashed');
        throw error;
      } finally {
        await removeUnwanted(stemId, row.content_id);
      }
      await tidy(stemId);
    },
    async giveUp(stemId: string): Promise<void> {
      measures.ingested('gave up', 0);
      const row = await rows.find(stemId);
      if (row?.status === 'processing') await fail(row, GAVE_UP);
      await tidy(stemId);
    },
    /** Nothing works on this stem any more, and nothing will. */
    async stopped(stemId: string): Promise<void> {
      const row = await rows.find(stemId);
      if (row?.status === 'processing') await fail(row, STOPPED);
      await tidy(stemId);
    },
    /** Keeps a staged file as the original of its stem; resolves to its bytes when it is safe among the blobs. */
    async keepOriginal(stemId: string, contentId: string): Promise<number> {
      const path = stagedPath(folder, stemId);
      const { size } = await stat(path);
      await contents.keepOriginal(contentId, createReadStream(path));
      return size;
    },
  };
}
export type Processing = ReturnType<typeof createProcessing>;

import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { StemManifest } from '../../lib/media';
import type { Mix } from '../../lib/mix';
import type { AlignmentRequest, Stem, User } from '../../lib/protocol';
import { newId, Scope } from '../../lib/std';
import { SAMPLE_RATE } from '../../lib/units';
import { notFound, Refusal } from '../http/problem';
import { StemJobs } from '../jobs/stem-jobs';
import { publish } from '../ports';
import type { StemsTable } from '../sql/database';
import { createContents } from './content';
import { seedDemo } from './demo';
import { Downloads } from './downloads';
import { folderUploads } from './folder-uploads';
import { type Announced, type Body, createIntake } from './intake';
import type { StemsNeeds } from './needs';
import { outlineOf, type SessionOutline } from './outline';
import { createIngestPool } from './pool';
import { createProcessing, removeStale } from './processing';
import { ProgressBoard } from './progress';
import { PromisedBytes } from './promised';
import { stemRows } from './repository';
import { sharedUploads } from './shared-uploads';
import { alignmentOf, stemInfo } from './stem-info';
import { createUploads } from './uploads';

interface File {
  readonly size: number;
  readonly body: Readable;
}

/** How often files on their way are looked through that other instances may have left, in milliseconds. */
const SETTLE_MS = 15_000;

const isUnderWay = (row: StemsTable | undefined): boolean => row?.status === 'receiving' || row?.status === 'processing';

/** Stems from their first byte to their last: taking files in, working on them, giving out what came of it. */
export function createStemsService(needs: StemsNeeds) {
  const { kysely, blobs, bus, access, limits, log, now } = needs;
  const rows = stemRows(kysely);
  const contents = createContents(blobs);
  const pool = createIngestPool(needs.desk, limits);
  const progress = new ProgressBoard(now, (stemId) => {
    tell(stemId).catch((error: unknown) => log.warn({ err: error, stemId }, 'progress could not be told'));
  });
  const describe = (row: StemsTable): Stem => stemInfo(row, progress.get(row.id));
  const changed = (row: StemsTable): void => publish(bus, 'stem', { sessionId: row.session_id, what: 'put', stem: describe(row) });
  const gone = (row: StemsTable): void => publish(bus, 'stem', { sessionId: row.session_id, what: 'gone', id: row.id });
  const store = needs.alone
    ? folderUploads(join(needs.folder, 'uploads'))
    : sharedUploads({ kysely, blobs, now, onError: (error, stemId) => log.warn({ err: error, stemId }, 'an upload could not be held') });
  const processing = createProcessing({ ...needs, store, contents, pool, progress, changed });
  const { run, giveUp } = processing;
  const jobs = new StemJobs({ kysely, log, now, atOnce: pool.size, alone: needs.alone, run, giveUp });
  const downloads = new Downloads(bus);
  const promised = new PromisedBytes();
  const intake = createIntake({ ...needs, store, processing, jobs, progress, promised, changed, gone });

  const scope = new Scope();
  const ending = new AbortController();
  let seeding: Promise<void> = Promise.resolve();
  const uploads = createUploads({
    ...needs,
    store,
    intake,
    promised,
    progress: (stemId, done) => progress.set(stemId, done),
    maxBytes: limits.maxBytes,
  });

  async function tell(stemId: string): Promise<void> {
    const row = await rows.find(stemId);
    if (row && isUnderWay(row)) changed(row);
  }

  /** The stem, for someone who may do this with it. */
  async function found(user: User, sessionId: string, stemId: string, permission: 'session.read' | 'stems.write'): Promise<StemsTable> {
    await access.demand(sessionId, user.id, permission);
    const row = await rows.find(stemId);
    if (row?.session_id !== sessionId) throw notFound();
    return row;
  }

  /** The content of a stem that can play. */
  async function playable(user: User, sessionId: string, stemId: string): Promise<string> {
    const row = await found(user, sessionId, stemId, 'session.read');
    if (row.status !== 'ready' || row.content_id === null) throw notFound();
    return row.content_id;
  }

  async function forget(row: StemsTable): Promise<void> {
    await jobs.cancel(row.id);
    await processing.tidy(row.id);
    if (row.content_id !== null && !(await rows.isUsed(row.content_id))) await contents.remove(row.content_id);
  }

  /** Finds out how all files stand that are on their way. */
  async function settle(): Promise<void> {
    for (const row of await rows.receiving()) await uploads.settle(row);
  }
  const settling = (): void => {
    settle().catch((error: unknown) => log.error({ err: error }, 'uploads could not be looked through'));
  };

  return {
    uploads,
    /** Begins to work: on what was left over first. Where there are other instances, what one of them leaves is found by all. */
    async start(): Promise<void> {
      await settle();
      if (!needs.alone) scope.every(SETTLE_MS, settling);
      await jobs.start();
    },
    /** Forgets what nobody went on with, and what other instances have finished. */
    async sweep(): Promise<void> {
      await uploads.sweep();
      await settle();
      await removeStale(needs.folder, now(), async (stemId) => isUnderWay(await rows.find(stemId)));
    },
    /** Makes the demo song that lies at `song` a session, unless it is one; resolves when all of it plays. */
    seedDemo(sessionId: string, song: string): Promise<void> {
      const made = seedDemo({ ...needs, intake, sessionId, song, ending: ending.signal });
      seeding = made.catch(() => {});
      return made;
    },
    async list(user: User, sessionId: string): Promise<Stem[]> {
      await access.demand(sessionId, user.id, 'session.read');
      return (await rows.of(sessionId)).map(describe);
    },
    async receive(user: User, announced: Announced, body: Body): Promise<Stem> {
      return describe(await intake.receive(user, announced, body));
    },
    /** Says how a reference lies beside the song, for everybody; what is left out stays. */
    async align(user: User, sessionId: string, stemId: string, change: AlignmentRequest): Promise<Stem> {
      const row = await found(user, sessionId, stemId, 'stems.write');
      if (row.kind !== 'reference')
        throw new Refusal(409, 'A stem lies where its strip puts it; only references are aligned. Nothing was changed.');
      const before = alignmentOf(row);
      const { offset = before.offset, marks = before.marks } = change;
      const alignment = JSON.stringify({ offset, marks: [...marks].sort((a, b) => a.at - b.at) });
      await rows.update(stemId, { alignment });
      const aligned = { ...row, alignment };
      changed(aligned);
      return describe(aligned);
    },
    /** Removes a stem; its strip stays, silent, with all its settings. */
    async removeOne(user: User, sessionId: string, stemId: string): Promise<void> {
      const row = await found(user, sessionId, stemId, 'stems.write');
      if (row.status === 'receiving') return await intake.abandon(stemId);
      await rows.remove(stemId);
      await forget(row);
      const silence = (mix: Mix) =>
        [...mix.strips.values()]
          .filter(({ stem }) => stem === stemId)
          .map(({ id }) => ({ do: 'put', map: 'strips', id, fields: { stem: null } }) as const);
      await needs.sync.edit(sessionId, silence, { userId: user.id });
      gone(row);
    },
    async original(user: User, sessionId: string, stemId: string): Promise<File & { readonly filename: string }> {
      const row = await found(user, sessionId, stemId, 'session.read');
      const file = row.content_id === null ? null : await contents.original(row.content_id);
      if (file === null) throw notFound();
      return { ...downloads.follow(sessionId, user.id, file), filename: row.filename };
    },
    async manifest(user: User, sessionId: string, stemId: string): Promise<StemManifest> {
      const manifest = await contents.manifest(await playable(user, sessionId, stemId), { sessionId, stemId });
      if (manifest === null) throw notFound();
      return manifest;
    },
    async piece(user: User, sessionId: string, stemId: string, name: string): Promise<File> {
      const file = await contents.piece(await playable(user, sessionId, stemId), name);
      if (file === null) throw notFound();
      return file;
    },

    /** Bytes of all originals; what copies share counts once. */
    bytesKept: () => rows.bytesKept(),
    /** Files that wait or are worked on. */
    jobsOpen: () => jobs.count(),
    /** 0 to 1, of a file that is worked on here. */
    progressOf: (stemId: string) => progress.get(stemId) ?? 0,
    /** Begins anew with a file that waits or is worked on; false when it does neither. */
    retry: (stemId: string) => jobs.retry(stemId),
    /** Ends the work on a file, which then has failed; false when nothing works on it. */
    async stop(stemId: string): Promise<boolean> {
      if (!(await jobs.remove(stemId))) return false;
      await processing.stopped(stemId);
      return true;
    },
    /** Length and small picture of each session's song. */
    async outlines(sessionIds: readonly string[]): Promise<ReadonlyMap<string, SessionOutline>> {
      const stems = await rows.within(sessionIds);
      const of = (id: string) => stems.filter((row) => row.session_id === id && row.status === 'ready' && row.kind === 'stem');
      return new Map(sessionIds.map((id) => [id, outlineOf(of(id), SAMPLE_RATE)]));
    },
    /** Gives another session the same stems that can play, sharing their sound; returns the new stem for each old one. */
    async copy(from: string, to: string, userId: string): Promise<ReadonlyMap<string, string>> {
      const copied = (await rows.of(from)).filter(({ status }) => status === 'ready');
      const ids = new Map(copied.map(({ id }) => [id, newId()]));
      const at = now();
      // A millisecond apart, so that the copies keep the order of the originals.
      const copies = copied.map((row, index) => ({
        ...row,
        id: ids.get(row.id) ?? newId(),
        session_id: to,
        created_by: userId,
        created_at: at + index,
      }));
      if (copies.length > 0) await rows.insert(copies);
      return ids;
    },
    /** Removes all stems of a session that is being erased. */
    async remove(sessionId: string): Promise<void> {
      const all = await rows.of(sessionId);
      await rows.removeAll(sessionId);
      for (const row of all) await forget(row);
    },
    /** What of the jobs is unfinished stays a job. */
    async close(): Promise<void> {
      scope.close();
      downloads.close();
      ending.abort();
      await seeding;
      await jobs.close();
      await pool.close();
    },
  };
}
export type StemsService = ReturnType<typeof createStemsService>;

import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Transaction } from 'kysely';
import { sizeInWords } from '../../lib/ingest';
import { stripNameFor } from '../../lib/mix';
import { type StemKind, seenText, type User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import { isDiskFull, noRoom } from '../http/disk';
import { notFound, Refusal } from '../http/problem';
import type { StemJobs } from '../jobs/stem-jobs';
import type { Database, StemsTable } from '../sql/database';
import { holdSession, holdUser } from '../sql/holding';
import type { StemsNeeds } from './needs';
import { type Processing, removeReceived, stagedPath } from './processing';
import type { ProgressBoard } from './progress';
import type { PromisedBytes } from './promised';
import { type Allowance, allowance } from './quota';
import { stemRows } from './repository';
import type { UploadStore } from './upload-store';

/** Bytes after which the disk is looked at again. */
const LOOK_BYTES = 16_000_000;

type Needs = Pick<StemsNeeds, 'kysely' | 'access' | 'limits' | 'folder' | 'disk' | 'now'> & {
  readonly processing: Processing;
  readonly jobs: StemJobs;
  readonly progress: ProgressBoard;
  readonly promised: PromisedBytes;
  readonly store: UploadStore;
  readonly changed: (row: StemsTable) => void;
  readonly gone: (row: StemsTable) => void;
};

/** Ways in for the files of stems: whole in one request, or piece by piece (`uploads.ts`). */
export function createIntake(needs: Needs) {
  const { kysely, access, limits, folder, disk, now, processing, jobs, progress, promised, store, changed, gone } = needs;
  const rows = stemRows(kysely);

  function checkSize(bytes: number | null): void {
    if (bytes !== null && bytes > limits.maxBytes) throw tooLarge();
  }

  function tooLarge(): Refusal {
    const most = sizeInWords(limits.maxBytes);
    const detail = `This file is larger than the ${most} that one stem may have. Nothing was added; the other stems are safe.`;
    // What is still on its way up is not read, so the line can carry no further request.
    return new Refusal(413, detail, { connection: 'close' });
  }

  /** Makes room for a stem whose file is about to come. `bytes` is its size, where known. */
  async function begin(user: User, { sessionId, filename, kind }: Announced, bytes: number | null): Promise<StemsTable> {
    await access.demand(sessionId, user.id, 'stems.write');
    checkSize(bytes);
    const announced = { id: newId(), sessionId, filename: cleanFilename(filename), kind, userId: user.id };
    const row = { ...newRow(announced, now()), bytes: bytes ?? 0 };
    promised.set(row.id, row.bytes);
    try {
      await disk.demand(promised.upTo(row.id));
      await insertWithin(row);
    } catch (error) {
      promised.forget(row.id);
      throw error;
    }
    changed(row);
    return row;
  }

  /** Always in this order: two that hold one each would wait for one another. */
  async function hold(transaction: Transaction<Database>, row: StemsTable): Promise<void> {
    await holdSession(transaction, row.session_id);
    await holdUser(transaction, row.created_by);
  }

  /** Counted where it is added: many that begin at once are no way around the limits. */
  async function insertWithin(row: StemsTable): Promise<void> {
    await kysely.transaction().execute(async (transaction) => {
      const inside = stemRows(transaction);
      await hold(transaction, row);
      if ((await inside.count(row.session_id, row.kind)) >= limits.maxStems) {
        const what = row.kind === 'stem' ? 'stems' : 'references';
        throw new Refusal(409, `A session holds ${limits.maxStems} ${what} at most. Remove one to make room.`);
      }
      const allowed = await allowance(inside, limits, claimOf(row));
      if (row.bytes > allowed.bytes) throw allowed.refusal(row.bytes);
      await inside.insert(row);
    });
  }

  /** A file whose size nobody had told is there: it counts from now on. */
  async function count(row: StemsTable, bytes: number): Promise<void> {
    await kysely.transaction().execute(async (transaction) => {
      const inside = stemRows(transaction);
      await hold(transaction, row);
      const allowed = await allowance(inside, limits, claimOf(row));
      if (bytes > allowed.bytes) throw allowed.refusal(bytes);
      await inside.update(row.id, { bytes });
    });
  }

  /** Adds the row of a stem whose file comes next. */
  async function insert(of: NewStem): Promise<StemsTable> {
    const row = newRow(of, now());
    await rows.insert(row);
    changed(row);
    return row;
  }

  /** The whole file lies at its staged path: keeps it and lets it be processed. Resolves when none of it can be lost. */
  async function received(stemId: string): Promise<StemsTable> {
    const contentId = newId();
    const bytes = await processing.keepOriginal(stemId, contentId);
    await kysely.transaction().execute(async (transaction) => {
      await stemRows(transaction).update(stemId, { status: 'processing', progress: 0, content_id: contentId, bytes });
      await jobs.add(transaction, stemId);
    });
    progress.forget(stemId);
    promised.forget(stemId);
    const row = await rows.find(stemId);
    if (!row) throw notFound();
    changed(row);
    jobs.wake();
    return row;
  }

  /** Forgets a stem whose file will not come. */
  async function abandon(stemId: string): Promise<void> {
    const row = await rows.find(stemId);
    progress.forget(stemId);
    promised.forget(stemId);
    if (row?.status === 'receiving') {
      await rows.remove(stemId);
      gone(row);
    }
    await removeReceived(store, folder, stemId);
  }

  /** Takes a file as the body of one request. */
  async function receive(user: User, announced: Announced, body: Body): Promise<StemsTable> {
    const row = await begin(user, announced, body.length);
    // Nobody else can have it already.
    return (await store.alone(row.id, () => take(row, body))) ?? row;
  }

  async function take(row: StemsTable, body: Body): Promise<StemsTable> {
    const path = stagedPath(folder, row.id);
    try {
      await mkdir(dirname(path), { recursive: true });
      const source = body.stream === null ? Readable.from([]) : Readable.fromWeb(body.stream);
      if (body.length !== null) await pipeline(source, announced(row.id, body.length), createWriteStream(path));
      else {
        await pipeline(source, unannounced(await allowance(rows, limits, claimOf(row))), createWriteStream(path));
        await count(row, (await stat(path)).size);
      }
    } catch (error) {
      await abandon(row.id);
      if (error instanceof Refusal) throw error;
      if (isDiskFull(error)) throw noRoom();
      throw new Refusal(400, 'The file did not arrive whole. Nothing was added; send it again.');
    }
    try {
      return await received(row.id);
    } catch (error) {
      await abandon(row.id);
      throw error;
    }
  }

  /** Lets a file pass that has told its length; Node holds it to that. */
  function announced(stemId: string, length: number): Transform {
    let bytes = 0;
    return new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        progress.set(stemId, bytes / length);
        promised.set(stemId, length - bytes);
        done(null, chunk);
      },
    });
  }

  /** Lets a file pass that has not told its length, as long as there is room for it. */
  function unannounced(allowed: Allowance): Transform {
    let bytes = 0;
    let looked = 0;
    return new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        if (bytes > limits.maxBytes) return done(tooLarge());
        if (bytes > allowed.bytes) return done(allowed.refusal(null));
        if (bytes - looked < LOOK_BYTES) return done(null, chunk);
        looked = bytes;
        disk.demand(0).then(() => done(null, chunk), done);
      },
    });
  }

  return { begin, insert, received, abandon, receive };
}
export type Intake = ReturnType<typeof createIntake>;

export interface Body {
  readonly stream: ReadableStream<Uint8Array> | null;
  /** Bytes, where the request tells. */
  readonly length: number | null;
}

/** What is said of a file that is about to come. */
export interface Announced {
  readonly sessionId: string;
  readonly filename: string;
  readonly kind: StemKind;
}

interface NewStem extends Announced {
  readonly id: string;
  readonly userId: string;
}

const NAME_LENGTH = 80;
/** A finished song keeps its whole title. */
const titleOf = (filename: string): string => filename.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, NAME_LENGTH) || filename;

function newRow(of: NewStem, now: number): StemsTable {
  return {
    id: of.id,
    session_id: of.sessionId,
    name: of.kind === 'stem' ? stripNameFor(of.filename) : titleOf(of.filename),
    filename: of.filename,
    status: 'receiving',
    progress: 0,
    error: null,
    note: null,
    frames: null,
    channels: null,
    sample_rate: null,
    loudness: null,
    content_id: null,
    bytes: 0,
    created_by: of.userId,
    created_at: now,
    wave: null,
    kind: of.kind,
    alignment: null,
  };
}

const claimOf = (row: StemsTable) => ({ stemId: row.id, sessionId: row.session_id, userId: row.created_by });

const FILENAME_LENGTH = 200;

/** The last part of a path, without what cannot be seen or turns the writing round, at a bearable length with its ending kept. */
function cleanFilename(filename: string): string {
  const bare = seenText(filename.replace(/^.*[\\/]/s, '').replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ''));
  if (bare === '') throw new Refusal(400, 'filename: must not be empty');
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(bare)?.[0] ?? '';
  return bare.length <= FILENAME_LENGTH ? bare : bare.slice(0, FILENAME_LENGTH - ending.length) + ending;
}

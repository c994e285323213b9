import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Change, type Mix, stripForStem } from '../../lib/mix';
import type { Log } from '../observability/log';
import { type Bus, subscribe } from '../ports';
import type { Database } from '../sql/database';
import type { Intake } from './intake';
import type { MixEditor } from './needs';
import { stagedPath } from './processing';
import { stemRows } from './repository';

export interface DemoNeeds {
  readonly kysely: Kysely<Database>;
  readonly sync: MixEditor;
  readonly bus: Bus;
  readonly intake: Intake;
  readonly log: Log;
  readonly now: () => number;
  /** Where files lie while they are worked on. */
  readonly folder: string;
  /** The song: `song.json` and `stems/`. */
  readonly song: string;
  /** The id of the session that everybody gets a copy of. */
  readonly sessionId: string;
  /** Aborted when the service ends; the next start goes on. */
  readonly ending: AbortSignal;
}

const LOOK_MS = 5000;
const OWNER = 'mixing-table';

const songSchema = z.object({
  title: z.string(),
  bpm: z.number(),
  time_signature: z.string().regex(/^\d+\/\d+$/),
  key: z.string(),
  sample_rate: z.number(),
  sections: z.array(z.object({ name: z.string(), sample: z.number() })),
});
type Song = z.infer<typeof songSchema>;

interface DemoStem {
  readonly id: string;
  readonly filename: string;
}

/** Tempo, metre, key and sections, as far as they are not there yet. */
function songChanges(mix: Mix, song: Song): Change[] {
  const [beats = 4, unit = 4] = song.time_signature.split('/').map(Number);
  const settings = { tempo: song.bpm, beats, 'beat.unit': unit, key: song.key };
  const sections = song.sections.map((section, index): Change => {
    const fields = { name: section.name, at: section.sample / song.sample_rate, kind: 'section', color: index };
    return { do: 'put', map: 'markers', id: `section-${index + 1}`, fields };
  });
  return mix.markers.size > 0 ? [] : [{ do: 'put', map: 'settings', id: 'mix', fields: settings }, ...sections];
}

/**
 * Makes the demo song a session, through the same pipeline as everybody's files. Whatever of it is there already is left alone, so
 * that a start after a crash goes on where the last one ended. Resolves when all stems play, or the service ends; the session counts
 * as deleted until all do.
 */
export async function seedDemo(needs: DemoNeeds): Promise<void> {
  try {
    await seed(needs);
  } catch (error) {
    if (!needs.ending.aborted) throw error;
  }
}

async function seed(needs: DemoNeeds): Promise<void> {
  const { kysely, sync, sessionId, now, log, ending } = needs;
  const session = await kysely.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirst();
  if (session && session.deleted_at === null) return;
  const began = now();
  const song = songSchema.parse(JSON.parse(await readFile(join(needs.song, 'song.json'), 'utf8')));
  if (!session) await insertSession(needs, song.title);
  const names = (await readdir(join(needs.song, 'stems'))).filter((name) => name.endsWith('.flac')).sort();
  const stems = names.map((filename, index): DemoStem => ({ id: `${sessionId}-${index + 1}`, filename }));
  await sync.edit(sessionId, (mix) => songChanges(mix, song));
  // One after the other and before any is processed: the strips then stand in the order of the song's own numbers.
  for (const stem of stems) {
    ending.throwIfAborted();
    await sync.edit(sessionId, (mix) => stripForStem(mix, stem));
  }
  const ready = allReady(needs, stems.length);
  try {
    for (const stem of stems) {
      ending.throwIfAborted();
      await addStem(needs, stem);
    }
    await ready.look();
    await ready.promise;
  } finally {
    ready.end();
  }
  await kysely.updateTable('sessions').set({ deleted_at: null }).where('id', '=', sessionId).execute();
  log.info({ stems: stems.length, milliseconds: now() - began }, 'the demo song is ready');
}

async function insertSession({ kysely, sessionId, now }: DemoNeeds, title: string): Promise<void> {
  const at = now();
  await kysely
    .insertInto('sessions')
    .values({ id: sessionId, title, owner_id: OWNER, demo: 1, listeners_may_comment: 0, created_at: at, changed_at: at, deleted_at: at })
    .execute();
}

/** Lets a stem be processed unless it is, or has been. */
async function addStem({ kysely, intake, folder, song, sessionId }: DemoNeeds, { id, filename }: DemoStem): Promise<void> {
  const rows = stemRows(kysely);
  const row = await rows.find(id);
  if (row?.status === 'ready' || row?.status === 'processing') return;
  if (row) await rows.remove(id);
  const path = stagedPath(folder, id);
  await mkdir(dirname(path), { recursive: true });
  await copyFile(join(song, 'stems', filename), path);
  await intake.insert({ id, sessionId, filename, kind: 'stem', userId: OWNER });
  await intake.received(id);
}

/** Waits until as many stems are ready as there should be, or one has failed. */
function allReady({ kysely, bus, sessionId, ending }: DemoNeeds, count: number) {
  let resolve = (): void => {};
  let reject = (_error: unknown): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever awaits it comes later.
  promise.catch(() => {});
  const look = async (): Promise<void> => {
    const stems = await stemRows(kysely).of(sessionId);
    const failed = stems.find(({ status }) => status === 'failed');
    if (failed) reject(new Error(`${failed.filename}: ${failed.error}`));
    if (stems.filter(({ status }) => status === 'ready').length >= count) resolve();
  };
  const stop = (): void => reject(ending.reason);
  // Another instance may do the work, and what it tells may be lost on the way.
  const looking = setInterval(() => look().catch(reject), LOOK_MS);
  ending.addEventListener('abort', stop);
  const unsubscribe = subscribe(bus, 'stem', (event) => {
    if (event.sessionId !== sessionId || event.what !== 'put') return;
    if (event.stem.status === 'ready' || event.stem.status === 'failed') look().catch(reject);
  });
  const end = (): void => {
    clearInterval(looking);
    unsubscribe();
    ending.removeEventListener('abort', stop);
  };
  return { promise, look, end };
}

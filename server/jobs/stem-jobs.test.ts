import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type OpenDatabase, openDatabase } from '../embedded/database';
import { createLog } from '../observability/log';
import { migrate } from '../sql/migrations';
import { StemJobs, type StemJobsNeeds } from './stem-jobs';

let database: OpenDatabase;
let now = 1_000_000;
const open: StemJobs[] = [];

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  const at = { created_at: 0, changed_at: 0, deleted_at: null };
  await database.kysely
    .insertInto('sessions')
    .values({ id: 's', title: 'A song', owner_id: 'o', demo: 0, listeners_may_comment: 0, ...at })
    .execute();
});
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.close();
  await database.close();
});

function jobsWith(needs: Partial<StemJobsNeeds>): StemJobs {
  const log = createLog('silent');
  const rest = { kysely: database.kysely, log, now: () => now, atOnce: 2, alone: true, run: async () => {}, giveUp: async () => {} };
  const jobs = new StemJobs({ ...rest, ...needs });
  open.push(jobs);
  return jobs;
}

async function stem(jobs: StemJobs, id: string): Promise<void> {
  const unknown = { error: null, note: null, frames: null, channels: null, sample_rate: null, loudness: null, wave: null };
  const of = { kind: 'stem' as const, alignment: null };
  const row = { ...of, id, session_id: 's', name: id, filename: `${id}.wav`, status: 'processing' as const, progress: 0, ...unknown };
  await database.kysely.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('stems')
      .values({ ...row, content_id: id, bytes: 1, created_by: 'o', created_at: now })
      .execute();
    await jobs.add(transaction, id);
  });
}

const rows = () => database.kysely.selectFrom('stem_jobs').selectAll().execute();
/** A promise and what settles it. */
function gate() {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

test('Every job is done once, in order, no more at once than may be', async () => {
  const order: string[] = [];
  const underway: (() => void)[] = [];
  let most = 0;
  const all = gate();
  const jobs = jobsWith({
    // Each pair ends together: with fewer than two at once nothing would.
    run: (id) =>
      new Promise((resolve) => {
        order.push(id);
        underway.push(resolve);
        most = Math.max(most, underway.length);
        if (underway.length === 2) for (const end of underway.splice(0)) end();
        if (order.length === 6) all.open();
      }),
  });
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
    now++;
    await stem(jobs, id);
  }
  await jobs.start();
  await all.promise;
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(most).toBe(2);
  await vi.waitFor(async () => expect(await rows()).toEqual([]));
});

test('What fails is tried again, and given up after four times', async () => {
  const run = vi.fn(async () => {
    throw new Error('The worker crashed.');
  });
  const given = gate();
  const giveUp = vi.fn(async () => given.open());
  const jobs = jobsWith({ run, giveUp });
  await stem(jobs, 'a');
  await jobs.start();
  await given.promise;
  expect(run).toHaveBeenCalledTimes(4);
  expect(giveUp).toHaveBeenCalledExactlyOnceWith('a');
  await vi.waitFor(async () => expect(await rows()).toEqual([]));
});

test('A stop aborts what runs; the next start does it, and the stop does not count as a failure', async () => {
  const began = gate();
  const first = jobsWith({
    run: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        began.open();
      }),
  });
  await stem(first, 'a');
  await first.start();
  await began.promise;
  await first.close();
  expect(await rows()).toMatchObject([{ stem_id: 'a', attempts: 0, leased_until: null }]);

  const done = gate();
  const second = jobsWith({ run: async () => done.open() });
  await second.start();
  await done.promise;
});

test('A job of a process that was killed is done at the next start', async () => {
  const jobs = jobsWith({});
  await stem(jobs, 'a');
  await database.kysely
    .updateTable('stem_jobs')
    .set({ leased_until: now + 30_000, attempts: 1 })
    .execute();
  const done = gate();
  const run = vi.fn(async () => done.open());
  await jobsWith({ run }).start();
  await done.promise;
  expect(run).toHaveBeenCalledOnce();
});

test('A whole file survives more kills than failures; one that ends its process again and again waits, and is given up in the end', async () => {
  const jobs = jobsWith({});
  const killed = (attempts: number) =>
    database.kysely
      .updateTable('stem_jobs')
      .set({ leased_until: now + 30_000, attempts })
      .execute();
  await stem(jobs, 'b');
  await killed(12);
  const waiting = vi.fn(async () => {});
  const first = jobsWith({ run: waiting });
  await first.start();
  await first.close();
  expect(waiting).not.toHaveBeenCalled();
  now += 30_001;
  const done = gate();
  await jobsWith({ alone: false, run: async () => done.open() }).start();
  await done.promise;
  await vi.waitFor(async () => expect(await rows()).toEqual([]));

  await stem(jobs, 'c');
  await killed(20);
  now += 30_001;
  const given = gate();
  const never = vi.fn(async () => {});
  await jobsWith({ alone: false, run: never, giveUp: async () => given.open() }).start();
  await given.promise;
  expect(never).not.toHaveBeenCalled();
});

test('Of two services on one database each job runs in one; a lease that ran out is free again', async () => {
  const run = vi.fn(async () => {});
  const jobs = jobsWith({ alone: false, run });
  await stem(jobs, 'a');
  await database.kysely
    .updateTable('stem_jobs')
    .set({ leased_until: now + 30_000, attempts: 1 })
    .execute();
  await jobs.start();
  await jobs.close();
  expect(run).not.toHaveBeenCalled();

  now += 30_001;
  const done = gate();
  await jobsWith({ alone: false, run: async () => done.open() }).start();
  await done.promise;
});

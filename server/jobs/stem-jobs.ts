import type { Kysely, Transaction } from 'kysely';
import { newId, Scope } from '../../lib/std';
import type { Log } from '../observability/log';
import type { Database, StemJobsTable } from '../sql/database';

export interface StemJobsNeeds {
  readonly kysely: Kysely<Database>;
  readonly log: Log;
  readonly now: () => number;
  /** How many run at once. */
  readonly atOnce: number;
  /** Does the work; a rejection means: try again. */
  readonly run: (stemId: string, signal: AbortSignal) => Promise<void>;
  /** Called instead, once, when trying again has not helped. */
  readonly giveUp: (stemId: string) => Promise<void>;
  /** True where no other process works on these jobs: leases found at the start are then of a process that ended. */
  readonly alone: boolean;
}

/** A job nobody has renewed for this long is free again: its process has ended. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** Runs that failed here. */
const MOST_FAILURES = 4;
/**
 * Runs that ended with the whole process. Most processes end for reasons of their own (a kill, a power cut), so the file is not
 * blamed soon; but one that does end them can't do so for ever.
 */
const MOST_INTERRUPTIONS = 20;
/** After so many interruptions a job first waits a lease's time, in which the service does its other work. */
const SUSPICIOUS = 3;

/**
 * Work on stems that survives a restart: a row for each job, taken with a lease. Every instance of the service looks at the same
 * rows.
 */
export class StemJobs {
  private readonly scope = new Scope();
  /** Failed runs by job, as far as this process knows. */
  private readonly failures = new Map<string, number>();
  private readonly running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  private looking: Promise<void> | null = null;
  private again = false;

  constructor(private readonly needs: StemJobsNeeds) {}

  /** Begins to work: on what was left over first. */
  async start(): Promise<void> {
    if (this.needs.alone) await this.freeAll();
    this.scope.every(RENEW_MS, () => {
      this.renew().catch((error: unknown) => this.needs.log.error({ err: error }, 'leases of stem jobs could not be renewed'));
      this.wake();
    });
    this.wake();
  }

  /** All leases are of a process that ended. */
  private async freeAll(): Promise<void> {
    const { kysely, now } = this.needs;
    await kysely.updateTable('stem_jobs').set({ leased_until: null }).where('attempts', '<', SUSPICIOUS).execute();
    await kysely
      .updateTable('stem_jobs')
      .set({ leased_until: now() + LEASE_MS })
      .where('attempts', '>=', SUSPICIOUS)
      .where('leased_until', 'is not', null)
      .execute();
  }

  /** Adds a job, within the transaction that makes its stem ready to be worked on; call `wake` after it. */
  async add(transaction: Transaction<Database>, stemId: string): Promise<void> {
    const row: StemJobsTable = { id: newId(), stem_id: stemId, attempts: 0, leased_until: null, created_at: this.needs.now() };
    await transaction.insertInto('stem_jobs').values(row).execute();
  }

  /** Jobs that wait or are under way, here or elsewhere. */
  async count(): Promise<number> {
    const { kysely } = this.needs;
    const row = await kysely
      .selectFrom('stem_jobs')
      .select((select) => select.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** Looks for work now. */
  wake(): void {
    if (this.scope.isClosed) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = this.look()
      .catch((error: unknown) => this.needs.log.error({ err: error }, 'stem jobs could not be looked for'))
      .finally(() => {
        this.looking = null;
        if (!this.again) return;
        this.again = false;
        this.wake();
      });
  }

  /** Stops what is being done for this stem, if anything, and waits for it. */
  async cancel(stemId: string): Promise<void> {
    const running = this.running.get(stemId);
    running?.abort.abort();
    await running?.done;
  }

  /** Begins anew with what waits or is under way for this stem; false when there is nothing. */
  async retry(stemId: string): Promise<boolean> {
    const { kysely } = this.needs;
    const job = await kysely.selectFrom('stem_jobs').select('id').where('stem_id', '=', stemId).executeTakeFirst();
    if (!job) return false;
    await this.cancel(stemId);
    this.failures.delete(job.id);
    await kysely.updateTable('stem_jobs').set({ attempts: 0, leased_until: null }).where('id', '=', job.id).execute();
    this.wake();
    return true;
  }

  /** Ends for good what waits or is under way for this stem; false when there is nothing. */
  async remove(stemId: string): Promise<boolean> {
    // The row first: what is cancelled would otherwise be taken again.
    const { numDeletedRows } = await this.needs.kysely.deleteFrom('stem_jobs').where('stem_id', '=', stemId).executeTakeFirst();
    await this.cancel(stemId);
    return numDeletedRows > 0n;
  }

  /** Ends all work; what was not finished stays a job. */
  async close(): Promise<void> {
    this.scope.close();
    await this.looking;
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async look(): Promise<void> {
    while (this.running.size < this.needs.atOnce && !this.scope.isClosed) {
      const job = await this.take();
      if (!job) return;
      const abort = new AbortController();
      const done = this.work(job, abort.signal).finally(() => {
        this.running.delete(job.stem_id);
        this.wake();
      });
      this.running.set(job.stem_id, { abort, done });
    }
  }

  /** The oldest free job, now ours; null when there is none. */
  private async take(): Promise<StemJobsTable | null> {
    const now = this.needs.now();
    for (;;) {
      const free = await this.needs.kysely
        .selectFrom('stem_jobs')
        .selectAll()
        .where((row) => row.or([row('leased_until', 'is', null), row('leased_until', '<', now)]))
        .orderBy('created_at')
        .orderBy('id')
        .executeTakeFirst();
      if (!free) return null;
      const taken = await this.needs.kysely
        .updateTable('stem_jobs')
        .set({ leased_until: now + LEASE_MS, attempts: free.attempts + 1 })
        .where('id', '=', free.id)
        .where('attempts', '=', free.attempts)
        .executeTakeFirst();
      if (taken.numUpdatedRows > 0n) return { ...free, attempts: free.attempts + 1 };
    }
  }

  private async work(job: StemJobsTable, signal: AbortSignal): Promise<void> {
    const { kysely, log } = this.needs;
    try {
      if (this.isHopeless(job)) await this.needs.giveUp(job.stem_id);
      else await this.needs.run(job.stem_id, signal);
      await kysely.deleteFrom('stem_jobs').where('id', '=', job.id).execute();
      this.failures.delete(job.id);
    } catch (error) {
      const failures = (this.failures.get(job.id) ?? 0) + 1;
      if (!signal.aborted) {
        this.failures.set(job.id, failures);
        log.warn({ err: error, stemId: job.stem_id, attempt: failures }, 'a stem could not be processed');
      }
      // It ended without ending the process.
      await kysely
        .updateTable('stem_jobs')
        .set({ leased_until: null, attempts: job.attempts - 1 })
        .where('id', '=', job.id)
        .execute()
        .catch((failure: unknown) => log.error({ err: failure, stemId: job.stem_id }, 'a stem job could not be given back'));
    }
  }

  private isHopeless({ id, attempts }: StemJobsTable): boolean {
    return attempts > MOST_INTERRUPTIONS || (this.failures.get(id) ?? 0) >= MOST_FAILURES;
  }

  private async renew(): Promise<void> {
    const held = [...this.running.keys()];
    if (held.length === 0) return;
    const { kysely, now } = this.needs;
    await kysely
      .updateTable('stem_jobs')
      .set({ leased_until: now() + LEASE_MS })
      .where('stem_id', 'in', held)
      .execute();
    const left = await kysely.selectFrom('stem_jobs').select('stem_id').where('stem_id', 'in', held).execute();
    // Whose stem was removed through another instance is worked on for nothing.
    const wanted = new Set(left.map((row) => row.stem_id));
    for (const stemId of held) if (!wanted.has(stemId)) this.running.get(stemId)?.abort.abort();
  }
}

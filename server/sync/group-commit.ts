import type { GoneOn, LoggedUpdate, NewUpdate, UpdateLog } from '../ports';
import { FIXED } from './limits';
import type { Clock } from './ports';

/** Something to be written, or, with `update` null, to be told of once all before it is written. */
export interface Entry {
  readonly update: NewUpdate | null;
  /** Gestures that have gone on. */
  readonly goneOn?: readonly GoneOn[];
}

/** A room, as the commit sees it. */
export interface CommitSink<E extends Entry> {
  /** In the order of adding. `rows` are those of the log that hold them, for each entry with an update. */
  committed(entries: readonly E[], rows: readonly LoggedUpdate[]): void;
  /** Nothing of these is on disk. */
  failed(entries: readonly E[], error: unknown): void;
}

/** Why something was not written: the session has gone on to another document. */
export class Moved extends Error {
  constructor() {
    super('The mix has moved to a new document');
  }
}

interface Waiting {
  readonly sink: CommitSink<Entry>;
  readonly entry: Entry;
}

/**
 * One transaction for all that comes within 8 ms, in all rooms. When one fails, all that waits behind it fails too: it was
 * judged on top of what is now not there.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private bytes = 0;
  private cancelTimer: (() => void) | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly log: UpdateLog,
    private readonly clock: Clock,
  ) {}

  add<E extends Entry>(sink: CommitSink<E>, entry: E): void {
    // A sink is given back exactly the entries it added, which are E.
    this.waiting.push({ sink: sink as unknown as CommitSink<Entry>, entry });
    this.bytes += entry.update?.update.length ?? 0;
    if (this.running) return;
    this.startAfter(FIXED.commitWindowMs);
  }

  /** Resolves when all that has been added is on disk or has failed. */
  async flush(): Promise<void> {
    while (this.running || this.waiting.length > 0) {
      if (!this.running) this.start();
      await this.running;
    }
  }

  private startAfter(ms: number): void {
    if (this.bytes >= FIXED.commitBytes || ms <= 0) this.start();
    else this.cancelTimer ??= this.clock.after(ms, () => this.start());
  }

  private start(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    const batch = this.take();
    const began = this.clock.now();
    this.running = this.write(batch).finally(() => {
      this.running = null;
      if (this.waiting.length === 0) return;
      // What came meanwhile has waited already, but each costs the disk as much as the one before. A clock may be set back.
      const passed = Math.max(0, this.clock.now() - began);
      this.startAfter(FIXED.commitEveryMs - passed);
    });
  }

  private take(): Waiting[] {
    const batch = this.waiting;
    this.waiting = [];
    this.bytes = 0;
    return batch;
  }

  private takeOf(sink: CommitSink<Entry>): Entry[] {
    const own = this.waiting.filter((one) => one.sink === sink);
    this.waiting = this.waiting.filter((one) => one.sink !== sink);
    return own.map(({ entry }) => entry);
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const updates = batch.flatMap(({ entry }) => (entry.update ? [entry.update] : []));
    const goneOn = batch.flatMap(({ entry }) => entry.goneOn ?? []);
    let sequences: readonly (number | null)[];
    try {
      sequences = updates.length + goneOn.length > 0 ? await this.log.append(updates, goneOn) : [];
    } catch (error) {
      for (const [sink, entries] of bySink([...batch, ...this.take()])) sink.failed(entries, error);
      return;
    }
    const rows = new Map<NewUpdate, LoggedUpdate>();
    for (const [index, update] of updates.entries()) {
      const sequence = sequences[index] ?? null;
      if (sequence !== null) rows.set(update, { ...update, sequence });
    }
    for (const [sink, entries] of bySink(batch)) {
      const written = entries.flatMap(({ update }) => (update && rows.get(update)) ?? []);
      // A sink is of one epoch: where one row of it came too late, all did.
      if (entries.some(({ update }) => update && !rows.has(update))) sink.failed([...entries, ...this.takeOf(sink)], new Moved());
      else sink.committed(entries, written);
    }
  }
}

function bySink(batch: readonly Waiting[]): Map<CommitSink<Entry>, Entry[]> {
  const sinks = new Map<CommitSink<Entry>, Entry[]>();
  for (const { sink, entry } of batch) {
    const entries = sinks.get(sink);
    if (entries) entries.push(entry);
    else sinks.set(sink, [entry]);
  }
  return sinks;
}

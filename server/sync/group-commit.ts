import type { NewUpdate, UpdateLog } from '../ports';
import { FIXED } from './limits';
import type { Clock } from './ports';

/** Something to be written, or, with `update` null, to be told of once all before it is written. */
export interface Entry {
  readonly update: NewUpdate | null;
}

/** A room, as the commit sees it. */
export interface CommitSink<E extends Entry> {
  /** In the order of adding. `sequence` is the last row of this sink's in the batch, or null without one. */
  committed(entries: readonly E[], sequence: number | null): void;
  /** Nothing of these is on disk. */
  failed(entries: readonly E[], error: unknown): void;
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
    if (this.bytes >= FIXED.commitBytes) this.start();
    else this.cancelTimer ??= this.clock.after(FIXED.commitWindowMs, () => this.start());
  }

  /** Resolves when all that has been added is on disk or has failed. */
  async flush(): Promise<void> {
    while (this.running || this.waiting.length > 0) {
      if (!this.running) this.start();
      await this.running;
    }
  }

  private start(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    const batch = this.take();
    this.running = this.write(batch).finally(() => {
      this.running = null;
      if (this.waiting.length > 0) this.cancelTimer ??= this.clock.after(FIXED.commitWindowMs, () => this.start());
    });
  }

  private take(): Waiting[] {
    const batch = this.waiting;
    this.waiting = [];
    this.bytes = 0;
    return batch;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const updates = batch.flatMap(({ entry }) => (entry.update ? [entry.update] : []));
    let sequences: readonly number[];
    try {
      sequences = updates.length > 0 ? await this.log.append(updates) : [];
    } catch (error) {
      for (const [sink, entries] of bySink([...batch, ...this.take()])) sink.failed(entries, error);
      return;
    }
    const last = new Map<string, number>();
    for (const [index, { sessionId }] of updates.entries()) last.set(sessionId, sequences[index] ?? 0);
    for (const [sink, entries] of bySink(batch)) {
      const written = entries.findLast((entry) => entry.update !== null)?.update;
      sink.committed(entries, written ? (last.get(written.sessionId) ?? null) : null);
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

import type { UpdateLog } from '../ports';
import type { FollowedLog } from './followed-log';
import { FIXED, type SyncLimits } from './limits';
import type { Clock, Logger } from './ports';

interface CompactionPorts {
  readonly log: UpdateLog;
  readonly limits: SyncLimits;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** The document that is compacted. */
interface Compacted {
  /** Which rows it holds; all that were read are in it. */
  readAll(): Promise<FollowedLog>;
  encode(): Uint8Array;
}

/** Merges a session's log into a snapshot when it has become long, and forgets what is too old of the history. SPEC.md 9.1 and 11.6. */
export class Compaction {
  private rows = 0;
  private running = false;
  private began = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly sessionId: string,
    private readonly ports: CompactionPorts,
    private readonly document: Compacted,
  ) {}

  get active(): boolean {
    return this.running;
  }

  /** So many rows have come since the snapshot, or with the first reading of it. */
  count(rows: number): void {
    this.rows += rows;
  }

  /** Compacts where there are too many. */
  async whenLong(): Promise<void> {
    const { log, limits, logger, clock } = this.ports;
    if (this.running || this.rows <= FIXED.compactRows) return;
    const passed = Math.abs(clock.now() - this.began);
    if (passed < FIXED.compactMs && this.rows <= FIXED.compactRowsAtOnce) return;
    this.began = clock.now();
    this.running = true;
    try {
      const followed = await this.document.readAll();
      const { rows } = this;
      await log.compact(this.sessionId, this.document.encode(), followed.through);
      this.rows -= rows - followed.after;
      await log.trimGestures(this.sessionId, limits.gestures, limits.gestures * FIXED.gestureBytes);
    } catch (error) {
      logger.warn({ err: error, sessionId: this.sessionId }, 'The log could not be compacted; it will be tried again');
    } finally {
      this.running = false;
    }
  }
}

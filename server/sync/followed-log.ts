import type { LoggedUpdate, UpdateLog } from '../ports';

/**
 * Which rows of a session's log a room holds: all up to one, and some after it. Instances write at the same time, so between two of
 * one's own rows may lie somebody else's; only where reading ended, nothing before it is missing.
 */
export class FollowedLog {
  private readonly beyond = new Set<number>();
  private reading: Promise<void> | null = null;
  private again = false;

  /** `last`: the last row that was read. `alone`: nobody else writes, so nothing has to be read again. */
  constructor(
    private readonly log: UpdateLog,
    private readonly sessionId: string,
    private last: number,
    private readonly alone: boolean,
  ) {}

  /** Every row up to this one is held. */
  get through(): number {
    return this.last;
  }

  /** The newest row that is held. */
  get newest(): number {
    return Math.max(this.last, ...this.beyond);
  }

  /** How many rows after that are held. */
  get after(): number {
    return this.beyond.size;
  }

  knows(sequence: number): boolean {
    return sequence <= this.last || this.beyond.has(sequence);
  }

  note(sequence: number): void {
    if (this.alone) this.last = Math.max(this.last, sequence);
    else if (sequence > this.last) this.beyond.add(sequence);
  }

  /** Reads what was written since and hands over what is not held yet, in order. Asked for while it reads, it reads once more. */
  async catchUp(take: (rows: readonly LoggedUpdate[]) => void): Promise<void> {
    if (this.alone) return;
    this.again = true;
    this.reading ??= this.read(take).finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  private async read(take: (rows: readonly LoggedUpdate[]) => void): Promise<void> {
    while (this.again) {
      this.again = false;
      const rows = await this.log.since(this.sessionId, this.last);
      // A snapshot stands in its last row's place: that this one is held says nothing of the others.
      const fresh = rows.filter(({ sequence, clientId }) => clientId === null || !this.knows(sequence));
      if (fresh.length > 0) take(fresh);
      this.last = rows.at(-1)?.sequence ?? this.last;
      for (const sequence of this.beyond) if (sequence <= this.last) this.beyond.delete(sequence);
    }
  }
}

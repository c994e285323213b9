/** One reading of the two clocks: the second of the context that leaves the speakers at `at` (performance.now ms). */
export interface ClockReading {
  readonly context: number;
  readonly at: number;
}

/** The part of an AudioContext that tells the time. */
export interface TellsTime {
  readonly currentTime: number;
  readonly outputLatency: number;
  getOutputTimestamp(): { contextTime?: number; performanceTime?: number };
}

/**
 * Reads both clocks. Firefox's timestamp leaves the output latency out (32 ms early), so there it is `currentTime` less
 * that latency. Null while the context has not begun to move.
 */
export function readClocks(context: TellsTime, now: number, firefox: boolean): ClockReading | null {
  if (firefox) return context.currentTime > 0 ? { context: context.currentTime - context.outputLatency, at: now } : null;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  return contextTime > 0 && performanceTime > 0 ? { context: contextTime, at: performanceTime } : null;
}

/** Maps `performance.now()` to the context's time at the speakers by the median of many readings. */
export class ContextClock {
  /** How many readings are kept: one jitters by 3 to 5 ms, the median of 40 was within 0.1 ms. */
  static readonly KEPT = 40;
  private readonly offsets: number[] = [];
  private next = 0;
  private median: number | null = null;

  add(reading: ClockReading): void {
    this.offsets[this.next] = reading.at - reading.context * 1000;
    this.next = (this.next + 1) % ContextClock.KEPT;
    const sorted = [...this.offsets].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const upper = sorted[middle] ?? 0;
    this.median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
  }

  /** How many readings it stands on, at most 40. */
  get readings(): number {
    return this.offsets.length;
  }

  /** Goes on as it was until the next reading, and then by new ones alone: what was measured so far may hold no longer. */
  renew(): void {
    this.offsets.length = 0;
    this.next = 0;
  }

  /** Forgets all readings; after the context has slept its clock begins anew. */
  clear(): void {
    this.renew();
    this.median = null;
  }

  /** Seconds of the context that leave the speakers at `at` (performance.now ms); null before the first reading. */
  contextTime(at: number): number | null {
    return this.median === null ? null : (at - this.median) / 1000;
  }
}

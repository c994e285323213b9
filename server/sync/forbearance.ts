import { Bucket } from '../../lib/std';
import { FIXED } from './limits';
import type { Clock } from './ports';

/** How much each user may ask of a room, and be refused, before they have to wait. SPEC.md 4.9 and 4.11. */
export class Forbearance {
  private readonly refusals = new Map<string, Bucket>();
  private readonly changes = new Map<string, Bucket>();
  private readonly barredUntil = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Judging an update takes the time of all: each user has a share of it. False past it. */
  affords(userId: string, structsAndDeletions: number): boolean {
    const now = this.clock.now();
    const bucket = this.changes.get(userId) ?? new Bucket(FIXED.changesPerSecond, FIXED.changesAtOnce, now);
    this.changes.set(userId, bucket);
    return bucket.take(now, structsAndDeletions);
  }

  refused(userId: string, cost: number): void {
    const now = this.clock.now();
    const bucket = this.refusals.get(userId) ?? new Bucket(FIXED.refusalsPerSecond, FIXED.refusalsAtOnce, now);
    this.refusals.set(userId, bucket);
    if (!bucket.take(now, cost)) this.barredUntil.set(userId, now + FIXED.barredMs);
  }

  /** Whether somebody was refused so often that they stay outside for now. */
  bars(userId: string): boolean {
    return this.clock.now() < (this.barredUntil.get(userId) ?? 0);
  }
}

/** A token bucket: `perSecond` on average, `atOnce` in a burst. */
export class Bucket {
  private tokens: number;
  private at: number;

  /** `now` and all later times in milliseconds. */
  constructor(
    private readonly perSecond: number,
    private readonly atOnce: number,
    now: number,
  ) {
    this.tokens = atOnce;
    this.at = now;
  }

  /** Takes `cost` at `now`; false when there is nothing left. The last may cost more than is left: what follows waits for that, too. */
  take(now: number, cost = 1): boolean {
    this.tokens = Math.min(this.atOnce, this.tokens + (Math.max(0, now - this.at) * this.perSecond) / 1000);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens -= cost;
    return true;
  }
}

/** A token bucket: `perSecond` on average, `atOnce` in a burst. */
export class Bucket {
  private tokens: number;
  private at: number;

  constructor(
    private readonly perSecond: number,
    private readonly atOnce: number,
    now: number,
  ) {
    this.tokens = atOnce;
    this.at = now;
  }

  /** Takes one at `now` (ms); false when there is none left. */
  take(now: number): boolean {
    this.tokens = Math.min(this.atOnce, this.tokens + (Math.max(0, now - this.at) * this.perSecond) / 1000);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

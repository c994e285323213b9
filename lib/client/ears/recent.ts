/** How much a count that only grows has grown in the last minute. */
export class Recent {
  private readonly steps: { readonly at: number; readonly by: number }[] = [];

  /** `total` at the beginning, which happened before anybody looked. */
  constructor(private total: number) {}

  /** `now` in milliseconds. */
  look(total: number, now: number): number {
    if (total > this.total) this.steps.push({ at: now, by: total - this.total });
    this.total = total;
    while (this.steps[0] && now - this.steps[0].at >= 60_000) this.steps.shift();
    return this.steps.reduce((sum, { by }) => sum + by, 0);
  }
}

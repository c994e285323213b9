/** Counts the update messages of one connection and says up to which all are on disk. */
export class Acknowledgements {
  private received = 0;
  private told = 0;
  /** All up to this one are on disk. */
  private whole = 0;
  /** Those after it that are, before one that is not. */
  private readonly beyond = new Set<number>();

  /** The number of the message that just came, from 1. */
  next(): number {
    this.received += 1;
    return this.received;
  }

  /** Notes that the `n`-th is on disk. */
  settle(n: number): void {
    if (n > this.whole + 1) this.beyond.add(n);
    else this.settleUpTo(n);
  }

  /** Notes that all up to the `n`-th are on disk: a difference holds all that the client wrote before it. */
  settleUpTo(n: number): void {
    this.whole = Math.max(this.whole, n);
    if (this.beyond.size === 0) return;
    for (const one of this.beyond) if (one <= this.whole) this.beyond.delete(one);
    while (this.beyond.delete(this.whole + 1)) this.whole += 1;
  }

  /** The new count of leading messages on disk, or null when it has not grown since it was last told. */
  tell(): number | null {
    if (this.whole === this.told) return null;
    this.told = this.whole;
    return this.told;
  }
}

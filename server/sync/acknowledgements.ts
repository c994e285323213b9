/** Counts the update messages of one connection and says up to which all are on disk. */
export class Acknowledgements {
  private received = 0;
  private told = 0;
  private readonly done = new Set<number>();

  /** The number of the message that just came, from 1. */
  next(): number {
    this.received += 1;
    return this.received;
  }

  /** Notes that the `n`-th is on disk. */
  settle(n: number): void {
    this.done.add(n);
  }

  /** Notes that all up to the `n`-th are on disk: a difference holds all that the client wrote before it. */
  settleUpTo(n: number): void {
    for (let one = this.told + 1; one <= n; one++) this.done.add(one);
  }

  /** The new count of leading messages on disk, or null when it has not grown since it was last told. */
  tell(): number | null {
    const before = this.told;
    while (this.done.delete(this.told + 1)) this.told += 1;
    return this.told > before ? this.told : null;
  }
}

import type { Ask } from './ask';

/**
 * Keeps apart what is asked of one connection: while a transaction is open, across whatever its owner waits for, everything else waits.
 * What is outside of transactions goes to the database at once; there it is one step after the other.
 */
export class Turns {
  private transaction: Promise<void> | null = null;

  /** `within`: asks without waiting, as whoever has opened the transaction may. */
  constructor(readonly within: Ask) {}

  readonly ask: Ask = async (step, given, transfer) => {
    // Nothing can come between the last look and the asking.
    while (this.transaction) await this.transaction;
    return await this.within(step, given, transfer);
  };

  /** Resolves when nobody has a transaction open and the caller may begin one; the result is to be called when it is over. */
  async open(): Promise<() => void> {
    while (this.transaction) await this.transaction;
    let ended = () => {};
    this.transaction = new Promise((resolve) => {
      ended = resolve;
    });
    return () => {
      this.transaction = null;
      ended();
    };
  }
}

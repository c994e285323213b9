interface Waiting<Item> {
  readonly item: Item;
  readonly update: Uint8Array;
  /** Number of the first frame of this connection that carries it; null while none does. */
  frame: number | null;
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * Which changes the service has not yet put on disk. It acknowledges a connection's update frames by number (1, 2, 3 …,
 * subtypes 1 and 2 alike), so this counts what is sent and knows which frame carries which change. Rules 1 to 5 of SPEC.md.
 */
export class Tally<Item> {
  private waiting: Waiting<Item>[] = [];
  private frames = 0;

  /** How many changes only this browser holds. */
  get kept(): number {
    return this.waiting.length;
  }

  /** What only this browser holds, in the order in which it was made. */
  get items(): readonly Item[] {
    return this.waiting.map(({ item }) => item);
  }

  add(item: Item, update: Uint8Array): void {
    this.waiting.push({ item, update, frame: null });
  }

  /** A new connection counts from the start, and has carried nothing yet. */
  connected(): void {
    this.frames = 0;
    for (const change of this.waiting) change.frame = null;
  }

  /** A frame with one update goes out. */
  sendsUpdate(update: Uint8Array): void {
    this.frames++;
    // The newest first: it is nearly always the one, for a change is sent in the moment it is made.
    for (let at = this.waiting.length - 1; at >= 0; at--) {
      const change = this.waiting[at];
      if (change?.frame === null && same(change.update, update)) {
        change.frame = this.frames;
        return;
      }
    }
  }

  /** A frame with all that the service lacks goes out: it carries every change made so far. */
  sendsDifference(): void {
    this.frames++;
    for (const change of this.waiting) change.frame ??= this.frames;
  }

  /** The first `count` frames are on disk. Returns what need not be kept any longer. */
  saved(count: number): Item[] {
    const isSafe = ({ frame }: Waiting<Item>) => frame !== null && frame <= count;
    const done = this.waiting.filter(isSafe);
    if (done.length) this.waiting = this.waiting.filter((change) => !isSafe(change));
    return done.map((change) => change.item);
  }

  /** Forgets everything: the changes were given up. */
  clear(): void {
    this.waiting = [];
  }
}

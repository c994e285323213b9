import { encodeHand, HANDS_PER_SECOND } from '../../protocol';
import type { Scope } from '../../std';

/** Some messages a second stay free for taking hold and letting go. */
const RESERVE = 10;
const GAP_MS = 1000 / (HANDS_PER_SECOND - RESERVE);

/** Tells the others where my hands are: all moves between two messages go into one, and none comes too fast. */
export class HandSender {
  private readonly moved = new Map<string, number>();
  private freeAt = 0;
  private waiting = false;

  constructor(
    private readonly send: (frame: Uint8Array) => void,
    private readonly now: () => number,
    private readonly scope: Scope,
  ) {}

  move(key: string, value: number): void {
    this.moved.set(key, value);
    if (this.waiting) return;
    const wait = this.freeAt - this.now();
    if (wait <= 0) {
      this.flush();
      return;
    }
    this.waiting = true;
    this.scope.after(wait, () => {
      this.waiting = false;
      this.flush();
    });
  }

  /** The last word on these controls, with where they were left. */
  release(values: readonly (readonly [string, number])[]): void {
    for (const [key] of values) this.moved.delete(key);
    for (const frame of encodeHand({ released: true, values })) this.send(frame);
  }

  private flush(): void {
    if (this.moved.size === 0) return;
    const frames = encodeHand({ released: false, values: [...this.moved] });
    this.moved.clear();
    for (const frame of frames) this.send(frame);
    this.freeAt = this.now() + frames.length * GAP_MS;
  }
}

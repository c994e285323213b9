import { clampToRow, type Mix, rowOf, type Target, targetOf } from '../../mix';
import type { HandMove } from '../../protocol';

interface Held {
  readonly client: number;
  readonly target: Target;
  readonly value: number;
  /** When it was last told of, milliseconds. */
  readonly at: number;
  /** Let go, but the change itself has not come yet: the value stays until it does, or for a moment. */
  readonly released: boolean;
}

/** A hand that says nothing for so long is gone: its page crashed or lost its line. */
const SILENCE_MS = 10_000;
const LINGER_MS = 1000;

/** The hands of others and what they hold, from their messages. Time is handed in, in milliseconds. */
export class RemoteHands {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly changed: (key: string, target: Target) => void,
    /** Whether my own hand is on the control, and stays there although `client` took it in the same moment. */
    private readonly keeps: (key: string, client: number) => boolean,
  ) {}

  /** Who holds the control; null when nobody else does. */
  holder(key: string): number | null {
    const held = this.held.get(key);
    return held && !held.released ? held.client : null;
  }

  /** Where the hand has it; undefined when no hand shows. */
  value(key: string): number | undefined {
    return this.held.get(key)?.value;
  }

  entries(): Iterable<readonly [string, { readonly target: Target; readonly value: number }]> {
    return this.held;
  }

  /** Takes a message in; controls and values that the mix does not have are passed over. */
  take(client: number, move: HandMove, mix: Mix, now: number): void {
    for (const [key, raw] of move.values) {
      const target = targetOf(key);
      const row = target && rowOf(mix, target);
      if (!row || !target) continue;
      const before = this.held.get(key);
      // Two who took it in the same moment: all agree that the lower number has it.
      if ((before && !before.released && before.client < client) || this.keeps(key, client)) continue;
      this.held.set(key, { client, target, value: clampToRow(row, raw), at: now, released: move.released });
      this.changed(key, target);
    }
  }

  /** The kept mix has a new value of the control: a hand that let go has nothing more to show. */
  kept(key: string): void {
    if (this.held.get(key)?.released) this.drop(key);
  }

  left(client: number): void {
    for (const [key, held] of this.held) if (held.client === client) this.drop(key);
  }

  sweep(now: number): void {
    for (const [key, held] of this.held) {
      if (now - held.at > (held.released ? LINGER_MS : SILENCE_MS)) this.drop(key);
    }
  }

  private drop(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.held.delete(key);
    this.changed(key, held.target);
  }
}

import type { Desk, Gesture } from '../../lib/client';
import type { Target } from '../../lib/mix';
import { createStore, type ReadableStore } from '../../lib/std';

/** After the last key or turn of the wheel: then the hand is off, and all of it was one change. */
const REST_MS = 500;

/**
 * My hand on one or several controls that move together. Dragging takes, moves and lets go; keys and the wheel nudge,
 * and let go by themselves when they rest, so that a run of presses is one change and one undo.
 */
export class Hold {
  private gesture: Gesture | null = null;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly heldStore = createStore(false);
  readonly held: ReadableStore<boolean> = this.heldStore;

  constructor(
    private readonly desk: Desk,
    private readonly targets: readonly Target[],
    /** Hears why a control would not move, as a sentence. */
    private readonly refused: (why: string) => void,
  ) {}

  /** True when the controls are in the hand now. */
  take(): boolean {
    if (this.gesture) return true;
    const taken = this.desk.grab(this.targets);
    if (!taken.ok) {
      this.refused(taken.error);
      return false;
    }
    this.gesture = taken.value;
    this.heldStore.set(true);
    return true;
  }

  /** New values in the order of the targets; nothing where they are not held. */
  move(...values: readonly number[]): void {
    this.gesture?.move(...values);
  }

  /** Takes hold if need be, moves, and lets go after a rest. */
  nudge(...values: readonly number[]): void {
    if (!this.take()) return;
    this.move(...values);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.release(), REST_MS);
  }

  /** Sets at once as one change: typed, reset, switched. */
  set(...values: readonly number[]): boolean {
    this.release();
    const done = this.desk.set(...this.targets.map((target, index) => [target, values[index] ?? 0] as const));
    if (!done.ok) this.refused(done.error);
    return done.ok;
  }

  release(): void {
    this.end((gesture) => gesture.release());
  }

  cancel(): void {
    this.end((gesture) => gesture.cancel());
  }

  private end(how: (gesture: Gesture) => void): void {
    clearTimeout(this.rest);
    const gesture = this.gesture;
    if (!gesture) return;
    this.gesture = null;
    how(gesture);
    this.heldStore.set(false);
  }
}

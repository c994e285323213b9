import { clampToRow, type ParameterRow, type Target, targetKey } from '../../mix';
import type { Scope } from '../../std';
import type { Gesture } from '../types';

/** What a gesture needs of the desk. */
export interface Grip {
  /** Shows and sounds a value under this hand, here and at the others. */
  show(key: string, target: Target, value: number): void;
  /** Writes values into the mix; all with the same `hand` are one step of undo. */
  write(values: readonly (readonly [Target, number])[], hand: object): void;
  /** False while another hand of mine is open: steps in between would tear the two apart in undo. */
  alone(): boolean;
  /** What was written of these controls' automation is dropped. */
  drop(target: Target): void;
  /** The hand is off these controls, which rest at these values. */
  done(gesture: OpenGesture, rest: readonly (readonly [string, number])[]): void;
}

export interface HeldControl {
  readonly key: string;
  readonly target: Target;
  readonly row: ParameterRow;
  /** Value at the grab. */
  readonly start: number;
}

const WRITE_EVERY_MS = 200;

export function heldControl(target: Target, row: ParameterRow, start: number): HeldControl {
  return { key: targetKey(target), target, row, start };
}

/** One hand on some controls from grab to release. */
export class OpenGesture implements Gesture {
  private readonly hand = {};
  private readonly now: number[];
  private ended = false;
  private written = false;
  private writing: (() => void) | null = null;

  constructor(
    readonly controls: readonly HeldControl[],
    private readonly grip: Grip,
    private readonly scope: Scope,
  ) {
    this.now = controls.map((control) => control.start);
    this.showAll();
  }

  holds(key: string): boolean {
    return this.controls.some((control) => control.key === key);
  }

  move(...values: number[]): void {
    if (this.ended) return;
    for (const [index, { row }] of this.controls.entries()) {
      const value = values[index];
      if (value !== undefined) this.now[index] = clampToRow(row, value);
    }
    this.showAll();
    this.writing ??= this.scope.after(WRITE_EVERY_MS, () => {
      this.writing = null;
      // Two controls written in turn never become one item in the document: it would grow by all that they were on the way.
      if (this.controls.length === 1 && this.grip.alone()) this.write(this.now);
    });
  }

  release(): void {
    if (this.ended) return;
    this.end();
    this.write(this.now);
    this.letGo(this.now);
  }

  cancel(): void {
    if (this.ended) return;
    this.end();
    const start = this.controls.map((control) => control.start);
    for (const { target } of this.controls) this.grip.drop(target);
    if (this.written) this.write(start);
    this.letGo(start);
  }

  /** Somebody else has the controls, or this role no longer moves any: the hand is off and leaves what is written. */
  yield(): void {
    if (this.ended) return;
    this.end();
    this.grip.done(this, []);
  }

  /** Says again where the hand is, for those who would otherwise take it for gone. */
  showAll(): void {
    for (const [index, { key, target }] of this.controls.entries()) this.grip.show(key, target, this.now[index] ?? 0);
  }

  private end(): void {
    this.ended = true;
    this.writing?.();
  }

  private write(values: readonly number[]): void {
    this.written = true;
    this.grip.write(
      this.controls.map(({ target }, index) => [target, values[index] ?? 0] as const),
      this.hand,
    );
  }

  private letGo(values: readonly number[]): void {
    this.grip.done(
      this,
      this.controls.map(({ key }, index) => [key, values[index] ?? 0] as const),
    );
  }
}

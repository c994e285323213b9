import { type Target, targetKey } from '../../mix';

interface Beside {
  readonly target: Target;
  /** Null: as the mix says. */
  readonly value: number | null;
  readonly remote: boolean;
}

/** The controls whose value in the desk may be another than the mix says, for somebody's hand moves or moved them. */
export class ValuesBeside {
  private readonly kept = new Map<string, Beside>();

  set(target: Target, value: number, remote: boolean): void {
    this.kept.set(targetKey(target), { target, value, remote });
  }

  /** The desk holds what the mix says. */
  settle(target: Target): void {
    this.kept.delete(targetKey(target));
  }

  /** A new mix counts for every control, until a hand says again that it is on one. */
  mixChanged(): void {
    for (const [key, { target, remote }] of this.kept) this.kept.set(key, { target, value: null, remote });
  }

  all(): readonly Beside[] {
    return [...this.kept.values()];
  }
}

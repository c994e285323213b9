/** How often one stem's progress is told, at most. */
const EVERY_MS = 250;

/** How far what is under way has come: kept in memory only, told to `tell` four times a second at most. */
export class ProgressBoard {
  private readonly entries = new Map<string, { done: number; told: number }>();

  constructor(
    private readonly now: () => number,
    private readonly tell: (stemId: string, done: number) => void,
  ) {}

  set(stemId: string, done: number): void {
    const entry = this.entries.get(stemId) ?? { done: 0, told: Number.NEGATIVE_INFINITY };
    entry.done = done;
    this.entries.set(stemId, entry);
    if (this.now() - entry.told < EVERY_MS) return;
    entry.told = this.now();
    this.tell(stemId, done);
  }

  get(stemId: string): number | undefined {
    return this.entries.get(stemId)?.done;
  }

  forget(stemId: string): void {
    this.entries.delete(stemId);
  }
}

/** Delays in steps of a tenth of a millisecond: a hundred thousand come in a second. */
export class Delays {
  private readonly steps = new Uint32Array(100_000);
  count = 0;

  add(ms: number): void {
    const step = Math.max(0, Math.min(this.steps.length - 1, Math.round(ms * 10)));
    this.steps[step] = (this.steps[step] ?? 0) + 1;
    this.count++;
  }

  /** The delay in ms that this share of all did not pass; infinite where there were none. */
  at(share: number): number {
    let rest = Math.ceil(this.count * share);
    if (rest === 0) return Number.POSITIVE_INFINITY;
    for (const [step, count] of this.steps.entries()) {
      rest -= count;
      if (rest <= 0) return step / 10;
    }
    return Number.POSITIVE_INFINITY;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

export const passed = (ms: number): Promise<void> => new Promise((later) => setTimeout(later, ms));

/** Calls each of `acts` `hertz` times a second, all spread evenly, for so long. */
export async function every(acts: readonly (() => void)[], hertz: number, ms: number): Promise<void> {
  const began = performance.now();
  const period = 1000 / hertz;
  const due = acts.map((_, index) => began + (index / acts.length) * period);
  // Sorted by when they are due, and each comes after one period: a ring.
  let next = 0;
  const total = Math.round((ms / period) * acts.length);
  for (let done = 0; done < total; ) {
    const now = performance.now();
    while (done < total && (due[next] ?? 0) <= now) {
      acts[next]?.();
      due[next] = (due[next] ?? 0) + period;
      next = (next + 1) % acts.length;
      done++;
    }
    await passed(1);
  }
}

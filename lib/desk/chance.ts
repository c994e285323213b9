import type { ParameterRow } from '../mix';

/** Choices from a seed, by whole-number steps and one division: the same in every browser (mulberry32). */
export class Chance {
  constructor(private state: number) {}

  /** Next number from 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** True in this share of all cases. */
  often(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number from 0 up to `limit` − 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** One of a list. Throws where it is empty. */
  of<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  /** The same things in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    return list.flatMap(() => rest.splice(this.below(rest.length), 1));
  }

  /** A value of a row's range, mostly as people set it: low ones over decades, high ones of faders. No function of the browser's mathematics. */
  valueOf(row: ParameterRow): number {
    const place = this.next();
    if (row.law === 'switch') return place < 0.5 ? 0 : 1;
    if (row.law === 'choice') return row.min + Math.floor(place * (row.max - row.min + 1));
    const cube = place * place * place;
    const bent = row.law === 'log' ? cube : row.law === 'fader' ? 1 - cube : place;
    return Math.round((row.min + (row.max - row.min) * bent) * 1000) / 1000;
  }
}

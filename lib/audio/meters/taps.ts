import type { DeskLine } from '../driver/line';

interface Seat {
  slot: number;
  where: 'before' | 'after';
  usedAt: number;
}

/** Hands out the desk's taps to whoever looks: a place that is looked at keeps its tap, the one looked at longest ago goes. */
export class Taps {
  private readonly seats: Seat[];
  private looks = 0;

  constructor(private readonly line: DeskLine) {
    this.seats = Array.from({ length: line.desk.layout.taps }, () => ({ slot: -1, where: 'after', usedAt: 0 }));
  }

  /** The tap of a place; a new one begins silent. */
  tapOf(slot: number, where: 'before' | 'after'): number {
    this.looks += 1;
    let oldest = 0;
    for (let tap = 0; tap < this.seats.length; tap++) {
      const seat = this.seats[tap];
      if (seat?.slot === slot && seat.where === where) {
        seat.usedAt = this.looks;
        return tap;
      }
      if ((seat?.usedAt ?? 0) < (this.seats[oldest]?.usedAt ?? 0)) oldest = tap;
    }
    this.seats[oldest] = { slot, where, usedAt: this.looks };
    this.tell(oldest);
    return oldest;
  }

  /** Says again what a desk that slept has missed. */
  restate(): void {
    for (let tap = 0; tap < this.seats.length; tap++) this.tell(tap);
  }

  private tell(tap: number): void {
    const seat = this.seats[tap];
    if (seat && seat.slot >= 0) this.line.write([{ do: 'tap', tap, strip: seat.slot, where: seat.where }]);
  }
}

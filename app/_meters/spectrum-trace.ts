import type { Meters } from '../../lib/audio';
import type { StripId } from '../../lib/mix';
import { frequencyAt } from '../_console/eq/axes';
import { toLogColumns } from '../_console/eq/log-columns';

export const COLUMNS = 400;
const FLOOR_DB = -160;

export interface SpectrumLook {
  /** Bins of the transform: finer in frequency, slower in time. */
  readonly bins: number;
  /** dB per octave by which highs are lifted, about 1 kHz: 4.5 makes most music level. */
  readonly slope: number;
  /** Seconds in which a reading is taken over; 0 at once. */
  readonly seconds: number;
  /** Keeps the highest. */
  readonly hold: boolean;
}

/** One strip's spectrum as it is shown: averaged over time, sloped, and its highest. */
export class SpectrumTrace {
  readonly shown = new Float32Array(COLUMNS).fill(FLOOR_DB);
  readonly highest = new Float32Array(COLUMNS).fill(FLOOR_DB);
  private readonly columns = new Float32Array(COLUMNS);
  private bins = new Float32Array(1);

  /** Forgets what was held. */
  clear(): void {
    this.highest.fill(FLOOR_DB);
  }

  /** Takes the newest spectrum; `elapsed` in milliseconds since the last time. */
  look(meters: Meters, strip: StripId, { bins, slope, seconds, hold }: SpectrumLook, elapsed: number): void {
    if (this.bins.length !== bins) this.bins = new Float32Array(bins);
    if (!meters.spectrum({ strip, tap: 'after' }, this.bins)) return;
    toLogColumns(this.bins, this.columns);
    const share = seconds === 0 ? 1 : 1 - Math.exp(-elapsed / 1000 / seconds);
    for (let column = 0; column < COLUMNS; column += 1) {
      const reading = (this.columns[column] ?? FLOOR_DB) + slope * Math.log2(frequencyAt((column + 0.5) / COLUMNS) / 1000);
      const was = this.shown[column] ?? FLOOR_DB;
      const now = was + (reading - was) * share;
      this.shown[column] = now;
      this.highest[column] = hold ? Math.max(this.highest[column] ?? FLOOR_DB, now) : FLOOR_DB;
    }
  }
}

import type { Desk, MixLevels } from '../../desk';
import { Fft, hannWindow } from '../../dsp';
import { MASTER, type StripId } from '../../mix';
import type { DeskLine } from '../driver/line';
import type { MasterMeter, Meters, StripMeter } from '../types';

/** Bins quieter than this are shown as this. */
const FLOOR_DB = -160;
/** The mean of the Hann window, by which it lowers every amplitude. */
const HANN_MEAN = 0.5;

/** A transform of one length with its window and arrays. */
class Spectrum {
  private readonly fft: Fft;
  private readonly window: Float64Array;
  private readonly samples: Float32Array;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;

  constructor(readonly bins: number) {
    const size = 2 * bins;
    this.fft = new Fft(size);
    this.window = hannWindow(size);
    this.samples = new Float32Array(size);
    this.real = new Float64Array(size);
    this.imaginary = new Float64Array(size);
  }

  /** A sine at full scale reads 0 dB. */
  measure(desk: Desk, tap: 'before' | 'after', into: Float32Array): void {
    desk.readTap(tap, this.samples);
    const { real, imaginary } = this;
    for (let n = 0; n < real.length; n++) {
      real[n] = (this.samples[n] ?? 0) * (this.window[n] ?? 0);
      imaginary[n] = 0;
    }
    this.fft.transform(real, imaginary);
    for (let k = 0; k < this.bins; k++) {
      const magnitude = Math.hypot(real[k] ?? 0, imaginary[k] ?? 0) / (this.bins * HANN_MEAN);
      into[k] = Math.max(FLOOR_DB, 20 * Math.log10(magnitude));
    }
  }
}

/** Reads the desk's meters from shared memory; nothing is made per frame. */
export class DeskMeters implements Meters {
  private readonly mix: MixLevels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
  private analyser: Spectrum | null = null;
  private tapped = -1;

  /** The desk once it runs, and the slot of each strip. */
  private source: { readonly line: DeskLine; readonly slotOf: (strip: StripId) => number } | null = null;
  /** What the desk has missed while it slept. */
  private readonly missed = new Set<'clearClips' | 'resetLoudness'>();

  /** The desk runs. */
  connect(line: DeskLine, slotOf: (strip: StripId) => number): void {
    this.source = { line, slotOf };
  }

  /** Says again what a desk that slept has missed. */
  restate(): void {
    for (const what of [...this.missed]) this.tell(what);
  }

  readStrip(strip: StripId, into: StripMeter): boolean {
    const slot = this.source?.slotOf(strip) ?? -1;
    return slot >= 0 && this.source?.line.desk.readStrip(slot, into) === true;
  }

  readMaster(into: MasterMeter): boolean {
    if (!this.readStrip(MASTER, into)) return false;
    this.source?.line.desk.readMix(this.mix);
    Object.assign(into, this.mix);
    return true;
  }

  clearClips(): void {
    this.tell('clearClips');
  }

  resetLoudness(): void {
    this.tell('resetLoudness');
  }

  spectrum({ strip, tap }: { strip: StripId; tap: 'before' | 'after' }, into: Float32Array): boolean {
    const slot = this.source?.slotOf(strip) ?? -1;
    if (slot < 0 || !this.source) return false;
    const { line } = this.source;
    if (this.tapped !== slot && line.write([{ do: 'tap', strip: slot }]) !== null) this.tapped = slot;
    if (this.analyser?.bins !== into.length) this.analyser = new Spectrum(into.length);
    this.analyser.measure(line.desk, tap, into);
    return true;
  }

  private tell(what: 'clearClips' | 'resetLoudness'): void {
    if (!this.source || this.source.line.write([{ do: what }]) !== null) this.missed.delete(what);
    else this.missed.add(what);
  }
}

import type { Desk, MixLevels } from '../../desk';
import { Fft, hannWindow } from '../../dsp';
import { MASTER, type StripId } from '../../mix';
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

  /** The desk while it runs, and the slot of each strip. */
  private source: { readonly desk: Desk; readonly slotOf: (strip: StripId) => number } | null = null;

  /** The desk runs. */
  connect(desk: Desk, slotOf: (strip: StripId) => number): void {
    this.source = { desk, slotOf };
  }

  readStrip(strip: StripId, into: StripMeter): boolean {
    const slot = this.source?.slotOf(strip) ?? -1;
    return slot >= 0 && this.source?.desk.readStrip(slot, into) === true;
  }

  readMaster(into: MasterMeter): boolean {
    if (!this.readStrip(MASTER, into)) return false;
    this.source?.desk.readMix(this.mix);
    Object.assign(into, this.mix);
    return true;
  }

  clearClips(): void {
    this.source?.desk.write([{ do: 'clearClips' }]);
  }

  resetLoudness(): void {
    this.source?.desk.write([{ do: 'resetLoudness' }]);
  }

  spectrum({ strip, tap }: { strip: StripId; tap: 'before' | 'after' }, into: Float32Array): boolean {
    const slot = this.source?.slotOf(strip) ?? -1;
    if (slot < 0 || !this.source) return false;
    const { desk } = this.source;
    if (this.tapped !== slot) {
      this.tapped = slot;
      desk.write([{ do: 'tap', strip: slot }]);
    }
    if (this.analyser?.bins !== into.length) this.analyser = new Spectrum(into.length);
    this.analyser.measure(desk, tap, into);
    return true;
  }
}

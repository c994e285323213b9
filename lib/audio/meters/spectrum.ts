import { Fft, hannWindow } from '../../dsp';

/** Bins quieter than this are shown as this. */
const FLOOR_DB = -160;
/** The mean of the Hann window, by which it lowers every amplitude. */
const HANN_MEAN = 0.5;

/** A transform of one length with its window and arrays. Left and right go through it together, as real and imaginary part. */
export class Spectrum {
  readonly left: Float32Array;
  readonly right: Float32Array;
  private readonly fft: Fft;
  private readonly window: Float64Array;
  private readonly real: Float64Array;
  private readonly imaginary: Float64Array;

  constructor(private readonly bins: number) {
    const size = 2 * bins;
    this.fft = new Fft(size);
    this.window = hannWindow(size);
    this.left = new Float32Array(size);
    this.right = new Float32Array(size);
    this.real = new Float64Array(size);
    this.imaginary = new Float64Array(size);
  }

  /** Magnitudes of `left` and `right`, root of the mean of both energies: a sine at full scale on both sides reads 0 dB. */
  measure(into: Float32Array): void {
    const { real, imaginary, bins } = this;
    const size = 2 * bins;
    for (let n = 0; n < size; n++) {
      const window = this.window[n] ?? 0;
      real[n] = (this.left[n] ?? 0) * window;
      imaginary[n] = (this.right[n] ?? 0) * window;
    }
    this.fft.transform(real, imaginary);
    // |L|² + |R|² = (|Z(k)|² + |Z(−k)|²) / 2, for what is real on both sides.
    const scale = 1 / (4 * (bins * HANN_MEAN) ** 2);
    for (let k = 0; k < bins; k++) {
      const mirrored = (size - k) & (size - 1);
      const energy = (real[k] ?? 0) ** 2 + (imaginary[k] ?? 0) ** 2 + (real[mirrored] ?? 0) ** 2 + (imaginary[mirrored] ?? 0) ** 2;
      into[k] = Math.max(FLOOR_DB, 10 * Math.log10(energy * scale));
    }
  }
}

/**
 * The fast Fourier transform of one length, in place (radix 2, decimation in time; Cooley and Tukey 1965), with its
 * tables made once.
 */
export class Fft {
  private readonly cosine: Float64Array;
  private readonly sine: Float64Array;
  private readonly reversed: Uint32Array;

  /** `size` is a power of two; throws otherwise. */
  constructor(readonly size: number) {
    const bits = Math.log2(size);
    if (!Number.isInteger(bits) || size < 2) throw new Error(`The length of a transform is a power of two, not ${size}.`);
    this.cosine = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sine = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.reversed = new Uint32Array(size);
    for (let n = 1; n < size; n++) this.reversed[n] = ((this.reversed[n >> 1] ?? 0) >> 1) | ((n & 1) << (bits - 1));
  }

  /** Replaces the signal `real + i·imaginary` by its spectrum, Σ x[n]·e^(−2πikn/size). */
  transform(real: Float64Array, imaginary: Float64Array): void {
    for (let n = 0; n < this.size; n++) {
      const other = this.reversed[n] ?? 0;
      if (other > n) {
        exchange(real, n, other);
        exchange(imaginary, n, other);
      }
    }
    for (let half = 1; half < this.size; half *= 2) this.combine(real, imaginary, half);
  }

  /** Joins pairs of transforms of length `half` into transforms of twice that. */
  private combine(real: Float64Array, imaginary: Float64Array, half: number): void {
    const stride = this.size / (2 * half);
    for (let start = 0; start < this.size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const cosine = this.cosine[k * stride] as number;
        const sine = this.sine[k * stride] as number;
        const upper = start + k;
        const lower = upper + half;
        const lowerReal = real[lower] as number;
        const lowerImaginary = imaginary[lower] as number;
        const turnedReal = lowerReal * cosine - lowerImaginary * sine;
        const turnedImaginary = lowerReal * sine + lowerImaginary * cosine;
        real[lower] = (real[upper] as number) - turnedReal;
        imaginary[lower] = (imaginary[upper] as number) - turnedImaginary;
        real[upper] = (real[upper] as number) + turnedReal;
        imaginary[upper] = (imaginary[upper] as number) + turnedImaginary;
      }
    }
  }
}

function exchange(values: Float64Array, a: number, b: number): void {
  const held = values[a] as number;
  values[a] = values[b] as number;
  values[b] = held;
}

/** The periodic Hann window: ½ − ½·cos(2πn/size). */
export function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
}

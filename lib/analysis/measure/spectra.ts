import { Fft, hannWindow } from '../../dsp';
import { BANDS, BINS, decibels, SIZE, thirdOctaves } from './bands';
import { LOW_BINS, type QuietMeasure, type StripMeasure } from './strip-measure';

/** The softest stretches that are averaged: one in forty, this many at most and at least; and below which level (dBFS) there is nothing. */
const SOFTEST = 12;
const FEWEST = 3;
const ONE_IN = 40;
const NOTHING = -96;
/** Share of the softest stretches, within this many dB, that belongs to the floor. */
const FLOOR_SPREAD = 3;

interface Soft {
  readonly power: number;
  readonly spectrum: Float32Array;
}

type SpectraMeasure = Pick<StripMeasure, 'bands' | 'lows' | 'spectrum' | 'left' | 'right' | 'shared' | 'quiet'>;

/** Spectra of a strip every 200 ms while its sound goes by: two real transforms in one complex one. */
export class Spectra {
  private readonly fft = new Fft(SIZE);
  private readonly window = hannWindow(SIZE);
  private readonly real = new Float64Array(SIZE);
  private readonly imaginary = new Float64Array(SIZE);
  private readonly one = new Float32Array(BINS);
  private readonly other = new Float32Array(BINS);
  private readonly sum = new Float64Array(BINS);
  private readonly sides = { left: new Float64Array(BINS), right: new Float64Array(BINS), shared: new Float64Array(BINS) };
  private readonly rows: Float32Array[] = [];
  private readonly lowRows: Float32Array[] = [];
  private readonly powers: number[] = [];
  private readonly softest: Soft[] = [];
  /** Mean square of one bin's worth: the window's power and both halves of the spectrum taken into account. */
  private readonly scale: number;

  constructor() {
    const energy = this.window.reduce((total, value) => total + value * value, 0);
    this.scale = 2 / (SIZE * energy);
  }

  /** The next stretch of a stereo strip: `SIZE` frames. */
  stereo(left: Float32Array, right: Float32Array): void {
    this.transform(left, right);
    const { one, scale, real, imaginary, sides } = this;
    for (let bin = 0; bin < BINS; bin++) {
      const mirror = (SIZE - bin) & (SIZE - 1);
      const [a, b, c, d] = [real[bin] ?? 0, imaginary[bin] ?? 0, real[mirror] ?? 0, imaginary[mirror] ?? 0];
      const both = (a * a + b * b + c * c + d * d) / 4;
      const cross = (a * c - b * d) / 2;
      sides.left[bin] = (sides.left[bin] ?? 0) + scale * (both + cross);
      sides.right[bin] = (sides.right[bin] ?? 0) + scale * (both - cross);
      sides.shared[bin] = (sides.shared[bin] ?? 0) + (scale * (a * d + b * c)) / 2;
      one[bin] = scale * both;
    }
    this.take(one);
  }

  /** The next two stretches of a mono strip. */
  mono(first: Float32Array, second: Float32Array): void {
    this.transform(first, second);
    const { one, other, scale, real, imaginary } = this;
    for (let bin = 0; bin < BINS; bin++) {
      const mirror = (SIZE - bin) & (SIZE - 1);
      const [a, b, c, d] = [real[bin] ?? 0, imaginary[bin] ?? 0, real[mirror] ?? 0, imaginary[mirror] ?? 0];
      const both = (a * a + b * b + c * c + d * d) / 4;
      const cross = (a * c - b * d) / 2;
      one[bin] = scale * (both + cross);
      other[bin] = scale * (both - cross);
    }
    this.take(one);
    this.take(other);
  }

  private transform(one: Float32Array, other: Float32Array): void {
    const { window, real, imaginary } = this;
    for (let n = 0; n < SIZE; n++) {
      const weight = window[n] as number;
      real[n] = weight * (one[n] ?? 0);
      imaginary[n] = weight * (other[n] ?? 0);
    }
    this.fft.transform(real, imaginary);
  }

  private take(spectrum: Float32Array): void {
    let power = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const value = spectrum[bin] as number;
      power += value;
      this.sum[bin] = (this.sum[bin] as number) + value;
    }
    const row = new Float32Array(BANDS);
    thirdOctaves(spectrum, row);
    this.rows.push(row);
    this.lowRows.push(spectrum.slice(0, LOW_BINS));
    this.powers.push(power);
    if (decibels(power) > NOTHING) this.offer(power, spectrum);
  }

  private offer(power: number, spectrum: Float32Array): void {
    const { softest } = this;
    if (softest.length === SOFTEST && power >= (softest.at(-1)?.power ?? 0)) return;
    const at = softest.findIndex((one) => one.power > power);
    softest.splice(at < 0 ? softest.length : at, 0, { power, spectrum: spectrum.slice() });
    if (softest.length > SOFTEST) softest.pop();
  }

  /** What has been seen; a mono strip is the same on both sides. */
  finish(mono: boolean): SpectraMeasure {
    const count = Math.max(1, this.rows.length);
    const spectrum = this.sum.map((power) => power / count);
    const bands = inOne(this.rows, BANDS);
    const lows = inOne(this.lowRows, LOW_BINS);
    const across = (bins: Float64Array) => {
      const into = new Float64Array(BANDS);
      thirdOctaves(bins, into);
      return into.map((power) => power / count);
    };
    const whole = () => across(this.sum);
    const sides = mono
      ? { left: whole(), right: whole(), shared: whole() }
      : { left: across(this.sides.left), right: across(this.sides.right), shared: across(this.sides.shared) };
    return { bands, lows, spectrum, ...sides, quiet: this.quiet() };
  }

  private quiet(): QuietMeasure | null {
    const { powers } = this;
    const softest = this.softest.slice(0, Math.max(FEWEST, Math.round(powers.length / ONE_IN)));
    if (softest.length < FEWEST) return null;
    const share = 1 / softest.length;
    const spectrum = new Float32Array(BINS);
    for (const soft of softest)
      for (let bin = 0; bin < BINS; bin++) spectrum[bin] = (spectrum[bin] as number) + share * (soft.spectrum[bin] as number);
    const level = decibels(share * softest.reduce((total, { power }) => total + power, 0));
    const near = powers.filter((power) => decibels(power) > NOTHING && decibels(power) < level + FLOOR_SPREAD).length;
    return { spectrum, level, share: near / powers.length };
  }
}

function inOne(rows: readonly Float32Array[], size: number): Float32Array {
  const all = new Float32Array(size * rows.length);
  rows.forEach((row, n) => {
    all.set(row, size * n);
  });
  return all;
}

import { butterworthQuality } from './butterworth';
import * as filter from './design';

/** One band of the equaliser; `type` as in `EQ_TYPES`: bell, low shelf, high shelf, notch, tilt. */
export interface BandShape {
  readonly type: number;
  /** Hz, dB. */
  readonly freq: number;
  readonly gain: number;
  readonly q: number;
}

/** A Butterworth high- or low-pass: Hz, and dB per octave in steps of 6. */
export interface CutShape {
  readonly freq: number;
  readonly slope: number;
}

const SAMPLE_RATE = 48_000;
const angleOf = (hertz: number) => (2 * Math.PI * hertz) / SAMPLE_RATE;
/** −240 dB: the bottom of a notch. */
const NOTHING = 1e-24;

/** H at `hertz` of the filter designed last, as real and imaginary part. */
function responseAt(hertz: number): readonly [number, number] {
  const w = angleOf(hertz);
  const [c1, s1, c2, s2] = [Math.cos(w), Math.sin(w), Math.cos(2 * w), Math.sin(2 * w)];
  const [zr, zi] = [filter.b0 + filter.b1 * c1 + filter.b2 * c2, -filter.b1 * s1 - filter.b2 * s2];
  const [pr, pi] = [1 + filter.a1 * c1 + filter.a2 * c2, -filter.a1 * s1 - filter.a2 * s2];
  const size = pr * pr + pi * pi;
  return [(zr * pr + zi * pi) / size, (zi * pr - zr * pi) / size];
}

function decibelsAt(hertz: number): number {
  const [re, im] = responseAt(hertz);
  return 10 * Math.log10(Math.max(NOTHING, re * re + im * im));
}

function designBand({ type, freq, gain, q }: BandShape): void {
  const w = angleOf(freq);
  const linear = 10 ** (gain / 20);
  if (type === 1) filter.designLowShelf(w, q, linear);
  else if (type === 2) filter.designHighShelf(w, q, linear);
  else if (type === 3) filter.designNotch(w, q);
  else if (type === 4) filter.designTilt(w, linear);
  else filter.designBell(w, q, linear);
}

/**
 * What bands of the desk's equaliser one after another do, in dB at each of `frequencies` (Hz), to the last digit what is heard;
 * `mix` (0…1) of their sound is heard, the rest is the sound before them, in whatever phase both meet.
 */
export function bandsResponse(bands: readonly BandShape[], frequencies: Float64Array, mix = 1): Float64Array {
  const real = new Float64Array(frequencies.length).fill(1);
  const imaginary = new Float64Array(frequencies.length);
  for (const band of bands) {
    designBand(band);
    frequencies.forEach((hertz, index) => {
      const [re, im] = responseAt(hertz);
      const [a, b] = [real[index] ?? 0, imaginary[index] ?? 0];
      real[index] = a * re - b * im;
      imaginary[index] = a * im + b * re;
    });
  }
  return real.map((re, index) => {
    const energy = (1 + mix * (re - 1)) ** 2 + (mix * (imaginary[index] ?? 0)) ** 2;
    return 10 * Math.log10(Math.max(NOTHING, energy));
  });
}

/** What the desk's high-pass or low-pass does, in dB at each of `frequencies` (Hz). */
export function cutResponse(kind: 'high' | 'low', { freq, slope }: CutShape, frequencies: Float64Array): Float64Array {
  const w = angleOf(freq);
  const order = Math.round(slope / 6);
  const total = new Float64Array(frequencies.length);
  const take = (design: () => void) => {
    design();
    frequencies.forEach((hertz, index) => {
      total[index] = (total[index] ?? 0) + decibelsAt(hertz);
    });
  };
  for (let pair = 0; pair < order >> 1; pair++) {
    const q = butterworthQuality(order, pair);
    take(() => (kind === 'high' ? filter.designHighPass(w, q) : filter.designLowPass(w, q)));
  }
  if (order % 2 === 1) take(() => (kind === 'high' ? filter.designHighPassOne(w) : filter.designLowPassOne(w)));
  return total;
}

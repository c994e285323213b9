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

/** |H|² at `hertz` of the filter designed last. */
function energyAt(hertz: number): number {
  const w = angleOf(hertz);
  const [c1, s1, c2, s2] = [Math.cos(w), Math.sin(w), Math.cos(2 * w), Math.sin(2 * w)];
  const zeros = (filter.b0 + filter.b1 * c1 + filter.b2 * c2) ** 2 + (filter.b1 * s1 + filter.b2 * s2) ** 2;
  const poles = (1 + filter.a1 * c1 + filter.a2 * c2) ** 2 + (filter.a1 * s1 + filter.a2 * s2) ** 2;
  return zeros / poles;
}

const decibelsAt = (hertz: number) => 10 * Math.log10(Math.max(NOTHING, energyAt(hertz)));

function designBand({ type, freq, gain, q }: BandShape): void {
  const w = angleOf(freq);
  const linear = 10 ** (gain / 20);
  if (type === 1) filter.designLowShelf(w, q, linear);
  else if (type === 2) filter.designHighShelf(w, q, linear);
  else if (type === 3) filter.designNotch(w, q);
  else if (type === 4) filter.designTilt(w, linear);
  else filter.designBell(w, q, linear);
}

/** What one band of the desk's equaliser does, in dB at each of `frequencies` (Hz), to the last digit what is heard. */
export function bandResponse(band: BandShape, frequencies: Float64Array): Float64Array {
  designBand(band);
  return frequencies.map(decibelsAt);
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

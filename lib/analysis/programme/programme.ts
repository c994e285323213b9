import { BANDS, decibels, powerOf } from '../measure/bands';
import { gatedLoudness, loudnessOf, momentary } from '../measure/loudness';
import { LOUDNESS_STEP, SPECTRUM_STEP, type StripMeasure } from '../measure/strip-measure';

/** What is kept of a finished song, or of the mix as one; units as in `StripMeasure`. */
export interface ProgrammeMeasure extends Pick<StripMeasure, 'seconds' | 'steps' | 'bands' | 'left' | 'right' | 'shared'> {
  /** dBTP; null for silence. */
  readonly truePeak: number | null;
}

/** A stretch in seconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** A finished song in figures that can be laid beside another's. */
export interface ProgrammeFigures {
  /** Integrated, LUFS (ITU-R BS.1770-5), and range, LU (EBU Tech 3342), of the stretch. */
  readonly integrated: number;
  readonly range: number;
  /** Loudest three seconds of the stretch, LUFS. */
  readonly shortTermMost: number;
  /** True peak of the whole song less its integrated loudness, LU; null for silence. */
  readonly peakToLoudness: number | null;
  /** Third octaves, dB of each against all of them together: the balance, whatever the loudness. */
  readonly tone: Float64Array;
  /** Share of the side in each band over the whole song, 0 mono, ½ unrelated sides, 1 turned round; NaN where there is nothing. */
  readonly width: Float64Array;
}

export function programmeOf({ seconds, steps, bands, left, right, shared }: StripMeasure, truePeak: number | null): ProgrammeMeasure {
  return { seconds, steps, bands, left, right, shared, truePeak };
}

/** The values of a stretch, of a row of so many `each` step of `step` seconds. */
function within(values: Float32Array, step: number, each: number, stretch: Stretch | null): Float32Array {
  if (!stretch) return values;
  return values.subarray(each * Math.max(0, Math.round(stretch.from / step)), each * Math.max(0, Math.round(stretch.until / step)));
}

/** Integrated loudness of a stretch, LUFS; of the whole where it is shorter than one block of 400 ms. */
export function loudnessWithin({ steps }: Pick<ProgrammeMeasure, 'steps'>, stretch: Stretch | null): number {
  const blocks = momentary(within(steps, LOUDNESS_STEP, 1, stretch));
  return gatedLoudness(blocks.length > 0 ? blocks : momentary(steps));
}

const SHORT_TERM_STEPS = 30;

/** Mean powers of three seconds after every 100 ms. */
function shortTerm(steps: Float32Array): number[] {
  const powers: number[] = [];
  let sum = 0;
  for (let n = 0; n < steps.length; n++) {
    sum += (steps[n] ?? 0) - (n >= SHORT_TERM_STEPS ? (steps[n - SHORT_TERM_STEPS] ?? 0) : 0);
    if (n >= SHORT_TERM_STEPS - 1) powers.push(Math.max(0, sum / SHORT_TERM_STEPS));
  }
  return powers;
}

/** EBU Tech 3342: from the 10th to the 95th percentile of what is over −70 LUFS and over 20 LU below its mean, LU. */
function rangeOf(powers: readonly number[]): number {
  const audible = powers.filter((power) => loudnessOf(power) > -70);
  const mean = audible.reduce((sum, power) => sum + power, 0) / Math.max(1, audible.length);
  const kept = audible.filter((power) => loudnessOf(power) > loudnessOf(mean) - 20).sort((a, b) => a - b);
  if (kept.length < 2) return 0;
  const at = (share: number) => loudnessOf(kept[Math.round((kept.length - 1) * share)] ?? 0);
  return at(0.95) - at(0.1);
}

/** What is softer than this against the whole, dB, is nothing. */
const NOTHING = -70;

function toneOf(bands: Float32Array): Float64Array {
  const sums = new Float64Array(BANDS);
  for (let n = 0; n < bands.length; n++) sums[n % BANDS] = (sums[n % BANDS] ?? 0) + (bands[n] ?? 0);
  const all = sums.reduce((sum, power) => sum + power, 0);
  return sums.map((power) => Math.max(NOTHING, decibels(all > 0 ? power / all : 0)));
}

/** Of left `l` and right `r` a mid (l + r)/2 and a side (l − r)/2. */
function widthOf({ left, right, shared }: Pick<ProgrammeMeasure, 'left' | 'right' | 'shared'>): Float64Array {
  return left.map((power, band) => {
    const both = power + (right[band] ?? 0);
    const side = (both - 2 * (shared[band] ?? 0)) / 4;
    return both > powerOf(-110) ? Math.min(1, Math.max(0, (2 * side) / both)) : Number.NaN;
  });
}

/** The figures of a stretch; of the whole where there is none. */
export function figuresOf(measure: ProgrammeMeasure, stretch: Stretch | null): ProgrammeFigures {
  const powers = shortTerm(within(measure.steps, LOUDNESS_STEP, 1, stretch));
  const whole = loudnessWithin(measure, null);
  return {
    integrated: loudnessWithin(measure, stretch),
    range: rangeOf(powers),
    shortTermMost: loudnessOf(powers.reduce((most, power) => Math.max(most, power), 0)),
    peakToLoudness: measure.truePeak === null || !Number.isFinite(whole) ? null : measure.truePeak - whole,
    tone: toneOf(within(measure.bands, SPECTRUM_STEP, BANDS, stretch)),
    width: widthOf(measure),
  };
}

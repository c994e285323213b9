import { type FamilyName, familyOf, type Mix, type Strip, type StripId } from '../../mix';
import { BANDS } from '../measure/bands';
import { gatedLoudness, momentary } from '../measure/loudness';
import { LOUDNESS_STEP, SPECTRUM_STEP, type StripMeasure } from '../measure/strip-measure';
import { pathGains } from './gains';
import { type Section, sectionsOf } from './sections';

/** A strip's measures: as its stem is, and after its processing; both before its fader. */
export interface StripSound {
  readonly before: StripMeasure;
  readonly after: StripMeasure;
}

/** A strip as it stands in the song. */
export interface Part {
  readonly strip: Strip;
  readonly family: FamilyName;
  readonly before: StripMeasure;
  readonly after: StripMeasure;
  /** Power gain to the master at each step of 100 ms. */
  readonly gains: Float64Array;
  /** K-weighted power in the mix at each step. */
  readonly steps: Float64Array;
  /** Momentary power in the mix after each step. */
  readonly blocks: Float64Array;
  /** Gated loudness in the mix, LUFS. */
  readonly loudness: number;
  /** Third-octave powers in the mix at each 200 ms. */
  readonly bands: Float64Array;
}

export interface Song {
  readonly mix: Mix;
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly sections: readonly Section[];
  /** All parts together, as unlike sounds add: before the master's processing. */
  readonly steps: Float64Array;
  readonly blocks: Float64Array;
  readonly bands: Float64Array;
  readonly loudness: number;
}

const PER_SPECTRUM = Math.round(SPECTRUM_STEP / LOUDNESS_STEP);

/** The last part made of each measure: it stays the same thing while nothing of it has changed, and so does what is known of it. */
const lastOf = new WeakMap<StripMeasure, Part>();

function partOf(mix: Mix, strip: Strip, { before, after }: StripSound): Part {
  const gains = pathGains(mix, strip.id, after.steps.length);
  const last = lastOf.get(after);
  if (last && last.before === before && last.strip.id === strip.id && gains.every((gain, step) => gain === last.gains[step])) {
    const same = last.strip === strip ? last : { ...last, strip, family: familyOf(strip.name) };
    lastOf.set(after, same);
    return same;
  }
  const steps = Float64Array.from(after.steps, (power, n) => power * (gains[n] as number));
  const blocks = momentary(steps);
  const bands = Float64Array.from(after.bands);
  for (let row = 0; row * BANDS < bands.length; row++) {
    const gain = gains[Math.min(gains.length - 1, row * PER_SPECTRUM)] ?? 0;
    for (let band = 0; band < BANDS; band++) bands[row * BANDS + band] = (bands[row * BANDS + band] as number) * gain;
  }
  const part = { strip, family: familyOf(strip.name), before, after, gains, steps, blocks, loudness: gatedLoudness(blocks), bands };
  lastOf.set(after, part);
  return part;
}

function added(arrays: readonly Float64Array[]): Float64Array {
  const longest = arrays.reduce((most, { length }) => Math.max(most, length), 0);
  const sum = new Float64Array(longest);
  for (const array of arrays)
    array.forEach((value, n) => {
      sum[n] = (sum[n] as number) + value;
    });
  return sum;
}

/** What is measured, put together as the mix has it now. Costs milliseconds: no sound is touched. */
export function songOf(mix: Mix, sounds: ReadonlyMap<StripId, StripSound>): Song {
  const strips = [...mix.strips.values()].filter(({ id }) => sounds.has(id));
  const parts = strips.map((strip) => partOf(mix, strip, sounds.get(strip.id) as StripSound));
  const seconds = parts.reduce((most, { after }) => Math.max(most, after.seconds), 0);
  const steps = added(parts.map((part) => part.steps));
  const blocks = momentary(steps);
  return {
    mix,
    seconds,
    parts,
    sections: sectionsOf(mix, seconds),
    steps,
    blocks,
    bands: added(parts.map((part) => part.bands)),
    loudness: gatedLoudness(blocks),
  };
}

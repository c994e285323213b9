import { bandsResponse } from '../../dsp';
import type { Finding } from '../finding';
import { BIN_HERTZ, BINS, powerBetween } from '../measure/bands';
import type { Profile } from '../profile';
import type { Part, Song } from '../song/song';
import { equalising } from './equalise';
import { limited } from './numbers';
import { hertz } from './words';

/** Where mud lies, and where a strip's own build-up is looked for. */
const MUD = [200, 400] as const;
const AROUND = [180, 500] as const;
/** A strip takes part that makes this share of the mud, and has this share of its own energy around it. */
const MAKES = 0.15;
const OWN = 0.35;
/** A strip is turned down there by at least and at most, dB. */
const LEAST = 3;
const MOST = 7.5;
/** The cuts go on until the share is this far below what is mud: levels set right do the rest. */
const ENOUGH = 0.72;
const LOW_PARTS = new Set(['kick', 'snare', 'toms', 'drums']);

const meanGain = ({ gains }: Part) => gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);

/** Mean power of all bins of the parts together, as unlike sounds add. */
function togetherSpectrum(parts: readonly Part[]): Float64Array {
  const sum = new Float64Array(BINS);
  for (const part of parts) {
    const gain = meanGain(part);
    part.after.spectrum.forEach((power, bin) => {
      sum[bin] = (sum[bin] as number) + gain * power;
    });
  }
  return sum;
}

/** The middle of a strip's build-up: the centre of its energy around the mud, every octave counting alike. Hz. */
function middleOf({ after }: Part): { readonly frequency: number; readonly octaves: number } {
  let [weight, first, second] = [0, 0, 0];
  for (let bin = Math.round(AROUND[0] / BIN_HERTZ); bin <= AROUND[1] / BIN_HERTZ; bin++) {
    const place = Math.log2(bin * BIN_HERTZ);
    const power = (after.spectrum[bin] as number) * bin;
    weight += power;
    first += power * place;
    second += power * place * place;
  }
  const middle = first / weight;
  return { frequency: 2 ** middle, octaves: Math.sqrt(Math.max(0, second / weight - middle * middle)) };
}

/** What turning `makers` down by `gain` dB around their middles would leave of the mud's share. */
function shareAfter(parts: readonly Part[], cuts: ReadonlyMap<Part, { frequency: number; q: number }>, gain: number): number {
  const frequencies = Float64Array.from({ length: BINS }, (_, bin) => Math.max(1, bin) * BIN_HERTZ);
  const sum = new Float64Array(BINS);
  for (const part of parts) {
    const cut = cuts.get(part);
    const response = cut ? bandsResponse([{ type: 0, freq: cut.frequency, gain, q: cut.q }], frequencies) : null;
    const level = meanGain(part);
    part.after.spectrum.forEach((power, bin) => {
      sum[bin] = (sum[bin] as number) + level * power * (response ? 10 ** ((response[bin] as number) / 10) : 1);
    });
  }
  return powerBetween(sum, ...MUD) / powerBetween(sum, 20, 20_000);
}

/**
 * Too much of the mix between 200 and 400 Hz: the strips that make it, each with the middle of its own build-up, and how far
 * they have to come down together for the profile's usual share.
 */
export function findMud({ parts, mix }: Song, { lowMids }: Profile): Finding[] {
  const together = togetherSpectrum(parts);
  const all = powerBetween(together, 20, 20_000);
  const mud = powerBetween(together, ...MUD);
  const share = mud / all;
  if (!(share > lowMids.most)) return [];
  const makers = parts.filter((part) => {
    const { spectrum } = part.after;
    const own = powerBetween(spectrum, ...AROUND) / powerBetween(spectrum, 20, 20_000);
    const of = (meanGain(part) * powerBetween(spectrum, ...MUD)) / mud;
    return !LOW_PARTS.has(part.family) && of >= MAKES && own >= OWN;
  });
  const cuts = new Map(makers.map((part) => [part, { ...middleOf(part), q: limited(1 / (2.4 * middleOf(part).octaves), 0.7, 2) }]));
  let down = LEAST;
  while (down < MOST && shareAfter(parts, cuts, -down) > ENOUGH * lowMids.most) down += 0.5;
  const percent = (value: number) => Math.round(100 * value);
  return makers.map((part) => {
    const { frequency, q } = cuts.get(part) as { frequency: number; q: number };
    const of = percent((meanGain(part) * powerBetween(part.after.spectrum, ...MUD)) / mud);
    return {
      id: `mud/${part.strip.id}`,
      kind: 'mud',
      strips: [part.strip.id],
      frequency,
      q,
      amount: down,
      measure: `${percent(share)} % of the mix lies between 200 and 400 Hz, where about ${percent(lowMids.usual)} % is usual; ${of} % of that is ${part.strip.name}, most of it around ${hertz(frequency)}.`,
      why: 'When several parts build up in the low mids they cover each other, and the whole mix sounds dull and crowded.',
      fix: equalising(
        mix,
        part.strip.id,
        [{ freq: Math.round(frequency), gain: -down, q }],
        `${part.strip.name}: −${down.toFixed(1)} dB at ${hertz(frequency)}`,
      ),
    };
  });
}

import type { Finding } from '../finding';
import { decibels, powerBetween } from '../measure/bands';
import { remembered } from '../measure/remembered';
import type { StripMeasure } from '../measure/strip-measure';
import type { Song } from '../song/song';
import { equalising } from './equalise';
import { limited } from './numbers';
import { hertz, signed } from './words';

const PER_OCTAVE = 24;
const RANGE = [2000, 12_000] as const;
/** Levels are needed this far on both sides, Hz. */
const SEEN = [700, 20_000] as const;
const PLACES = Math.floor(PER_OCTAVE * Math.log2(SEEN[1] / SEEN[0]));
/** A ring stands out by this much from a straight line through what lies around it, dB, and holds this share of the strip (dB). */
const STANDS_OUT = 6;
const SHARE = -6.5;
/** What lies around: from 0.3 to 1.1 octaves away. */
const AROUND = [0.3, 1.1] as const;

const placeHertz = (place: number) => SEEN[0] * 2 ** (place / PER_OCTAVE);

/** Levels of a sixth of an octave around each place, dB. */
function levelsOf(measure: StripMeasure): Float64Array {
  return Float64Array.from({ length: PLACES + 1 }, (_, place) => {
    const middle = placeHertz(place);
    return decibels(powerBetween(measure.spectrum, middle * 2 ** (-1 / 12), middle * 2 ** (1 / 12)));
  });
}

/** How far a place stands out from the line of least squares (dB over octaves) through what lies around it. */
function standsOut(levels: Float64Array, place: number): number {
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (let other = 0; other < levels.length; other++) {
    const away = (other - place) / PER_OCTAVE;
    if (Math.abs(away) < AROUND[0] || Math.abs(away) > AROUND[1]) continue;
    const level = levels[other] as number;
    n += 1;
    x += away;
    y += level;
    xx += away * away;
    xy += away * level;
  }
  return (levels[place] as number) - (xx * y - x * xy) / (n * xx - x * x);
}

interface Ring {
  readonly frequency: number;
  readonly amount: number;
  readonly q: number;
}

const ringOf = remembered((measure: StripMeasure): Ring | null => {
  const levels = levelsOf(measure);
  const out = levels.map((_, place) => standsOut(levels, place));
  const all = decibels(powerBetween(measure.spectrum, 20, 20_000));
  let best = -1;
  out.forEach((value, place) => {
    const [frequency, level] = [placeHertz(place), (levels[place] as number) - all];
    if (frequency < RANGE[0] || frequency > RANGE[1] || value < STANDS_OUT || level < SHARE) return;
    if (best < 0 || value > (out[best] as number)) best = place;
  });
  if (best < 0) return null;
  const amount = out[best] as number;
  const edge = (step: number) => {
    let place = best;
    while (place > 0 && place < PLACES && (out[place] as number) > amount / 2) place += step;
    return placeHertz(place);
  };
  return { frequency: placeHertz(best), amount, q: limited(placeHertz(best) / (edge(1) - edge(-1)), 1, 12) };
});

/** A ring in the highs: a narrow place that holds much of a strip and stands far out of what surrounds it. */
export function findResonances({ parts, mix }: Song): Finding[] {
  return parts.flatMap((part) => {
    const ring = ringOf(part.after);
    if (!ring) return [];
    const [frequency, gain] = [Math.round(ring.frequency), -Math.min(14, Math.round(ring.amount))];
    return [
      {
        id: `resonance/${part.strip.id}`,
        kind: 'resonance' as const,
        strips: [part.strip.id],
        frequency: ring.frequency,
        q: ring.q,
        amount: ring.amount,
        measure: `${part.strip.name} stands out by ${signed(ring.amount)} dB around ${hertz(ring.frequency)} (Q ${ring.q.toFixed(1)}).`,
        why: 'A ring in the highs is what ears tire of first, and it makes everything else sound dull beside it.',
        fix: equalising(
          mix,
          part.strip.id,
          [{ freq: frequency, gain, q: ring.q }],
          `${part.strip.name}: ${signed(gain)} dB at ${hertz(frequency)}`,
        ),
      },
    ];
  });
}

import { Fft } from '../../dsp';
import { setValue, stripValue } from '../../mix';
import type { Finding } from '../finding';
import { rememberedPair } from '../measure/remembered';
import { type StripMeasure, THINNING } from '../measure/strip-measure';
import type { Part, Song } from '../song/song';
import { signed } from './words';

/** Milliseconds of one thinned sample. */
const SAMPLE_MS = (1000 * THINNING) / 48_000;
const SIZE = 8192;
/** Stretches compared: the loudest of both, at most so many. */
const STRETCHES = 12;
/** How far apart two microphones may be, thinned samples: 30 ms. */
const REACH = 180;
/** Correlation from which on two strips hold the same source. */
const SAME = 0.4;
/** An offset below this is where microphones stand, ms; and at it they must be this much more alike than as they stand. */
const OFFSET = { least: 2, more: 1.25 } as const;
/** Within so many thinned samples two strips stand together: 0.33 ms. */
const TOGETHER = 2;
/** Parts of one drum kit hear each other. */
const KIT = new Set(['kick', 'snare', 'cymbals', 'toms', 'drums', 'percussion']);

interface Likeness {
  /** −1…1: as they stand, and at the lag where it is most. */
  readonly together: number;
  readonly most: number;
  /** ms by which the second comes later there. */
  readonly lag: number;
}

/** Where two strips are both loud: starts of stretches, in thinned samples. */
function commonStretches(a: Float32Array, b: Float32Array): number[] {
  const powers: { readonly at: number; readonly power: number }[] = [];
  for (let at = 0; at + SIZE / 2 <= Math.min(a.length, b.length); at += SIZE / 2) {
    let [one, other] = [0, 0];
    for (let n = at; n < at + SIZE / 2; n++) {
      one += (a[n] as number) ** 2;
      other += (b[n] as number) ** 2;
    }
    powers.push({ at, power: Math.min(one, other) });
  }
  const loud = powers.filter(({ power }) => power > 1e-7).sort((x, y) => y.power - x.power);
  return loud.slice(0, STRETCHES).map(({ at }) => at);
}

/** Cross-correlation of both, normalised, over the stretches, by way of their spectra. */
function likeness(a: Float32Array, b: Float32Array): Likeness {
  const fft = new Fft(SIZE);
  const crossReal = new Float64Array(SIZE);
  const crossImaginary = new Float64Array(SIZE);
  let [powerA, powerB] = [0, 0];
  for (const at of commonStretches(a, b)) {
    const real = new Float64Array(SIZE);
    const imaginary = new Float64Array(SIZE);
    for (let n = 0; n < SIZE / 2; n++) {
      const [x, y] = [a[at + n] as number, b[at + n] as number];
      real[n] = x;
      imaginary[n] = y;
      powerA += x * x;
      powerB += y * y;
    }
    fft.transform(real, imaginary);
    for (let bin = 0; bin < SIZE; bin++) {
      const mirror = (SIZE - bin) & (SIZE - 1);
      const [p, q, r, s] = [real[bin] as number, imaginary[bin] as number, real[mirror] as number, imaginary[mirror] as number];
      // A = (Z + Z*mirror)/2, B = (Z − Z*mirror)/2i; the product B·A* is the spectrum of the cross-correlation.
      const [aReal, aImaginary, bReal, bImaginary] = [(p + r) / 2, (q - s) / 2, (q + s) / 2, (r - p) / 2];
      crossReal[bin] = (crossReal[bin] as number) + bReal * aReal + bImaginary * aImaginary;
      crossImaginary[bin] = (crossImaginary[bin] as number) + bImaginary * aReal - bReal * aImaginary;
    }
  }
  // The inverse transform of X is the conjugate of that of X*.
  for (let bin = 0; bin < SIZE; bin++) crossImaginary[bin] = -(crossImaginary[bin] as number);
  fft.transform(crossReal, crossImaginary);
  const norm = SIZE * Math.sqrt(powerA * powerB) || 1;
  const value = (lag: number) => (crossReal[lag & (SIZE - 1)] as number) / norm;
  const strongest = (reach: number) => {
    let best = 0;
    for (let lag = -reach; lag <= reach; lag++) if (Math.abs(value(lag)) > Math.abs(value(best))) best = lag;
    return best;
  };
  const best = strongest(REACH);
  const [before, at, after] = [Math.abs(value(best - 1)), Math.abs(value(best)), Math.abs(value(best + 1))];
  const bend = before - 2 * at + after;
  const off = bend < 0 ? (0.5 * (before - after)) / bend : 0;
  return { together: value(strongest(TOGETHER)), most: value(best), lag: (best + off) * SAMPLE_MS };
}

const likenessOf = rememberedPair((a: StripMeasure, b: StripMeasure) => likeness(a.thinned, b.thinned));

const related = (a: Part, b: Part) => a.family === b.family || (KIT.has(a.family) && KIT.has(b.family));

function turnedRound(song: Song, a: Part, b: Part, { together }: Likeness): Finding {
  const [kept, turned] = a.loudness >= b.loudness ? [a, b] : [b, a];
  const target = { on: 'strip', id: turned.strip.id, parameter: 'polarity' } as const;
  return {
    id: `polarity/${turned.strip.id}/${kept.strip.id}`,
    kind: 'polarity',
    strips: [turned.strip.id, kept.strip.id],
    amount: together,
    measure: `${turned.strip.name} moves the other way round than ${kept.strip.name} (correlation ${signed(together)}): together they lose what they have in common.`,
    why: 'Two microphones on one source cancel each other when one is turned round: its body is gone, most of all in the lows.',
    fix: {
      words: `${turned.strip.name}: turn the polarity round`,
      changes: setValue(song.mix, target, stripValue(turned.strip, 'polarity') ? 0 : 1),
    },
  };
}

function late(song: Song, a: Part, b: Part, { lag }: Likeness): Finding {
  const [early, later] = lag > 0 ? [a, b] : [b, a];
  const by = Math.abs(lag);
  const at = (parameter: string) => ({ on: 'strip', id: early.strip.id, parameter }) as const;
  const delay = stripValue(early.strip, 'delay.on') ? stripValue(early.strip, 'delay.time') : 0;
  return {
    id: `offset/${early.strip.id}/${later.strip.id}`,
    kind: 'offset',
    strips: [early.strip.id, later.strip.id],
    amount: by,
    measure: `${later.strip.name} comes ${by.toFixed(1)} ms after ${early.strip.name}, with the same sound.`,
    why: 'The same sound twice, a few milliseconds apart, is a comb: hollow, and hits lose their point.',
    fix: {
      words: `${early.strip.name}: ${by.toFixed(1)} ms later`,
      changes: [...setValue(song.mix, at('delay.on'), 1), ...setValue(song.mix, at('delay.time'), delay + by)],
    },
  };
}

/** Strips that hold the same source and are in each other's way: turned round, or apart in time. */
export function findPairs(song: Song): Finding[] {
  const { parts } = song;
  return parts.flatMap((a, n) =>
    parts.slice(n + 1).flatMap((b) => {
      if (!related(a, b)) return [];
      const like = likenessOf(a.after, b.after);
      const apart = Math.abs(like.lag) >= OFFSET.least && Math.abs(like.most) > OFFSET.more * Math.abs(like.together);
      if (apart && Math.abs(like.most) >= SAME) return [late(song, a, b, like)];
      return like.together <= -SAME ? [turnedRound(song, a, b, like)] : [];
    }),
  );
}

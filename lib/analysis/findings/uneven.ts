import { setValue } from '../../mix';
import type { Finding } from '../finding';
import { remembered } from '../measure/remembered';
import type { StripMeasure } from '../measure/strip-measure';
import type { Part, Song } from '../song/song';
import { limited, percentile } from './numbers';

/** Length of one level, in steps of 5 ms, and how far apart two notes are at least. */
const LEVEL = 4;
const APART = 24;
/** Notes this far below the loudest are no notes, dB. */
const NOTES = 24;
/** Spread, dB, of the notes' peaks from the 5th to the 95th percentile: even playing, and from where on it is a fault. */
const EVEN = 4;
const UNEVEN = 7;
/** The detector hears peaks: those of a tone are 3 dB over its rms. */
const PEAK_OVER_RMS = 3;
/** Parts that carry the song at one level. */
const STEADY = new Set(['bass']);

/** Levels of the notes' peaks, dB: highest 20 ms within 120 ms on both sides. */
const notePeaks = remembered(({ envelope }: StripMeasure): number[] => {
  const levels: number[] = [];
  for (let from = 0; from + LEVEL <= envelope.length; from += 2) {
    let sum = 0;
    for (let n = from; n < from + LEVEL; n++) sum += (envelope[n] as number) ** 2;
    levels.push(10 * Math.log10(Math.max(1e-12, sum / LEVEL)));
  }
  const reach = APART / 2;
  const peaks = levels.filter((level, at) => {
    for (let n = Math.max(0, at - reach); n <= Math.min(levels.length - 1, at + reach); n++) {
      if ((levels[n] as number) > level || ((levels[n] as number) === level && n < at)) return false;
    }
    return true;
  });
  const top = Math.max(...peaks);
  return peaks.filter((level) => level > top - NOTES);
});

/** What a compressor takes from a part's power, dB, by its static curve over the 5 ms levels: what make-up gives back. */
function lost({ after: { envelope } }: Part, threshold: number, ratio: number): number {
  let [before, then] = [0, 0];
  for (const rms of envelope) {
    const over = Math.max(0, 20 * Math.log10(Math.max(1e-9, rms)) + PEAK_OVER_RMS - threshold);
    before += rms * rms;
    then += rms * rms * 10 ** ((-over * (1 - 1 / ratio)) / 10);
  }
  return then > 0 ? Math.round(100 * Math.log10(before / then)) / 10 : 0;
}

/** A bass whose notes are far from equally loud. */
export function findUneven({ parts, mix }: Song): Finding[] {
  return parts.flatMap((part) => {
    const { strip } = part;
    if (!STEADY.has(part.family)) return [];
    const peaks = notePeaks(part.after);
    const spread = percentile(peaks, 0.95) - percentile(peaks, 0.05);
    if (!(spread >= UNEVEN) || peaks.length < 16) return [];
    const threshold = Math.round(percentile(peaks, 0.2));
    const ratio = limited(Math.round(spread / EVEN) + 2, 3, 8);
    const makeup = lost(part, threshold, ratio);
    const values = { on: 1, threshold, ratio, attack: 6, release: 140, knee: 5, makeup };
    const changes = Object.entries(values).flatMap(([name, value]) =>
      setValue(mix, { on: 'strip', id: strip.id, parameter: `comp.${name}` }, value),
    );
    const compressed = strip.values['comp.on'] === 1;
    return [
      {
        id: `uneven/${strip.id}`,
        kind: 'uneven' as const,
        strips: [strip.id],
        amount: spread,
        measure: `Notes of ${strip.name} differ by ${spread.toFixed(1)} dB from soft to loud (5th to 95th percentile of their peaks).`,
        why: 'When its notes differ this much, the foundation comes and goes: loud ones stick out, soft ones are gone.',
        fix: compressed ? null : { words: `${strip.name}: compressor ${ratio}:1 from ${threshold} dB`, changes },
      },
    ];
  });
}

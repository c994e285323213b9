import type { FamilyName } from '../../mix';
import type { Finding } from '../finding';
import { BAND_HERTZ, BANDS } from '../measure/bands';
import { rememberedPair } from '../measure/remembered';
import type { Song } from '../song/song';
import { equalising } from './equalise';
import { alone, beside, excitation } from './partial-loudness';
import { hertz } from './words';

/** Parts that have to be followed, and those that may give way to them. */
const FOLLOWED: ReadonlySet<FamilyName> = new Set(['vocals', 'bass', 'keys', 'guitar', 'winds', 'strings']);
const GIVE_WAY: ReadonlySet<FamilyName> = new Set(['synth', 'keys', 'guitar', 'strings', 'backing', 'winds', 'other', 'effects']);
/** Moments looked at, spread evenly over the song, and those in which the part plays: within this of its loud ones, as a power. */
const MOMENTS = 300;
const PLAYS = 0.03;
/** Share of a part's loudness, over all that it plays, that another may take from it. */
const TAKEN = { vocals: 0.6, other: 0.7 } as const;
/** Bands in which most of it is taken count, and the cut that gives way. */
const TAKEN_IN_BAND = 0.6;
const CUT = { gain: -3, q: 1 } as const;
/** Lowest band that is looked at, Hz: below it loudspeakers decide. */
const LOWEST = 60;

interface Masked {
  /** Share of the part's loudness that is taken, 0…1. */
  readonly taken: number;
  /** Middle of the band from which most is taken, Hz, and the share there. */
  readonly frequency: number;
  readonly there: number;
}

/** What a masker takes from a part, each by its third-octave powers in the mix, in all moments in which `part` plays; null where it hardly does. */
const maskedBy = rememberedPair((part: Float64Array, masker: Float64Array): Masked | null => {
  const rows = Math.min(part.length, masker.length) / BANDS;
  const step = Math.max(1, Math.floor(rows / MOMENTS));
  const power = (row: number) => part.subarray(row * BANDS, (row + 1) * BANDS).reduce((sum, value) => sum + value, 0);
  const moments = Array.from({ length: Math.floor(rows / step) }, (_, n) => n * step);
  const loud = moments.reduce((most, row) => Math.max(most, power(row)), 0);
  const playing = moments.filter((row) => power(row) > PLAYS * loud);
  if (playing.length < 10) return null;
  const [one, other] = [new Float64Array(BANDS), new Float64Array(BANDS)];
  const [whole, left] = [new Float64Array(BANDS), new Float64Array(BANDS)];
  for (const row of playing) {
    excitation(part, row * BANDS, one);
    excitation(masker, row * BANDS, other);
    for (let band = 0; band < BANDS; band++) {
      if ((BAND_HERTZ[band] as number) < LOWEST) continue;
      const signal = one[band] as number;
      whole[band] = (whole[band] as number) + alone(signal, band);
      left[band] = (left[band] as number) + beside(signal, other[band] as number, band);
    }
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  let worst = 0;
  const lost = (band: number) => (whole[band] as number) - (left[band] as number);
  for (let band = 0; band < BANDS; band++) if (lost(band) > lost(worst)) worst = band;
  return { taken: 1 - sum(left) / sum(whole), frequency: BAND_HERTZ[worst] ?? 0, there: lost(worst) / (whole[worst] as number) };
});

/** Parts that are covered by another one, band by band: partial loudness of strip against strip. */
export function findMasking({ parts, mix }: Song): Finding[] {
  const heard = parts.filter(({ loudness }) => Number.isFinite(loudness));
  return heard.flatMap((part) => {
    if (!FOLLOWED.has(part.family)) return [];
    const most = part.family === 'vocals' ? TAKEN.vocals : TAKEN.other;
    const worst = heard
      .filter((other) => other !== part && GIVE_WAY.has(other.family) && other.family !== part.family)
      .map((masker) => ({ masker, masked: maskedBy(part.bands, masker.bands) }))
      .filter(({ masked }) => masked && masked.taken > most && masked.there > TAKEN_IN_BAND)
      .sort((a, b) => (b.masked?.taken ?? 0) - (a.masked?.taken ?? 0))[0];
    if (!worst?.masked) return [];
    const { masker, masked } = worst;
    const percent = Math.round(100 * masked.taken);
    const freq = Math.round(masked.frequency);
    return [
      {
        id: `masking/${masker.strip.id}/${part.strip.id}`,
        kind: 'masking' as const,
        strips: [masker.strip.id, part.strip.id],
        frequency: masked.frequency,
        q: CUT.q,
        amount: percent,
        measure: `${masker.strip.name} takes ${percent} % of the loudness of ${part.strip.name}, most of it around ${hertz(masked.frequency)}.`,
        why: 'Where two parts lie on the same frequencies the ear hears the stronger one; giving way there makes both clearer.',
        fix: equalising(
          mix,
          masker.strip.id,
          [{ freq, ...CUT }],
          `${masker.strip.name}: ${CUT.gain} dB at ${hertz(freq)}`.replace('-', '−'),
        ),
      },
    ];
  });
}

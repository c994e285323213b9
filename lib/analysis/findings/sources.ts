import { addInsert, setValue, stripValue } from '../../mix';
import type { Finding } from '../finding';
import { BAND_HERTZ, BANDS, decibels, powerBetween } from '../measure/bands';
import type { Part, Song } from '../song/song';
import { percentile } from './numbers';
import { clock, hertz, signed } from './words';

/** So many clipped tops are no accident. */
const CLIPS = 4;
/** What is left of a strip in mono, dB, below which it is lost there. */
const LOST_IN_MONO = -6;
/** Where esses lie, Hz, and how loud they may be against the voice, dB. */
const ESSES = [5000, 10_000] as const;
const ESSES_MOST = -5;

/** Stems that were recorded too hot: flat tops in the file itself. */
export function findClipping({ parts }: Song): Finding[] {
  return parts.flatMap(({ strip, before }) => {
    const first = before.clippedAt[0];
    if (before.clips < CLIPS || first === undefined) return [];
    return [
      {
        id: `clipping/${strip.id}`,
        kind: 'clipping' as const,
        strips: [strip.id],
        at: first,
        amount: before.clips,
        measure: `${strip.name} stands at full scale ${before.clips} times for three samples or more, first at ${clock(first)}: its file is clipped.`,
        why: 'Flat tops are distortion that no fader takes back: ask for the take again, a few decibels softer.',
        fix: null,
      },
    ];
  });
}

/** Strips of which little is left when both sides go to one loudspeaker. */
export function findMonoLoss({ parts, mix }: Song): Finding[] {
  return parts.flatMap(({ strip, after }) => {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const both = sum(after.left) + sum(after.right);
    const loss = decibels((both + 2 * sum(after.shared)) / (2 * both));
    if (!(both > 1e-9) || loss > LOST_IN_MONO) return [];
    const width = Math.round(stripValue(strip, 'width') / 2);
    return [
      {
        id: `mono/${strip.id}`,
        kind: 'mono' as const,
        strips: [strip.id],
        amount: loss,
        measure: `${strip.name} loses ${signed(loss)} dB when both sides are heard from one loudspeaker.`,
        why: 'Phones, kitchens and clubs are mono: what cancels there is gone for half of the listeners.',
        fix: { words: `${strip.name}: width ${width} %`, changes: setValue(mix, { on: 'strip', id: strip.id, parameter: 'width' }, width) },
      },
    ];
  });
}

/** How loud the esses of a voice are against the voice, dB: the loudest twentieth of all moments in their band against the middle of its moments. */
function essesOf({ after }: Part): number {
  const rows = Array.from({ length: after.bands.length / BANDS }, (_, row) => after.bands.subarray(row * BANDS, (row + 1) * BANDS));
  const within = (row: Float32Array, from: number, until: number) =>
    row.reduce(
      (sum, power, band) =>
        (BAND_HERTZ[band] as number) >= from * 0.95 && (BAND_HERTZ[band] as number) <= until * 1.05 ? sum + power : sum,
      0,
    );
  const whole = rows.map((row) => decibels(within(row, 20, 20_000)));
  const loud = percentile(whole, 0.95);
  const sung = rows.filter((_, n) => (whole[n] as number) > loud - 20);
  const esses = percentile(
    sung.map((row) => decibels(within(row, ...ESSES))),
    0.95,
  );
  return (
    esses -
    percentile(
      sung.map((row) => decibels(within(row, 200, 4000))),
      0.5,
    )
  );
}

/** Voices whose esses hiss. */
export function findSibilance({ parts, mix }: Song): Finding[] {
  return parts.flatMap((part) => {
    const { strip } = part;
    if (part.family !== 'vocals' && part.family !== 'backing') return [];
    const level = essesOf(part);
    if (!(level > ESSES_MOST)) return [];
    const middle = [5, 5.6, 6.3, 7.1, 8, 9].map((khz) => ({
      freq: 1000 * khz,
      power: powerBetween(part.after.spectrum, 930 * khz, 1070 * khz),
    }));
    const { freq } = middle.reduce((best, one) => (one.power > best.power ? one : best));
    const changes = addInsert(mix, strip.id, 'deesser');
    return [
      {
        id: `sibilance/${strip.id}`,
        kind: 'sibilance' as const,
        strips: [strip.id],
        frequency: freq,
        amount: level,
        measure: `The esses of ${strip.name} reach ${signed(level)} dB against the voice itself, most around ${hertz(freq)}.`,
        why: 'Esses that hiss are the first thing heard on small loudspeakers, and reverb spreads them over the whole song.',
        fix: changes.length ? { words: `${strip.name}: a de-esser`, changes } : null,
      },
    ];
  });
}

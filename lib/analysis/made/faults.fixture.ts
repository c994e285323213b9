import { SAMPLE_RATE } from '../../units';
import type { Finding, FindingKind } from '../finding';
import type { Band, Stem } from './band.fixture';
import { scaled } from './band.fixture';
import { filter } from './instruments.fixture';

/** One fault in one stem of a band, and how it should be found. */
export interface Planted {
  readonly kind: FindingKind;
  readonly strip: string;
  /** The stem with its fault, under its name; where it is turned down again in the mix, by so many dB. */
  readonly stem: Stem;
  readonly trim?: number;
  readonly frequency?: number;
  readonly amount: number;
}

type Plant = (band: Band, random: () => number) => Planted;

const between = (random: () => number, low: number, high: number) => low + (high - low) * random();
const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(from.length * random())] as T;
const stemOf = (band: Band, name: string): Stem => {
  const stem = band.stems.get(name);
  if (!stem) throw new Error(`There is no ${name}.`);
  return stem;
};

/** The stem with each side changed by `change`, which gets a copy. */
function changed(stem: Stem, change: (samples: Float32Array) => Float32Array): Stem {
  const left = change(stem.left.slice());
  return { ...stem, left, right: stem.right === stem.left ? left : change(stem.right.slice()) };
}

function bell(band: Band, strip: string, kind: FindingKind, freq: number, gain: number, q: number): Planted {
  return {
    kind,
    strip,
    frequency: freq,
    amount: gain,
    stem: changed(stemOf(band, strip), (samples) => filter(samples, { type: 'bell', freq, gain, q })),
  };
}

/** The stem multiplied by a gain (dB) that holds from one moment to another, seconds. */
function ridden(stem: Stem, gain: number, from: number, until: number): Stem {
  const factor = 10 ** (gain / 20);
  return changed(stem, (samples) =>
    samples.map((sample, n) => (n >= from * SAMPLE_RATE && n < until * SAMPLE_RATE ? factor * sample : sample)),
  );
}

function noisy(stem: Stem, level: number, random: () => number): Stem {
  const gain = 10 ** (level / 20) * Math.sqrt(3);
  return changed(stem, (samples) => samples.map((sample) => sample + gain * (2 * random() - 1)));
}

function humming(stem: Stem, mains: number, level: number): Stem {
  const harmonics = [1, 0.6, 0.5, 0, 0.3];
  const rms = Math.sqrt(harmonics.reduce((sum, one) => sum + one * one, 0) / 2);
  const gain = 10 ** (level / 20) / rms;
  return changed(stem, (samples) =>
    samples.map(
      (sample, n) =>
        sample + harmonics.reduce((sum, one, k) => sum + gain * one * Math.sin((2 * Math.PI * mains * (k + 1) * n) / SAMPLE_RATE + k), 0),
    ),
  );
}

/** Notes made uneven: every stretch of a third of a second at another level, within ±`by` dB. */
function uneven(stem: Stem, by: number, random: () => number): Stem {
  const size = SAMPLE_RATE / 3;
  const gains = Array.from({ length: 200 }, () => 10 ** ((by * (2 * random() - 1)) / 20));
  let at = 1;
  return changed(stem, (samples) =>
    samples.map((sample, n) => {
      at += ((gains[Math.floor(n / size)] as number) - at) * 0.002;
      return at * sample;
    }),
  );
}

const late = (stem: Stem, ms: number): Stem =>
  changed(stem, (samples) => {
    const by = Math.round((ms * SAMPLE_RATE) / 1000);
    samples.copyWithin(by, 0, samples.length - by);
    samples.fill(0, 0, by);
    return samples;
  });

/** Every kind of fault, at a strength that a listener hears, in a stem and at a place taken by chance. */
export const PLANTS: readonly Plant[] = [
  (band, random) => {
    const strip = pick(random, ['Kick', 'Snare Top', 'Bass', 'Lead Vocal', 'Choir', 'Keys', 'Guitar', 'Pad']);
    const amount = -between(random, 5.5, 9);
    return { kind: 'balance', strip, amount, stem: scaled(stemOf(band, strip), 10 ** (amount / 20)) };
  },
  (band, random) => {
    const strip = pick(random, ['Kick', 'Snare Top', 'Hats', 'Choir', 'Guitar', 'Pad']);
    const amount = between(random, 6, 9);
    return { kind: 'balance', strip, amount, stem: scaled(stemOf(band, strip), 10 ** (amount / 20)) };
  },
  (band) => ({ kind: 'polarity', strip: 'Snare Bottom', amount: -1, stem: scaled(stemOf(band, 'Snare Bottom'), -1) }),
  (band, random) => {
    const amount = between(random, 8, 15);
    return { kind: 'offset', strip: 'Snare Top', amount, stem: late(stemOf(band, 'Snare Bottom'), amount) };
  },
  (band, random) => {
    const strip = pick(random, ['Guitar', 'Keys', 'Lead Vocal']);
    const frequency = pick(random, [50, 60]);
    const amount = between(random, -50, -42);
    return { kind: 'hum', strip, frequency, amount, stem: humming(stemOf(band, strip), frequency, amount) };
  },
  (band, random) => {
    const strip = pick(random, ['Guitar', 'Lead Vocal', 'Choir']);
    const amount = between(random, -50, -44);
    return { kind: 'noise', strip, amount, stem: noisy(stemOf(band, strip), amount, random) };
  },
  (band, random) => bell(band, 'Hats', 'resonance', between(random, 6000, 9500), between(random, 10, 14), between(random, 3, 5)),
  (band, random) => {
    const stem = stemOf(band, 'Bass');
    return { kind: 'uneven', strip: 'Bass', amount: 12, stem: uneven(stem, 7, random) };
  },
  (band, random) => {
    const [, from = 0, until = 0] = band.sections;
    const amount = -between(random, 6, 9);
    return { kind: 'section', strip: 'Lead Vocal', amount, stem: ridden(stemOf(band, 'Lead Vocal'), amount, from, until) };
  },
  (band, random) => {
    const amount = between(random, 17, 21);
    return { kind: 'jump', strip: 'FX Swell', amount, stem: ridden(stemOf(band, 'FX Swell'), amount, 17, 22) };
  },
  (band, random) => {
    const strip = pick(random, ['Guitar', 'Choir', 'Bass']);
    const stem = stemOf(band, strip);
    const peak = stem.left.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const drive = between(random, 1.5, 2.5) / peak;
    // Clipped at the converter, then turned down in the mix: the file is what is looked at.
    const clipped = changed(stem, (samples) => samples.map((sample) => Math.max(-1, Math.min(1, sample * drive))));
    return { kind: 'clipping', strip, amount: 0, stem: clipped, trim: -20 * Math.log10(drive) };
  },
  (band, random) => {
    const strip = pick(random, ['Keys', 'Pad']);
    const stem = stemOf(band, strip);
    return { kind: 'mono', strip, amount: -12, stem: { ...stem, right: stem.left.map((sample) => -0.9 * sample) } };
  },
];

/** Whether a finding is the fault that was planted: its kind, its strip, and its frequency within a sixth of an octave. */
export function isOf(finding: Finding, { kind, strip, frequency }: Planted): boolean {
  if (finding.kind !== kind || finding.strips[0] !== strip) return false;
  return frequency === undefined || Math.abs(Math.log2((finding.frequency ?? 1) / frequency)) <= 1 / 6;
}

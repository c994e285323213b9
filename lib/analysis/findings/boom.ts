import type { Finding } from '../finding';
import { BIN_HERTZ, decibels } from '../measure/bands';
import { remembered } from '../measure/remembered';
import { LOW_BINS, type StripMeasure } from '../measure/strip-measure';
import type { Song } from '../song/song';
import { equalising } from './equalise';
import { hertz, signed } from './words';

/** Deepest fundamental looked for and the highest, Hz. */
const LOWEST = 36;
const HIGHEST = 180;
const PARTIALS = 6;
/** Places an octave in which a fixed emphasis is told apart from the notes. */
const PER_OCTAVE = 12;
const PLACES = Math.floor(PER_OCTAVE * Math.log2(((LOW_BINS - 3) * BIN_HERTZ) / LOWEST));
const PITCHES = Float64Array.from({ length: Math.floor(96 * Math.log2(HIGHEST / LOWEST)) }, (_, n) => LOWEST * 2 ** (n / 96));
/** Rounds of fitting; the fit no longer moves by then. */
const ROUNDS = 40;
/** A place with fewer readings says nothing. */
const FEWEST = 8;
const IMAGINED = 1;
/** Where a boom is looked for, and how far it stands out at least; so far neighbouring notes of any instrument differ. dB. */
const BOOM = { from: 60, until: 160, least: 5.8, natural: 2.5 } as const;
const BASSES = new Set(['bass']);

interface Reading {
  readonly note: number;
  readonly partial: number;
  readonly place: number;
  readonly level: number;
}

const amplitude = (row: Float32Array, frequency: number) => {
  const at = frequency / BIN_HERTZ;
  const bin = Math.floor(at);
  const share = at - bin;
  return Math.sqrt(row[bin] ?? 0) * (1 - share) + Math.sqrt(row[bin + 1] ?? 0) * share;
};

/** The fundamental of one note: the pitch whose harmonics stand out most from what lies halfway between them. Hz. */
function pitchOf(row: Float32Array): number {
  let [best, most] = [LOWEST, Number.NEGATIVE_INFINITY];
  for (const pitch of PITCHES) {
    let score = 0;
    for (let k = 1; k <= PARTIALS && k * pitch < (LOW_BINS - 2) * BIN_HERTZ; k++) {
      score += 0.85 ** (k - 1) * (amplitude(row, k * pitch) - 0.6 * amplitude(row, (k - 0.5) * pitch));
    }
    if (score > most) [best, most] = [pitch, score];
  }
  return best;
}

/** The peak of a partial: its frequency and level between the bins, by a parabola through three. */
function peakNear(row: Float32Array, frequency: number): { readonly frequency: number; readonly level: number } {
  let bin = Math.round(frequency / BIN_HERTZ);
  for (const other of [bin - 2, bin - 1, bin + 1, bin + 2]) if ((row[other] ?? 0) > (row[bin] ?? 0)) bin = other;
  const [a, b, c] = [decibels(row[bin - 1] ?? 0), decibels(row[bin] ?? 0), decibels(row[bin + 1] ?? 0)];
  const bend = a - 2 * b + c;
  const off = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend)) : 0;
  return { frequency: (bin + off) * BIN_HERTZ, level: b - 0.25 * (a - c) * off };
}

function readingsOf({ lows }: StripMeasure): Reading[] {
  const rows = Array.from({ length: lows.length / LOW_BINS }, (_, n) => lows.subarray(n * LOW_BINS, (n + 1) * LOW_BINS));
  const powers = rows.map((row) => row.reduce((sum, power) => sum + power, 0));
  const loud = [...powers].sort((a, b) => a - b)[Math.floor(0.95 * powers.length)] ?? 0;
  return rows.flatMap((row, note) => {
    if ((powers[note] as number) < loud / 300) return [];
    const pitch = pitchOf(row);
    const peaks = Array.from({ length: PARTIALS }, (_, n) => ({ partial: n, ...peakNear(row, (n + 1) * pitch) }));
    const top = Math.max(...peaks.map(({ level }) => level));
    return peaks
      .map(({ partial, frequency, level }) => ({ note, partial, level, place: PER_OCTAVE * Math.log2(frequency / LOWEST) }))
      .filter(({ place, level }) => place >= 0 && place < PLACES - 1 && level > top - 40);
  });
}

/** Levels that add up to a reading's: its note's, its partial's, and those of the two places it lies between. */
class Sources {
  private readonly levels = new Map<string, number>();

  /** The share of each source in a reading. */
  private of({ note, partial, place }: Reading): readonly (readonly [string, number])[] {
    const [lower, share] = [Math.floor(place), place - Math.floor(place)];
    return [
      [`note ${note}`, 1],
      [`partial ${partial}`, 1],
      [`place ${lower}`, 1 - share],
      [`place ${lower + 1}`, share],
    ];
  }

  /** What the sources leave unexplained. */
  private rest(reading: Reading): number {
    return this.of(reading).reduce((left, [name, share]) => left - share * this.place(name), reading.level);
  }

  place(name: string): number {
    return this.levels.get(name) ?? 0;
  }

  /** Moves the sources of one kind to where they explain the readings best while the others rest. */
  fit(readings: readonly Reading[], kind: 'note' | 'partial' | 'place'): void {
    const sums = new Map<string, { rest: number; count: number }>();
    for (const reading of readings) {
      const rest = this.rest(reading);
      for (const [name, share] of this.of(reading)) {
        if (!name.startsWith(kind) || share === 0) continue;
        const sum = sums.get(name) ?? { rest: 0, count: 0 };
        sum.rest += share * rest;
        sum.count += share;
        sums.set(name, sum);
      }
    }
    // A few imagined readings keep a place that hardly anybody plays from saying much.
    const held = kind === 'place' ? IMAGINED : 0;
    for (const [name, { rest, count }] of sums) this.levels.set(name, this.place(name) + (rest - held * this.place(name)) / (count + held));
  }
}

/**
 * What a fixed filter does to an instrument's notes, told apart from them: each reading's level is the sum of its note's, its
 * partial's and its place's, fitted in turns (an additive source–filter model in dB). One value each twelfth of an octave
 * from 36 Hz, dB; NaN where too few notes came by.
 */
function emphasis(measure: StripMeasure): Float64Array {
  const readings = readingsOf(measure);
  const counts = new Float64Array(PLACES + 1);
  for (const { place } of readings) {
    const lower = Math.floor(place);
    counts[lower] = (counts[lower] as number) + 1 - (place - lower);
    counts[lower + 1] = (counts[lower + 1] as number) + place - lower;
  }
  const sources = new Sources();
  for (let round = 0; round < ROUNDS; round++) for (const kind of ['note', 'partial', 'place'] as const) sources.fit(readings, kind);
  return Float64Array.from({ length: PLACES }, (_, place) =>
    (counts[place] as number) >= FEWEST ? sources.place(`place ${place}`) : Number.NaN,
  );
}

const meanOf = (values: readonly number[]) => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : Number.NaN;
};

/** How far each place stands out from both sides, a third of an octave to five sixths away; both must be known. */
function standsOut(line: Float64Array, place: number): number {
  const here = meanOf([line[place] ?? Number.NaN, line[place + 1] ?? Number.NaN]);
  const side = (from: number, until: number) => meanOf([...line.subarray(Math.max(0, from), Math.max(0, until))]);
  return here - (side(place - 5, place - 1) + side(place + 3, place + 7)) / 2;
}

const boomOf = remembered((measure: StripMeasure): { readonly frequency: number; readonly amount: number } | null => {
  const line = emphasis(measure);
  let [best, most] = [-1, BOOM.least as number];
  for (let place = 0; place < PLACES; place++) {
    const frequency = LOWEST * 2 ** ((place + 0.5) / PER_OCTAVE);
    const out = standsOut(line, place);
    if (frequency >= BOOM.from && frequency <= BOOM.until && out > most) [best, most] = [place, out];
  }
  return best < 0 ? null : { frequency: LOWEST * 2 ** ((best + 0.5) / PER_OCTAVE), amount: most - BOOM.natural };
});

/** Notes of a bass that boom: those near one pitch are louder than their neighbours, whatever is played. */
export function findBoom({ parts, mix }: Song): Finding[] {
  return parts.flatMap((part) => {
    const boom = BASSES.has(part.family) ? boomOf(part.after) : null;
    if (!boom) return [];
    const [frequency, gain] = [Math.round(boom.frequency), -Math.min(8, Math.round(boom.amount))];
    return [
      {
        id: `boom/${part.strip.id}`,
        kind: 'boom' as const,
        strips: [part.strip.id],
        frequency: boom.frequency,
        q: 4,
        amount: boom.amount,
        measure: `Notes of ${part.strip.name} around ${hertz(boom.frequency)} are ${signed(boom.amount)} dB against those beside them, loud and soft playing taken out.`,
        why: 'A note that booms hides the ones around it, and the low end seems uneven on every loudspeaker.',
        fix: equalising(
          mix,
          part.strip.id,
          [{ freq: frequency, gain, q: 4 }],
          `${part.strip.name}: ${signed(gain)} dB at ${hertz(frequency)}, narrow`,
        ),
      },
    ];
  });
}

import { addInsert, type Change, INSERT_ROWS, insertsOf, MOST_INSERTS, setValue } from '../../mix';
import type { Bell, Finding } from '../finding';
import { BAND_HERTZ, BIN_HERTZ, decibels, powerBetween, powerOf } from '../measure/bands';
import { remembered } from '../measure/remembered';
import type { QuietMeasure, StripMeasure } from '../measure/strip-measure';
import type { Part, Song } from '../song/song';
import { equalise } from './equalise';
import { percentile } from './numbers';
import { signed } from './words';

/** A floor is one that lasts: this share of the song lies within 3 dB of it. */
const LASTS = 0.06;
/** dBFS: what is softer than this nobody hears. */
const AUDIBLE = -66;
/** The floor of the strip lies at most so far below what it plays, dB. */
const WITHIN = 45;
/** A hum's harmonic stands out by this much, dB; so many of the first seven do, and so many of the first three. */
const HUM = { out: 10, harmonics: 3, of: 7, low: 2 } as const;
/** Where hiss is told from tones: by third octaves whose bins are alike, as those of noise are and those of notes are not (0…1). */
const HISS = { from: 1000, until: 12_500, flat: 0.55, bands: 5 } as const;
const MAINS = [50, 60] as const;
/** A gate opens this far above the floor, dB: its peaks stay below. */
const OVER_FLOOR = 16;
/** Hiss this far below a floor, dB, is not what the floor is made of. */
const MOSTLY = 12;
/** Levels of rows this far below the loudest are playing, dB. */
const PLAYING = 0.95;

interface Floor {
  readonly level: number;
  readonly hum: { readonly mains: number; readonly harmonics: readonly number[] } | null;
  /** dBFS of what is noise. */
  readonly hiss: number;
}

/** How far a narrow tone stands out from both sides of it, dB. */
function toneAt(spectrum: Float32Array, frequency: number): number {
  const tone = powerBetween(spectrum, frequency - 2 * BIN_HERTZ, frequency + 2 * BIN_HERTZ);
  const side = (from: number) => powerBetween(spectrum, frequency + from * BIN_HERTZ, frequency + (from + 2) * BIN_HERTZ);
  return decibels(tone / 4) - decibels((side(-5) + side(3)) / 4);
}

function humOf({ spectrum }: QuietMeasure): Floor['hum'] {
  const found = MAINS.map((mains) => {
    const harmonics = Array.from({ length: HUM.of }, (_, n) => (n + 1) * mains).filter((hertz) => toneAt(spectrum, hertz) >= HUM.out);
    return { mains, harmonics };
  });
  const hums = found.filter(
    ({ mains, harmonics }) => harmonics.length >= HUM.harmonics && harmonics.filter((hertz) => hertz <= 3 * mains).length >= HUM.low,
  );
  return hums.sort((a, b) => b.harmonics.length - a.harmonics.length)[0] ?? null;
}

/** Spectral flatness of a band: geometric over arithmetic mean of its bins, 1 for noise of any colour. */
function flatness(spectrum: Float32Array, hertz: number): number {
  const bins = spectrum.subarray(Math.round((hertz * 2 ** (-1 / 6)) / BIN_HERTZ), Math.round((hertz * 2 ** (1 / 6)) / BIN_HERTZ));
  const mean = bins.reduce((sum, power) => sum + power, 0) / bins.length;
  const level = bins.reduce((sum, power) => sum + decibels(power), 0) / bins.length;
  return powerOf(level) / Math.max(mean, 1e-15);
}

/** Level of the noise in a spectrum, dBFS: of what is flat in it; −150 where hardly anything is. */
function hissOf({ spectrum }: QuietMeasure): number {
  const bands = [...BAND_HERTZ].filter((hertz) => hertz > HISS.from && hertz < HISS.until && flatness(spectrum, hertz) > HISS.flat);
  if (bands.length < HISS.bands) return decibels(0);
  return decibels(bands.reduce((sum, hertz) => sum + powerBetween(spectrum, hertz * 2 ** (-1 / 6), hertz * 2 ** (1 / 6)), 0));
}

const floorOf = remembered(({ quiet }: StripMeasure): Floor | null => {
  if (!quiet || quiet.share < LASTS || quiet.level < AUDIBLE) return null;
  return { level: quiet.level, hum: humOf(quiet), hiss: hissOf(quiet) };
});

/** dBFS of what the strip plays: the loud end of its 5 ms levels. */
const playedLevel = remembered(({ envelope }: StripMeasure) => 20 * Math.log10(percentile([...envelope], PLAYING)));

/** Parts whose lowest notes lie where the mains hum. */
const LOW = new Set(['kick', 'bass', 'drums', 'toms']);

/** A steep high-pass over the mains' own tone, for parts that have nothing there. */
function highPass({ mix }: Song, { strip, family }: Part, mains: number): readonly Change[] {
  if (LOW.has(family) || strip.values['hpf.on'] === 1) return [];
  const values = { 'hpf.on': 1, 'hpf.freq': 1.7 * mains, 'hpf.slope': 3 };
  return Object.entries(values).flatMap(([parameter, value]) => setValue(mix, { on: 'strip', id: strip.id, parameter }, value));
}

/** Narrow cuts at a hum's harmonics, in an equaliser of their own where the strip's has no room. */
function notch(song: Song, part: Part, harmonics: readonly number[]): readonly Change[] {
  const bells: Bell[] = harmonics.map((freq) => ({ freq, gain: -18, q: 14 }));
  const { mix } = song;
  const id = part.strip.id;
  if (insertsOf(mix, id).length >= MOST_INSERTS) return equalise(mix, id, bells.slice(0, 3));
  const added = addInsert(mix, id, 'eq');
  const [put] = added;
  if (put?.do !== 'put') return [];
  const fields = Object.fromEntries(
    bells.flatMap(({ freq, gain, q }, n) => [
      [`eq.${n + 1}.type`, 0],
      [`eq.${n + 1}.freq`, freq],
      [`eq.${n + 1}.gain`, gain],
      [`eq.${n + 1}.q`, q],
    ]),
  );
  const known = new Set(INSERT_ROWS.eq.map((row) => row.id));
  const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => known.has(field)));
  return [{ ...put, fields: { ...put.fields, ...kept } }];
}

/** A gate that turns down what lies between floor and playing. */
function gated({ mix }: Song, { strip }: Part, level: number, played: number): readonly Change[] {
  const threshold = Math.round(Math.min(level + OVER_FLOOR, played - 1));
  const values = {
    'gate.on': 1,
    'gate.threshold': threshold,
    'gate.ratio': 4,
    'gate.range': -20,
    'gate.attack': 3,
    'gate.release': 160,
    'gate.hysteresis': 2,
  };
  return Object.entries(values).flatMap(([parameter, value]) => setValue(mix, { on: 'strip', id: strip.id, parameter }, value));
}

function humFinding(song: Song, part: Part, floor: Floor): Finding[] {
  if (!floor.hum) return [];
  const { mains, harmonics } = floor.hum;
  const low = highPass(song, part, mains);
  const cuts = (low.length ? harmonics.filter((hertz) => hertz > mains) : harmonics).slice(0, 6);
  const changes = [...low, ...notch(song, part, cuts)];
  return [
    {
      id: `hum/${part.strip.id}`,
      kind: 'hum',
      strips: [part.strip.id],
      frequency: mains,
      amount: floor.level,
      measure: `${part.strip.name} hums at ${mains} Hz and its harmonics (${harmonics.join(', ')} Hz), heard in its pauses at ${signed(floor.level)} dBFS.`,
      why: 'Hum lies under everything that is played, and comes up with each decibel that the strip is turned up.',
      fix: changes.length
        ? { words: `${part.strip.name}: ${low.length ? 'a high-pass and ' : ''}narrow cuts at ${cuts.join(', ')} Hz`, changes }
        : null,
    },
  ];
}

/** Hum and hiss that stand in a strip's pauses. */
export function findNoise(song: Song): Finding[] {
  return song.parts.flatMap((part) => {
    const floor = floorOf(part.after);
    const played = playedLevel(part.after);
    if (!floor || played - floor.level > WITHIN) return [];
    // The gate hears the strip as it was recorded: what its equaliser and effects take out comes after it.
    const [heard, playing] = [floorOf(part.before) ?? floor, playedLevel(part.before)];
    const gates = part.strip.values['gate.on'] === 1 ? [] : gated(song, part, Math.max(heard.level, floor.level), playing);
    const over = played - floor.level;
    const hiss: Finding = {
      id: `noise/${part.strip.id}`,
      kind: 'noise',
      strips: [part.strip.id],
      amount: floor.level,
      measure: `${part.strip.name} has noise in its pauses at ${signed(floor.level)} dBFS, ${Math.round(over)} dB below what it plays.`,
      why: 'Noise is not noticed on one strip; on many, and behind a compressor, it veils the whole mix.',
      fix: gates.length ? { words: `${part.strip.name}: a gate that turns its pauses down by 20 dB`, changes: gates } : null,
    };
    return [...humFinding(song, part, floor), ...(floor.hiss > Math.max(AUDIBLE, floor.level - MOSTLY) ? [hiss] : [])];
  });
}

/** Frequency and level to places in a box, for every equaliser picture. */
const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
const EQ_SPAN_DB = 18;

/** 0…1 across the box, logarithmic. */
export function acrossOf(frequency: number): number {
  return Math.log(frequency / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ);
}

export function frequencyAt(across: number): number {
  return LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** Math.min(1, Math.max(0, across));
}

/** 0…1 down the box: the top is +18 dB and a little more, so that handles at the ends stay whole. */
export function downOf(decibels: number): number {
  return 0.5 - decibels / (2 * (EQ_SPAN_DB + 2));
}

export function decibelsAt(down: number): number {
  return (0.5 - down) * 2 * (EQ_SPAN_DB + 2);
}

export const GRID_HZ = [20, 30, 50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000, 20_000] as const;
export const LABELLED_HZ = [50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
export const GRID_DB = [18, 12, 6, 0, -6, -12, -18] as const;

const SEMITONE = 2 ** (1 / 12);
const BLACK = new Set([1, 3, 6, 8, 10]);

export interface PianoKey {
  /** MIDI note number. */
  readonly note: number;
  readonly from: number;
  readonly until: number;
  readonly black: boolean;
  /** "C4" on every C, else empty. */
  readonly name: string;
}

/** The keys whose tones lie in the picture, each a semitone wide around its tone (A4 = 440 Hz). */
export const PIANO: readonly PianoKey[] = Array.from({ length: 121 }, (_, index) => index + 12).flatMap((note) => {
  const tone = 440 * SEMITONE ** (note - 69);
  const from = acrossOf(tone / Math.sqrt(SEMITONE));
  const until = acrossOf(tone * Math.sqrt(SEMITONE));
  if (from < 0 || until > 1) return [];
  return [{ note, from, until, black: BLACK.has(note % 12), name: note % 12 === 0 ? `C${note / 12 - 1}` : '' }];
});

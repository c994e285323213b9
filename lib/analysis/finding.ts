import type { Change, StripId } from '../mix';

/** What can be wrong with a mix, in the order in which one would mend it. */
export const FINDING_KINDS = [
  'clipping',
  'polarity',
  'offset',
  'hum',
  'noise',
  'mud',
  'boom',
  'resonance',
  'sibilance',
  'uneven',
  'jump',
  'section',
  'balance',
  'masking',
  'dry',
  'mono',
  'headroom',
  'loudness',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A bell that a fix lays over a strip: Hz, dB, Q. */
export interface Bell {
  readonly freq: number;
  readonly gain: number;
  readonly q: number;
}

/** A stretch of a strip that a fix turns up or down: seconds, dB. */
interface Ride {
  readonly at: number;
  readonly until: number;
  readonly gain: number;
}

/** Changes of controls that mend a finding, and what they do in a few words. */
export interface Fix {
  readonly words: string;
  readonly changes: readonly Change[];
  /** What it does to the level of its strip, for the fixes that come after it. */
  readonly bells?: readonly Bell[];
  readonly ride?: Ride;
}

/** One thing that was found in a mix. */
export interface Finding {
  /** The same as long as it is the same fault: its kind, strips and place. */
  readonly id: string;
  readonly kind: FindingKind;
  /** The strips that make it; none where it is the mix as a whole. The first is the one that the fix acts on. */
  readonly strips: readonly StripId[];
  /** Seconds; absent where it is so all along. */
  readonly at?: number;
  readonly until?: number;
  /** Hz, and how narrow it is. */
  readonly frequency?: number;
  readonly q?: number;
  /** How much: dB for levels, ms for an offset, dBFS for a noise floor, LU for loudness. */
  readonly amount: number;
  /** What was measured, in a sentence with its numbers. */
  readonly measure: string;
  /** Why it matters, in one plain sentence. */
  readonly why: string;
  readonly fix: Fix | null;
}

import { z } from 'zod';

/** Why a stem of the mix cannot be heard where the song is. */
const LACKS = ['absent', 'loading', 'failing', 'damaged', 'no room'] as const;
/** What of a person's own listening changes what is heard, more than its level. */
const WAYS = [
  'solo',
  'after fader',
  'before fader',
  'key',
  'mono',
  'side',
  'swapped',
  'inverted',
  'lows',
  'mids',
  'highs',
  'crossfeed',
  'own mix',
] as const;

const amount = z.number().int().min(0).max(1_000_000);
/** The beginning of a SHA-256 in hexadecimal digits. */
const hash = z.string().regex(/^[0-9a-f]{16}$/);

/** How many lacking stems are named; the rest is counted. */
export const NAMED_LACKS = 4;

/** What one page really plays, told to the others through awareness: a few hundred bytes, at most once a second. */
export const earsSchema = z.object({
  /** Off until the page's first gesture. */
  sound: z.enum(['off', 'on', 'failed']),
  /** Stems that the mix uses, and how many of them cannot be heard. */
  stems: amount,
  lacking: amount,
  lacks: z.array(z.object({ stem: z.string().max(64), why: z.enum(LACKS) })).max(NAMED_LACKS),
  /** Effects left out for want of memory. */
  effects: amount,
  /** Of the output device, Hz; null while it is not known. */
  rate: amount.nullable(),
  /** Of the output, ms. */
  latency: amount,
  /** By how much the person says that the device sounds late, ms. */
  nudge: z.number().min(-1000).max(1000),
  /** In the last minute: holes in the sound, and how often it was moved to be in time again. */
  gaps: amount,
  moved: amount,
  ways: z.array(z.enum(WAYS)).max(WAYS.length),
  /** Changes that only this browser has as yet. */
  unsaved: amount,
  /** Of all in the mix that sounds; null while it moves. */
  mix: hash.nullable(),
  /** Of samples rendered from that mix; null before they are. */
  print: hash.nullable(),
});

export type Ears = z.infer<typeof earsSchema>;
export type ListeningWay = (typeof WAYS)[number];

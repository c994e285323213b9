import type { MixdownOptions, Normalisation } from '../../../lib/audio';
import type { Loop } from '../../../lib/protocol';
import { typedTime } from '../words';

/** The formats on offer, the everyday one first. */
export const FORMATS = [
  { value: '24', label: 'WAV 24 bit – for mastering and archives', extension: 'wav', format: { as: 'wav', bits: 24, dither: false } },
  { value: '16', label: 'WAV 16 bit, dithered – for a CD', extension: 'wav', format: { as: 'wav', bits: 16, dither: true } },
  { value: '32', label: 'WAV 32 bit float – for further work, cannot clip', extension: 'wav', format: { as: 'wav', bits: 32 } },
  { value: 'flac', label: 'FLAC 24 bit – lossless, half the size', extension: 'flac', format: { as: 'flac', bits: 24, dither: false } },
  { value: 'mp3', label: 'MP3 320 kbit/s – plays everywhere', extension: 'mp3', format: { as: 'mp3', kbps: 320 } },
  { value: 'mp3-192', label: 'MP3 192 kbit/s – to send by mail', extension: 'mp3', format: { as: 'mp3', kbps: 192 } },
  { value: 'opus', label: 'Opus 160 kbit/s – small and good', extension: 'opus', format: { as: 'opus', kbps: 160 } },
] as const satisfies readonly { value: string; label: string; extension: string; format: MixdownOptions['format'] }[];
type FormatName = (typeof FORMATS)[number]['value'];

/** What a file may be brought to. The streaming services' −14 LUFS and −1 dBTP as they publish it; −23 by EBU R 128. */
export const LEVELS = [
  { value: 'as-is', label: 'As it sounds', normalise: null },
  { value: '-14', label: '−14 LUFS – streaming', normalise: { to: 'loudness', target: -14, ceiling: -1 } },
  { value: '-16', label: '−16 LUFS – podcasts and phones', normalise: { to: 'loudness', target: -16, ceiling: -1 } },
  { value: '-23', label: '−23 LUFS – broadcast (EBU R 128)', normalise: { to: 'loudness', target: -23, ceiling: -1 } },
  { value: 'peak', label: 'Peaks at −1 dBTP', normalise: { to: 'peak', target: -1 } },
] as const satisfies readonly { value: string; label: string; normalise: Normalisation | null }[];
type LevelName = (typeof LEVELS)[number]['value'];

export const WHATS = [
  { value: 'mix', label: 'The mix – one file' },
  { value: 'stems', label: 'Every strip – a file each, in a ZIP' },
  { value: 'groups', label: 'Groups and what is in none – a file each, in a ZIP' },
] as const;
type What = (typeof WHATS)[number]['value'];

export const RANGES = [
  { value: 'whole', label: 'The whole song' },
  { value: 'loop', label: 'The loop' },
  { value: 'range', label: 'From … to …' },
] as const;
type RangeName = (typeof RANGES)[number]['value'];

export const TAILS = [
  { value: '0', label: 'None' },
  { value: '2', label: '2 s' },
  { value: '4', label: '4 s' },
  { value: '8', label: '8 s' },
] as const;
type TailName = (typeof TAILS)[number]['value'];

/** A stretch of the song in seconds, as it was typed. */
interface TypedRange {
  readonly from: string;
  readonly until: string;
}

/** The stretch that is asked for; null for the whole song. `why` says, as a sentence, why what was typed is none. */
export function stretchOf(
  { range, typed }: Pick<Choices, 'range' | 'typed'>,
  loop: Loop | null,
  length: number,
): { readonly stretch: Loop | null; readonly why?: string } {
  if (range === 'loop') return { stretch: loop };
  if (range === 'whole') return { stretch: null };
  const [from, until] = [typedTime(typed.from), typedTime(typed.until)];
  if (from === null || until === null) return { stretch: null, why: 'Times are minutes and seconds, like 1:23.5.' };
  if (until <= from) return { stretch: null, why: 'The end must come after the beginning.' };
  if (from >= length) return { stretch: null, why: 'The song is over before that.' };
  return { stretch: { from, until: Math.min(until, length) } };
}

export interface Choices {
  readonly what: What;
  readonly format: FormatName;
  readonly range: RangeName;
  /** Where `range` is asked for. */
  readonly typed: TypedRange;
  readonly tail: TailName;
  readonly level: LevelName;
  /** Of strips and groups: with the effects they send to. */
  readonly effects: boolean;
  /** Of strips and groups: through the master. */
  readonly master: boolean;
}

export const FIRST_CHOICES: Choices = {
  what: 'mix',
  format: '24',
  range: 'whole',
  typed: { from: '0:00', until: '' },
  tail: '4',
  level: 'as-is',
  effects: true,
  master: false,
};

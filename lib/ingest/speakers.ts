import type { Speaker } from './source';

/** Bits of a WAV's channel mask (`dwChannelMask`), from the lowest. */
const MASK: readonly Speaker[] = [
  'left',
  'right',
  'centre',
  'low',
  'surround-left',
  'surround-right',
  'other',
  'other',
  'back',
  'surround-left',
  'surround-right',
];

/** The order of SMPTE and of WAV without a mask, which FLAC and AIFF share up to six channels. */
const BY_COUNT: Readonly<Record<number, readonly Speaker[]>> = {
  1: ['centre'],
  2: ['left', 'right'],
  3: ['left', 'right', 'centre'],
  4: ['left', 'right', 'surround-left', 'surround-right'],
  5: ['left', 'right', 'centre', 'surround-left', 'surround-right'],
  6: ['left', 'right', 'centre', 'low', 'surround-left', 'surround-right'],
};

/** Vorbis I, section 4.3.9; Opus channel mapping family 1 (RFC 7845, section 5.1.1.2) is the same. */
const VORBIS: Readonly<Record<number, readonly Speaker[]>> = {
  ...BY_COUNT,
  3: ['left', 'centre', 'right'],
  5: ['left', 'centre', 'right', 'surround-left', 'surround-right'],
  6: ['left', 'centre', 'right', 'surround-left', 'surround-right', 'low'],
};

const unknown = (count: number): Speaker[] => new Array<Speaker>(Math.max(0, count)).fill('other');

export function speakersByCount(count: number): readonly Speaker[] {
  return BY_COUNT[count] ?? unknown(count);
}

export function speakersOfVorbis(count: number): readonly Speaker[] {
  return VORBIS[count] ?? unknown(count);
}

/** The speakers of a WAV's mask, in order; by count where the mask does not name as many as there are channels. */
export function speakersOfMask(mask: number, count: number): readonly Speaker[] {
  const named = MASK.filter((_, bit) => mask & (1 << bit));
  return count > 2 && named.length === count ? named : speakersByCount(count);
}

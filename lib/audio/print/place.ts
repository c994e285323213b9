import { SEGMENT_FRAMES, type StemManifest } from '../../media';

/** How much of the song is rendered, in frames: two seconds. */
export const PRINT_FRAMES = 96_000;
/** So far into its segment: what of the song the desk has to read beyond, for it is late, lies within that segment too. */
const LEAD_IN = 24_000;

/**
 * The frame of the song that a print begins at: in one of the segments in which the most of `stems` sound, `seed` (a whole number,
 * 0 or more) says which. Depends on nothing else, so that all machines choose alike.
 */
export function printPlace(stems: Iterable<StemManifest>, seed: number): number {
  const sounding: number[] = [];
  for (const { segments } of stems)
    for (const [at, segment] of segments.entries()) sounding[at] = (sounding[at] ?? 0) + Number(segment !== null);
  const most = Math.max(0, ...sounding);
  const fullest = sounding.flatMap((count, at) => (count === most ? [at] : []));
  return (fullest[seed % fullest.length] ?? 0) * SEGMENT_FRAMES + LEAD_IN;
}

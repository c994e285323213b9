/** Gates of ITU-R BS.1770-5: absolute, LUFS, and below the loudness of what passed that, LU. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

const meanOf = (loudness: readonly number[]): number =>
  10 * Math.log10(loudness.reduce((sum, value) => sum + 10 ** (value / 10), 0) / loudness.length);

/** Integrated loudness of a stretch from its momentary loudness (400 ms, every 100 ms), gated; null where all is silence. */
export function gatedLoudness(momentary: ArrayLike<number>): number | null {
  const audible = Array.from(momentary).filter((value) => value > ABSOLUTE_GATE);
  if (audible.length === 0) return null;
  const floor = meanOf(audible) + RELATIVE_GATE;
  return meanOf(audible.filter((value) => value > floor));
}

/** Half the rate the desk works at, Hz: where its filters end. */
const NYQUIST = 24_000;
const warped = (hertz: number) => Math.tan((Math.PI / 2) * Math.min(0.9999, hertz / NYQUIST));

/**
 * The part (0…1) of the sound at `hertz` that a crossover at `split` gives to its upper side; its lower side has the rest, in the
 * same phase. Linkwitz-Riley of the fourth order by the bilinear transform, as the desk has it.
 */
export function upperShare(split: number, hertz: number): number {
  const ratio = (warped(hertz) / warped(split)) ** 4;
  return ratio / (1 + ratio);
}

const LOWEST = 20;
const OCTAVES = Math.log2(1000);

/** The frequency at a place (0…1) of an axis from 20 Hz to 20 kHz. */
export const hertzAt = (x: number) => LOWEST * 2 ** (OCTAVES * x);

/** Lines of such an axis, with their names. */
export const FREQUENCIES = [50, 100, 200, 500, 1000, 2000, 5000, 10_000].map(
  (hertz) => [Math.log2(hertz / LOWEST) / OCTAVES, hertz < 1000 ? `${hertz}` : `${hertz / 1000}k`] as const,
);

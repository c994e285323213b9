/** Quality of the pole pair `index` (from 0) of a Butterworth filter of `order`. Compiled for the desk too, see `design.ts`. */
export function butterworthQuality(order: number, index: number): number {
  return 0.5 / Math.sin(((2.0 * index + 1.0) * Math.PI) / (2.0 * order));
}

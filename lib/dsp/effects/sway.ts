/** A square goes from its top to its bottom in this many seconds. */
const EDGE = 0.004;

const sine = (cycles: number) => Math.sin(2 * Math.PI * cycles);
const triangle = (cycles: number) => (2 / Math.PI) * Math.asin(sine(cycles));

/** Gain of a tremolo `cycles` after the song's beginning; `shape`: 0 sine, 1 triangle, 2 square; `hertz` its rate; `depth` a part of 1. */
export function tremoloGain(shape: number, depth: number, hertz: number, cycles: number): number {
  const at = cycles + 0.25;
  const square = () => Math.min(1, Math.max(-1, triangle(at) * Math.max(1, 0.5 / (EDGE * hertz))));
  const wave = shape === 0 ? sine(at) : shape === 1 ? triangle(at) : square();
  return 1 - 0.5 * depth * (1 - wave);
}

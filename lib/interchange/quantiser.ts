/** Samples as whole numbers; `dither` adds triangular noise of ±1 step before rounding. */
export interface WholeNumbers {
  readonly bits: 16 | 24;
  readonly dither: boolean;
}

/** Seeds the dither, so that the same mix gives the same file. */
const DITHER_SEED = 0x9e37_79b9;

/** Uniform numbers 0…1, the same sequence for the same seed (xorshift32, Marsaglia 2003). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** Makes whole numbers of samples whose full scale is 1: `round(x · 2^(bits−1))`, held within their range. */
export function quantiser({ bits, dither }: WholeNumbers): (sample: number) => number {
  const scale = 2 ** (bits - 1);
  const random = noise(DITHER_SEED);
  return (sample) => {
    const shake = dither ? random() - random() : 0;
    return Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale + shake)));
  };
}

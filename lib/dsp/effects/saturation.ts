/** Where on its curve a tube rests. */
const BIAS = 0.35;
/** Where the transistor's curve stops rising. */
const KNEE = 1.5;
/** The level, −12 dBFS, that stays about as loud however hard a curve is driven. */
const REFERENCE = 0.25;

const tape = (x: number) => x / Math.sqrt(1 + x * x);

/** The curves of distortion and saturation, by the index that the parameter `curve` holds; as in the desk's `curves.ts`. */
const CURVES: readonly ((x: number) => number)[] = [
  tape,
  (x) => (tape(x + BIAS) - tape(BIAS)) * (1 + BIAS * BIAS) ** 1.5,
  (x) => {
    const within = Math.min(KNEE, Math.max(-KNEE, x));
    return within - within ** 3 / (3 * KNEE * KNEE);
  },
  (x) => (2 / Math.PI) * Math.sin((Math.PI / 2) * x),
  (x) => Math.min(1, Math.max(-1, x)),
];

interface Saturation {
  readonly curve: number;
  /** Decibels. */
  readonly drive: number;
  /** 0…1. */
  readonly mix: number;
  /** Decibels. */
  readonly output: number;
}

/** The level that comes out for the level `x`, both with 1 as full scale; what a curve adds at 0 Hz is not yet taken away. */
export function saturated({ curve, drive, mix, output }: Saturation, x: number): number {
  const gain = 10 ** (drive / 20);
  const makeUp = Math.sqrt((1 + (gain * REFERENCE) ** 2) / (1 + REFERENCE * REFERENCE)) / gain;
  const bent = (CURVES[curve] ?? tape)(gain * x) * makeUp;
  return 10 ** (output / 20) * (x + mix * (bent - x));
}

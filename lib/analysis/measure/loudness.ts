import { SAMPLE_RATE } from '../../units';
import { decibels, powerOf } from './bands';

/** The two filters of ITU-R BS.1770-5, annex 1, at 48 kHz: head and high-pass, as b0, b1, b2, a1, a2. */
const HEAD = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585] as const;
const LOW_CUT = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;
const OFFSET = -0.691;

class Biquad {
  private z1 = 0;
  private z2 = 0;
  constructor(private readonly c: readonly [number, number, number, number, number]) {}

  next(x: number): number {
    const [b0, b1, b2, a1, a2] = this.c;
    const y = b0 * x + this.z1;
    this.z1 = b1 * x - a1 * y + this.z2;
    this.z2 = b2 * x - a2 * y;
    return y;
  }
}

/** K-weighting of one side. */
export class Weighting {
  private readonly head = new Biquad(HEAD);
  private readonly lowCut = new Biquad(LOW_CUT);

  /** Square of the weighted sample. */
  power(sample: number): number {
    const y = this.lowCut.next(this.head.next(sample));
    return y * y;
  }
}

/** LUFS of a weighted power, both sides added. */
export const loudnessOf = (power: number): number => (power > 1e-12 ? OFFSET + decibels(power) : Number.NEGATIVE_INFINITY);

/** Mean powers of 400 ms after every 100 ms, of those of 100 ms each. */
export function momentary(steps: ArrayLike<number>): Float64Array {
  const count = Math.max(0, steps.length - 3);
  return Float64Array.from({ length: count }, (_, n) => {
    const sum = (steps[n] as number) + (steps[n + 1] as number) + (steps[n + 2] as number) + (steps[n + 3] as number);
    return sum / 4;
  });
}

/** Gated loudness of powers of 400 ms (BS.1770-5: over −70 LUFS, then over 10 LU below their mean), LUFS; −Infinity for silence. */
export function gatedLoudness(blocks: ArrayLike<number>): number {
  const gate = { absolute: powerOf(-70 - OFFSET), relative: 0 };
  const mean = (over: number) => {
    let [sum, count] = [0, 0];
    for (let n = 0; n < blocks.length; n++) {
      const power = blocks[n] as number;
      if (power <= over) continue;
      sum += power;
      count += 1;
    }
    return count ? sum / count : 0;
  };
  gate.relative = mean(gate.absolute) / 10;
  return loudnessOf(mean(Math.max(gate.absolute, gate.relative)));
}

/** What K-weighting does to the power of a tone, as a factor. */
export function weightAt(hertz: number): number {
  const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
  const energy = ([b0, b1, b2, a1, a2]: readonly [number, number, number, number, number]) => {
    const [c1, s1, c2, s2] = [Math.cos(w), Math.sin(w), Math.cos(2 * w), Math.sin(2 * w)];
    const zeros = (b0 + b1 * c1 + b2 * c2) ** 2 + (b1 * s1 + b2 * s2) ** 2;
    const poles = (1 + a1 * c1 + a2 * c2) ** 2 + (a1 * s1 + a2 * s2) ** 2;
    return zeros / poles;
  };
  return energy(HEAD) * energy(LOW_CUT);
}

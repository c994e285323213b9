import { THINNING } from './strip-measure';

const TAPS = 96;

/** A low-pass at 2.4 kHz of the 48 kHz it is fed with: a sinc under a Blackman window. */
const KERNEL: Float64Array = (() => {
  const cut = 0.05;
  const raw = Float64Array.from({ length: TAPS }, (_, n) => {
    const x = n - (TAPS - 1) / 2;
    const turn = (2 * Math.PI * (n + 0.5)) / TAPS;
    return (Math.sin(2 * Math.PI * cut * x) / (Math.PI * x)) * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  });
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
})();

/** Keeps one sample in eight of what goes by, without what would fold back. All strips are late by the same 48 samples. */
export class Thinner {
  private readonly past = new Float64Array(2 * TAPS);
  private at = 0;
  private count = 0;
  private readonly kept: number[] = [];

  add(sample: number): void {
    const { past } = this;
    past[this.at] = sample;
    past[this.at + TAPS] = sample;
    this.at = this.at === TAPS - 1 ? 0 : this.at + 1;
    this.count += 1;
    if (this.count < THINNING) return;
    this.count = 0;
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += (KERNEL[tap] as number) * (past[this.at + tap] as number);
    this.kept.push(sum);
  }

  finish(): Float32Array {
    return Float32Array.from(this.kept);
  }
}

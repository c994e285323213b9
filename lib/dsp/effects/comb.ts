/** Size of 1 − mix + mix · H for a complex H. */
const blended = (mix: number, real: number, imaginary: number) => Math.hypot(1 - mix + mix * real, mix * imaginary);

/** z / (1 − f·z): a turn that goes round again. */
function roundAgain(real: number, imaginary: number, feedback: number): readonly [number, number] {
  const [dr, di] = [1 - feedback * real, -feedback * imaginary];
  const size = dr * dr + di * di;
  return [(real * dr + imaginary * di) / size, (imaginary * dr - real * di) / size];
}

/** Gain of a flanger at `hertz` while its delay is `delay` ms; `feedback` and `mix` as parts of 1. */
export function flangerGain(delay: number, feedback: number, mix: number, hertz: number): number {
  const angle = (-2 * Math.PI * hertz * delay) / 1000;
  const [real, imaginary] = roundAgain(Math.cos(angle), Math.sin(angle), feedback);
  return blended(mix, real, imaginary);
}

/**
 * Gain of a phaser at `hertz` while its stages turn by 90° at `middle`; `feedback` (heard one sample later) and `mix` as parts of 1.
 */
export function phaserGain(stages: number, middle: number, feedback: number, mix: number, hertz: number): number {
  const warped = (frequency: number) => Math.tan((Math.PI * Math.min(frequency, 23_900)) / 48_000);
  const turn = -2 * stages * Math.atan(warped(hertz) / warped(middle));
  const late = turn - (2 * Math.PI * hertz) / 48_000;
  const [dr, di] = [1 - feedback * Math.cos(late), -feedback * Math.sin(late)];
  const size = dr * dr + di * di;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  return blended(mix, (cosine * dr + sine * di) / size, (sine * dr - cosine * di) / size);
}

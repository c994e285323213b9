import { decibels } from './rig';

/** Samples before a stretch that `splatter` looks back to. */
export const BEFORE = 6;

/**
 * How much of a click is in a sound, dB: the greatest of its sixth differences (a high-pass of 36 dB/oct that lets 8 kHz pass as it is)
 * against its greatest sample, or against `least` where all is quieter. A step of that size gives +20 dB, a tone of 150 Hz less than
 * −70, the corners of a fade over 240 frames −32; clicks are heard from about −20 dB on. The first `BEFORE` samples are looked at only
 * as the past of the next.
 */
export function splatter(sound: Float32Array, least: number): number {
  let [most, peak] = [0, least];
  for (let n = BEFORE; n < sound.length; n++) {
    const at = (k: number) => sound[n - k] ?? 0;
    most = Math.max(most, Math.abs(at(0) - 6 * at(1) + 15 * at(2) - 20 * at(3) + 15 * at(4) - 6 * at(5) + at(6)));
    peak = Math.max(peak, Math.abs(at(0)));
  }
  return decibels(most / peak);
}

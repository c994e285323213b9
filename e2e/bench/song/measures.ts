import { Fft, hannWindow } from '../../../lib/dsp';
import { SAMPLE_RATE } from '../../../lib/units';

/** Both sides of a render. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

const SIZE = 8192;

const decibels = (power: number): number => 10 * Math.log10(power);

/** Mean power of each bin over the whole sound, both sides added up. */
function spectrum({ left, right }: Sound): Float64Array {
  const fft = new Fft(SIZE);
  const window = hannWindow(SIZE);
  const power = new Float64Array(SIZE / 2);
  for (let from = 0; from + SIZE <= left.length; from += SIZE / 2) {
    // Two real signals in one transform: the power of both bins of a frequency together is that of both sides.
    const real = Float64Array.from({ length: SIZE }, (_, n) => (left[from + n] ?? 0) * (window[n] ?? 0));
    const imaginary = Float64Array.from({ length: SIZE }, (_, n) => (right[from + n] ?? 0) * (window[n] ?? 0));
    fft.transform(real, imaginary);
    for (let bin = 1; bin < SIZE / 2; bin++) {
      const other = SIZE - bin;
      power[bin] =
        (power[bin] ?? 0) + (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2 + (real[other] ?? 0) ** 2 + (imaginary[other] ?? 0) ** 2;
    }
  }
  return power;
}

/** Energy from `low` to `high` Hz of a sound, in dB against that between `from` and `until`. */
export function bandShare(sound: Sound, [low, high]: readonly [number, number], [from, until]: readonly [number, number]): number {
  const power = spectrum(sound);
  const sum = (begin: number, end: number) => {
    const bin = (hertz: number) => Math.round((hertz * SIZE) / SAMPLE_RATE);
    return power.subarray(bin(begin), bin(end)).reduce((total, one) => total + one, 0);
  };
  return decibels(sum(low, high) / sum(from, until));
}

/** The part of a sound from `from` to `until` seconds. */
export function cut({ left, right }: Sound, from: number, until: number): Sound {
  const [begin, end] = [Math.round(from * SAMPLE_RATE), Math.round(until * SAMPLE_RATE)];
  return { left: left.subarray(begin, end), right: right.subarray(begin, end) };
}

/** Mean powers of stretches of `seconds`, dB, in order of size; silence left out. */
function levels({ left, right }: Sound, seconds: number): number[] {
  const size = Math.round(seconds * SAMPLE_RATE);
  const found: number[] = [];
  for (let from = 0; from + size <= left.length; from += size) {
    let sum = 0;
    for (let n = from; n < from + size; n++) sum += (left[n] ?? 0) ** 2 + (right[n] ?? 0) ** 2;
    if (sum > 0) found.push(decibels(sum / (2 * size)));
  }
  return found.sort((a, b) => a - b);
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.NEGATIVE_INFINITY;

/** How far apart loud and soft stretches are, dB, from the 5th to the 95th percentile of those within `within` dB of the loudest. */
export function spread(sound: Sound, seconds: number, within: number): number {
  const all = levels(sound, seconds);
  const played = all.filter((level) => level > (all.at(-1) ?? 0) - within);
  return percentile(played, 0.95) - percentile(played, 0.05);
}

/** Mean level of what is played, dB: of all stretches of 400 ms within 15 dB of the loudest. */
export function playedLevel(sound: Sound): number {
  const all = levels(sound, 0.4);
  const played = all.filter((level) => level > (all.at(-1) ?? 0) - 15);
  return decibels(played.reduce((sum, level) => sum + 10 ** (level / 10), 0) / played.length);
}

/** Level of the loudest 400 ms, dB. */
export const loudest = (sound: Sound): number => levels(sound, 0.4).at(-1) ?? Number.NEGATIVE_INFINITY;

/** One sound from the other. */
export function less(a: Sound, b: Sound): Sound {
  return { left: a.left.map((x, n) => x - (b.left[n] ?? 0)), right: a.right.map((x, n) => x - (b.right[n] ?? 0)) };
}

export function sum(a: Sound, b: Sound): Sound {
  return { left: a.left.map((x, n) => x + (b.left[n] ?? 0)), right: a.right.map((x, n) => x + (b.right[n] ?? 0)) };
}

/** Mean power, dB. */
export function power({ left, right }: Sound): number {
  let total = 0;
  for (let n = 0; n < left.length; n++) total += (left[n] ?? 0) ** 2 + (right[n] ?? 0) ** 2;
  return decibels(total / (2 * left.length));
}

/** Energy of a sound within a band, in dB as `power` has it. */
export function bandPower(sound: Sound, band: readonly [number, number]): number {
  return bandShare(sound, band, [20, 20_000]) + power(sound);
}

/** What is left when both sides go to one loudspeaker, in dB against both: 0 where they are the same. */
export function monoLoss({ left, right }: Sound): number {
  const middle = left.map((x, n) => 0.5 * (x + (right[n] ?? 0)));
  return power({ left: middle, right: middle }) - power({ left, right });
}

/** Correlation of two sounds' left sides: 1 the same, −1 turned round. */
export function correlation(a: Sound, b: Sound): number {
  let [cross, ofA, ofB] = [0, 0, 0];
  for (let n = 0; n < a.left.length; n++) {
    const [x, y] = [a.left[n] ?? 0, b.left[n] ?? 0];
    cross += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return cross / Math.sqrt(ofA * ofB);
}

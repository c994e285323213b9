import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Resampler, resampledFrames } from './resample';

function sine(hertz: number, rate: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate));
}

/** All of a signal at once, or in blocks of the given lengths, over and over. */
function resample(signal: Float32Array, from: number, to: number, lengths: readonly number[] = [signal.length]): Float32Array {
  const resampler = new Resampler(1, from, to);
  const parts: number[] = [];
  let at = 0;
  for (let i = 0; at < signal.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    parts.push(...(resampler.push([signal.subarray(at, at + length)])[0] ?? []));
    at += length;
  }
  parts.push(...(resampler.flush()[0] ?? []));
  return Float32Array.from(parts);
}

/** Level of what is left when the sine that should be there is taken away, away from the ends; dB of full scale. */
function errorAgainst(expected: Float32Array, got: Float32Array): number {
  let sum = 0;
  const [from, until] = [2000, got.length - 2000];
  for (let n = from; n < until; n++) sum += ((got[n] ?? 0) - (expected[n] ?? 0)) ** 2;
  return 10 * Math.log10((2 * sum) / (until - from) + 1e-30);
}

test.each([8_000, 11_025, 22_050, 32_000, 44_100, 47_952, 88_200, 96_000, 176_400, 192_000])(
  'From %i Hz the length is exact and a tone comes through in time and level to 120 dB',
  (rate) => {
    const signal = sine(997, rate, Math.round(rate * 0.4));
    const got = resample(signal, rate, 48_000);
    expect(got.length).toBe(resampledFrames(signal.length, rate, 48_000));
    expect(errorAgainst(sine(997, 48_000, got.length), got)).toBeLessThan(-120);
  },
);

test.each([
  [44_100, 19_900],
  [96_000, 21_500],
  [32_000, 14_400],
])('From %i Hz the band up to %i Hz passes unchanged', (rate, hertz) => {
  const got = resample(sine(hertz, rate, rate / 2), rate, 48_000);
  expect(errorAgainst(sine(hertz, 48_000, got.length), got)).toBeLessThan(-115);
});

test.each([
  [96_000, 24_000],
  [96_000, 30_000],
  [96_000, 47_000],
  [88_200, 26_000],
  [192_000, 70_000],
])('From %i Hz a tone at %i Hz, which 48 kHz cannot hold, is at least 120 dB down', (rate, hertz) => {
  const got = resample(sine(hertz, rate, rate / 2), rate, 48_000);
  expect(errorAgainst(new Float32Array(got.length), got)).toBeLessThan(-120);
});

test('The images of a tone near the top of 44.1 kHz are at least 120 dB down', () => {
  const got = resample(sine(20_000, 44_100, 22_050), 44_100, 48_000);
  expect(errorAgainst(sine(20_000, 48_000, got.length), got)).toBeLessThan(-115);
});

test('A constant stays what it is', () => {
  const got = resample(new Float32Array(20_000).fill(0.5), 44_100, 48_000);
  for (let n = 2000; n < got.length - 2000; n++) expect(Math.abs((got[n] ?? 0) - 0.5)).toBeLessThan(1e-6);
});

test('How a signal is cut into blocks makes no difference to a single bit', () => {
  const signal = sine(1234, 44_100, 9000);
  const whole = resample(signal, 44_100, 48_000);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 }), (lengths) => {
      expect(resample(signal, 44_100, 48_000, lengths)).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

test('Signals shorter than the filter keep their length', () => {
  for (const frames of [0, 1, 2, 147, 200]) {
    expect(resample(new Float32Array(frames).fill(1), 44_100, 48_000).length).toBe(resampledFrames(frames, 44_100, 48_000));
  }
});

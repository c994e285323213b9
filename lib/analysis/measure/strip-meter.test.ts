import { beforeAll, describe, expect, it } from 'vitest';
import { createLoudnessMeter } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { chance } from '../made/instruments.fixture';
import { BAND_HERTZ, BANDS, decibels, powerBetween } from './bands';
import { gatedLoudness, momentary, weightAt } from './loudness';
import { StripMeter } from './strip-meter';

const SECONDS = 6;
const FRAMES = SECONDS * 48_000;
const sine = (hertz: number, gain: number, phase = 0) =>
  Float32Array.from({ length: FRAMES }, (_, n) => gain * Math.sin((2 * Math.PI * hertz * n) / 48_000 + phase));
const noise = (seed: number, gain: number) => {
  const random = chance(seed);
  return Float32Array.from({ length: FRAMES }, () => gain * (2 * random() - 1));
};

function measured(left: Float32Array, right = left, piece = FRAMES) {
  const meter = new StripMeter(left === right);
  for (let from = 0; from < FRAMES; from += piece) meter.add(left.subarray(from, from + piece), right.subarray(from, from + piece));
  return meter.finish();
}

describe('a strip that is measured', () => {
  let module: WebAssembly.Module;
  beforeAll(async () => {
    module = await loadDeskModule();
  });

  it('is as loud as the desk says', () => {
    const [left, right] = [noise(1, 0.2), noise(2, 0.05)];
    const meter = createLoudnessMeter(module);
    meter.add([left, right], FRAMES);
    expect(gatedLoudness(momentary(measured(left, right).steps))).toBeCloseTo(meter.report().integrated, 3);
  });

  it.each([60, 220, 997, 5000, 14_000])('has the power of a tone of %i Hz in its third octave', (hertz) => {
    const { spectrum, bands } = measured(sine(hertz, 0.1));
    expect(decibels(powerBetween(spectrum, 20, 24_000))).toBeCloseTo(-23.01, 1);
    const row = bands.subarray(3 * BANDS, 4 * BANDS);
    const loudest = row.indexOf(Math.max(...row));
    expect(Math.abs(Math.log2((BAND_HERTZ[loudest] as number) / hertz))).toBeLessThanOrEqual(1 / 6 + 0.01);
  });

  it('is the same however it is cut into pieces, mono or stereo', () => {
    const [left, right] = [noise(3, 0.1), noise(4, 0.1)];
    expect(measured(left, right, 7777)).toEqual(measured(left, right));
    expect(measured(left, left, 192_000)).toEqual(measured(left));
  });

  it('tells what both sides have in common', () => {
    const one = sine(500, 0.1);
    const common = ({ left, right, shared }: ReturnType<typeof measured>) =>
      shared.reduce((sum, value) => sum + value, 0) /
      Math.sqrt(left.reduce((sum, value) => sum + value, 0) * right.reduce((sum, value) => sum + value, 0));
    expect(common(measured(one, one.slice()))).toBeCloseTo(1, 3);
    expect(
      common(
        measured(
          one,
          one.map((sample) => -sample),
        ),
      ),
    ).toBeCloseTo(-1, 3);
    expect(Math.abs(common(measured(noise(5, 0.1), noise(6, 0.1))))).toBeLessThan(0.05);
  });

  it('knows its floor where it pauses, and the clipped tops of its file', () => {
    const hiss = noise(7, 10 ** (-50 / 20) * Math.sqrt(3));
    const played = hiss.map((sample, n) => sample + (n % 96_000 < 48_000 ? Math.max(-1, Math.min(1, 1.5 * Math.sin(n / 20))) : 0));
    const { quiet, clips } = measured(played);
    expect(quiet?.level).toBeCloseTo(-50, 0);
    expect(quiet?.share).toBeGreaterThan(0.3);
    expect(clips).toBe(0);
    const flat = measured(played.map((sample) => Math.max(-0.99, Math.min(0.99, sample))));
    expect(flat.clips).toBeGreaterThan(100);
    expect(flat.clippedAt[0]).toBeLessThan(0.01);
  });

  it('weighs a tone by the K curve', () => {
    expect(10 * Math.log10(weightAt(997))).toBeCloseTo(0.691, 1);
    expect(10 * Math.log10(weightAt(10_000))).toBeGreaterThan(3.5);
    expect(10 * Math.log10(weightAt(30))).toBeLessThan(-8);
  });
});

import { describe, expect, it } from 'vitest';
import { BAND_HERTZ, BANDS } from '../measure/bands';
import { alone, beside, excitation } from './partial-loudness';

const BAND = BAND_HERTZ.findIndex((hertz) => Math.round(hertz) === 1000);
/** Third-octave powers of a tone or a narrow noise in one band at a level in dB SPL (full scale is heard at 100). */
const at = (level: number, band = BAND) => Float64Array.from({ length: BANDS }, (_, n) => (n === band ? 10 ** ((level - 100) / 10) : 0));
const excited = (powers: Float64Array) => {
  const into = new Float64Array(BANDS);
  excitation(powers, 0, into);
  return into;
};
const loudness = (level: number) => excited(at(level)).reduce((sum, one, band) => sum + alone(one, band), 0);
const partial = (signal: Float64Array, noise: Float64Array) => {
  const [one, other] = [excited(signal), excited(noise)];
  return one.reduce((sum, value, band) => sum + beside(value, other[band] as number, band), 0);
};

describe('partial loudness after Moore, Glasberg and Baer (1997)', () => {
  it.each([50, 60, 70, 80])('doubles with every 10 dB at moderate levels: at %i dB', (level) => {
    const ratio = loudness(level + 10) / loudness(level);
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(2.3);
  });

  it('is the loudness alone where the other sound is far below', () => {
    expect(partial(at(70), at(20)) / loudness(70)).toBeGreaterThan(0.97);
  });

  it('is next to nothing at masked threshold, 3 dB below the other at 1 kHz, and falls on below it', () => {
    const [over, threshold, under] = [70, 67, 55].map((level) => partial(at(level), at(70)) / loudness(level)) as [number, number, number];
    expect(threshold).toBeLessThan(0.12);
    expect(over).toBeGreaterThan(threshold);
    expect(under).toBeLessThan(threshold);
  });

  it('masks upwards more than downwards', () => {
    const [below, above] = [at(80, BAND - 3), at(80, BAND + 3)];
    expect(partial(at(50), below)).toBeLessThan(0.8 * partial(at(50), above));
  });

  it('never exceeds the loudness alone, whatever the levels', () => {
    for (let signal = 0; signal <= 100; signal += 5)
      for (let noise = -20; noise <= 100; noise += 5) {
        const one = 10 ** (signal / 10);
        const left = beside(one, 10 ** (noise / 10), BAND);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(alone(one, BAND) * 1.001);
      }
  });
});

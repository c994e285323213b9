import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakWithin, sumWaves, waveOf } from './wave';

describe('a wave', () => {
  it('shows every peak at every zoom: a pixel never hides the loudest of what it covers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.double({ min: 0.01, max: 90, noNaN: true }), (at, span) => {
        const peaks = new Float32Array(10_000);
        peaks[at] = 1;
        const wave = waveOf(peaks, 100);
        const middle = (at + 0.5) / 100;
        expect(peakWithin(wave, middle - span / 2, middle + span / 2)).toBe(1);
      }),
    );
  });
  it('is silent outside of itself', () => {
    expect(peakWithin(waveOf(new Float32Array(10).fill(1), 10), 5, 6)).toBe(0);
  });
});

describe('the outline of the mix', () => {
  it('adds powers: two equal stems are 3 dB louder than one, a muted one adds nothing', () => {
    const wave = waveOf(new Float32Array(1000).fill(0.5), 100);
    const sum = sumWaves(
      [
        { wave, gain: 1 },
        { wave, gain: 1 },
        { wave, gain: 0 },
      ],
      10,
    );
    expect(peakWithin(sum, 4, 5)).toBeCloseTo(0.5 * Math.SQRT2, 5);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fft, hannWindow } from './fft';

describe('the Fourier transform', () => {
  it('equals the sum that defines it', () => {
    const sample = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 16, maxLength: 16 }), fc.array(sample, { minLength: 16, maxLength: 16 }), (a, b) => {
        const real = Float64Array.from(a);
        const imaginary = Float64Array.from(b);
        new Fft(16).transform(real, imaginary);
        for (let k = 0; k < 16; k++) {
          let sumReal = 0;
          let sumImaginary = 0;
          for (let n = 0; n < 16; n++) {
            const angle = (-2 * Math.PI * k * n) / 16;
            sumReal += (a[n] ?? 0) * Math.cos(angle) - (b[n] ?? 0) * Math.sin(angle);
            sumImaginary += (a[n] ?? 0) * Math.sin(angle) + (b[n] ?? 0) * Math.cos(angle);
          }
          expect(real[k]).toBeCloseTo(sumReal, 10);
          expect(imaginary[k]).toBeCloseTo(sumImaginary, 10);
        }
      }),
    );
  });

  it('of a windowed sine has its whole amplitude at its frequency', () => {
    const size = 2048;
    const window = hannWindow(size);
    const real = Float64Array.from({ length: size }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 64 * n) / size) * (window[n] ?? 0));
    const imaginary = new Float64Array(size);
    new Fft(size).transform(real, imaginary);
    // A sine of amplitude a gives a·size/2 times the window's mean of ½.
    expect(Math.hypot(real[64] ?? 0, imaginary[64] ?? 0)).toBeCloseTo((0.5 * size) / 4, 6);
  });

  it('refuses other lengths than powers of two', () => {
    expect(() => new Fft(1000)).toThrow(/power of two/);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compressorGain, compressorOut, compressorOutBy, gateOut } from './dynamics';

const HARD = { threshold: -20, ratio: 4, knee: 0, makeup: 0, mix: 100 };

test('at 4:1 four decibels over the threshold become one', () => {
  expect(compressorOut(HARD, -20)).toBeCloseTo(-20);
  expect(compressorOut(HARD, -16)).toBeCloseTo(-19);
  expect(compressorOut(HARD, 0)).toBeCloseTo(-15);
  expect(compressorOut(HARD, -50)).toBeCloseTo(-50);
});

test('the knee joins both lines without a step, and never lifts', () => {
  fc.assert(
    fc.property(
      fc.record({
        threshold: fc.double({ min: -60, max: 0, noNaN: true }),
        ratio: fc.double({ min: 1, max: 100, noNaN: true }),
        knee: fc.double({ min: 0, max: 24, noNaN: true }),
      }),
      fc.double({ min: -80, max: 6, noNaN: true }),
      (curve, level) => {
        expect(compressorGain(curve, level)).toBeLessThanOrEqual(0);
        expect(Math.abs(compressorGain(curve, level + 0.001) - compressorGain(curve, level))).toBeLessThan(0.0011);
      },
    ),
  );
});

test('half compressed, half dry lies between the two', () => {
  const half = compressorOut({ ...HARD, mix: 50 }, 0);
  expect(half).toBeLessThan(0);
  expect(half).toBeGreaterThan(-15);
  expect(compressorOut({ ...HARD, mix: 0 }, 0)).toBeCloseTo(0);
});

test('what leaves it by a measured reduction lies on its curve once that has settled, whatever the mix', () => {
  for (const mix of [0, 30, 100]) {
    const curve = { ...HARD, makeup: 5, mix };
    expect(compressorOutBy(curve, -4, compressorGain(HARD, -4))).toBeCloseTo(compressorOut(curve, -4));
  }
  expect(compressorOutBy({ makeup: 6, mix: 0 }, -10, -12)).toBeCloseTo(-10);
  expect(compressorOutBy({ makeup: 6, mix: 100 }, -10, -12)).toBeCloseTo(-16);
});

test('a gate passes what reaches its threshold and turns the rest down by its range', () => {
  expect(gateOut({ threshold: -50, range: -40, ratio: 100 }, -50)).toBe(-50);
  expect(gateOut({ threshold: -50, range: -40, ratio: 100 }, -51)).toBe(-91);
});

test('an expander turns down by ratio − 1 decibels for each below its threshold, down to its range', () => {
  const curve = { threshold: -40, range: -20, ratio: 3 };
  expect(gateOut(curve, -45)).toBe(-55);
  expect(gateOut(curve, -60)).toBe(-80);
});

test('at ∞:1 nothing gets over the threshold', () => {
  expect(compressorOut({ ...HARD, ratio: 100 }, 0)).toBeCloseTo(-20);
});

import { expect, test } from 'vitest';
import { logFrequencies, responseOf, shapes } from './response';
import type { EqSettings } from './settings';

const FREQUENCIES = logFrequencies(64);
const rest = { on: true, type: 0, freq: 1000, gain: 0, q: 1 };
const cut = { on: false, freq: 80, slope: 12 };
const eq = (change: Partial<EqSettings>): EqSettings => ({
  on: true,
  hpf: cut,
  lpf: { ...cut, freq: 16_000 },
  bands: [rest, rest],
  mix: 1,
  ...change,
});

test('an equaliser that does nothing is a flat line', () => {
  expect([...responseOf(eq({}), FREQUENCIES).sum].every((value) => value === 0)).toBe(true);
});

test('bands add up in dB', () => {
  const bands = [
    { ...rest, gain: 6 },
    { ...rest, gain: 3, freq: 2000 },
  ];
  const { sum, bands: curves } = responseOf(eq({ bands }), FREQUENCIES);
  for (const [index, value] of sum.entries()) expect(value).toBeCloseTo((curves[0]?.[index] ?? 0) + (curves[1]?.[index] ?? 0), 9);
});

test('the EQ switch leaves the filters in', () => {
  const settings = eq({ on: false, hpf: { ...cut, on: true }, bands: [{ ...rest, gain: 12 }] });
  const at = (hertz: number) => responseOf(settings, Float64Array.of(hertz)).sum[0];
  expect(at(80)).toBeCloseTo(-3.01, 1);
  expect(at(1000)).toBeCloseTo(0, 1);
});

test('a notch works without any gain', () => {
  expect(shapes({ ...rest, type: 3 })).toBe(true);
  expect(shapes(rest)).toBe(false);
  expect(shapes({ ...rest, gain: 4, on: false })).toBe(false);
});

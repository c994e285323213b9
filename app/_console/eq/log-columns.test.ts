import { expect, test } from 'vitest';
import { acrossOf } from './axes';
import { toLogColumns } from './log-columns';

const COLUMNS = 400;

test.each([40, 100, 1000, 5000, 15_000])('a tone at %d Hz stands where the axis says', (hertz) => {
  const bins = new Float32Array(4096).fill(-120);
  bins[Math.round((hertz / 24_000) * bins.length)] = -6;
  const columns = new Float32Array(COLUMNS);
  toLogColumns(bins, columns);
  const highest = columns.indexOf(Math.max(...columns));
  const step = 24_000 / bins.length;
  const off = Math.abs(highest / COLUMNS - acrossOf(hertz));
  expect(off).toBeLessThan(acrossOf(hertz + step) - acrossOf(hertz) + 1 / COLUMNS);
  expect(Math.max(...columns)).toBeGreaterThan(-12);
});

test('a flat spectrum is a flat line', () => {
  const columns = new Float32Array(COLUMNS);
  toLogColumns(new Float32Array(2048).fill(-40), columns);
  expect([...columns].every((value) => value === -40)).toBe(true);
});

import { expect, test } from 'vitest';
import { Bucket } from './bucket';

test('so many at once, then as many as time brings', () => {
  const bucket = new Bucket(10, 3, 0);
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
  expect([100, 100, 10_000, 10_000, 10_000, 10_000].map((now) => bucket.take(now))).toEqual([true, false, true, true, true, false]);
});

test('a clock that is set back brings nothing then, and goes on from there', () => {
  const bucket = new Bucket(10, 1, 1000);
  expect([1000, 0, 100].map((now) => bucket.take(now))).toEqual([true, false, true]);
});

test('what costs more than is left is paid off before the next', () => {
  const bucket = new Bucket(10, 5, 0);
  expect([bucket.take(0, 25), bucket.take(1000), bucket.take(2200)]).toEqual([true, false, true]);
});

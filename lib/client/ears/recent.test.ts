import { expect, it } from 'vitest';
import { Recent } from './recent';

it('what happened before, or more than a minute ago, does not count', () => {
  const recent = new Recent(7);
  expect(recent.look(7, 0)).toBe(0);
  expect(recent.look(9, 1000)).toBe(2);
  expect(recent.look(10, 31_000)).toBe(3);
  expect(recent.look(10, 61_000)).toBe(1);
  expect(recent.look(10, 91_000)).toBe(0);
});

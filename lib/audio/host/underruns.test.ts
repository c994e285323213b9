import { expect, it } from 'vitest';
import { UnderrunCount } from './underruns';

it('a gap counts where the song plays, and not where the output begins or rests', () => {
  const count = new UnderrunCount();
  expect(count.look(1, false)).toBe(0);
  expect(count.look(2, true)).toBe(0);
  expect(count.look(2, true)).toBe(0);
  expect(count.look(4, true)).toBe(2);
  expect(count.look(5, false)).toBe(3);
  expect(count.look(9, false)).toBe(3);
  expect(count.look(9, true)).toBe(3);
  expect(count.look(10, true)).toBe(4);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateSlots } from './slots';

describe('slots', () => {
  it('are kept by who has one, and a slot just left is the last to be taken', () => {
    const first = allocateSlots(new Map(), ['a', 'b', 'c'], 4);
    expect([...first]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
    const second = allocateSlots(first, ['a', 'd', 'c'], 4);
    expect(second.get('d')).toBe(3);
    expect(allocateSlots(second, ['d', 'c', 'e', 'a'], 4).get('e')).toBe(1);
  });

  it('are never shared, whatever comes and goes', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(ids), (steps) => {
        let slots: ReadonlyMap<string, number> = new Map();
        for (const step of steps) {
          const next = allocateSlots(slots, step, 6);
          expect(new Set(next.values()).size).toBe(next.size);
          expect(next.size).toBe(Math.min(6, step.length));
          for (const [id, slot] of next) if (slots.has(id)) expect(slots.get(id)).toBe(slot);
          slots = next;
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsAhead, slotFills } from './fetch-plan';
import { SEGMENT_FRAMES } from './segment';

const S = SEGMENT_FRAMES;

describe('segments ahead', () => {
  it('come in playing order from the playhead', () => {
    expect(segmentsAhead(0, null, 3)).toEqual([0, 1, 2]);
    expect(segmentsAhead(S - 1, null, 3)).toEqual([0, 1, 2]);
    expect(segmentsAhead(S, null, 3)).toEqual([1, 2, 3]);
  });

  it('turn back at the end of a loop', () => {
    expect(segmentsAhead(7 * S + 5, { from: 2 * S + 9, until: 8 * S }, 3)).toEqual([7, 2, 3]);
  });

  it('pass a loop that already lies behind', () => {
    expect(segmentsAhead(9 * S, { from: 2 * S, until: 8 * S }, 3)).toEqual([9, 10, 11]);
  });

  it('hold the whole of a short loop, also what lies before the playhead', () => {
    expect(segmentsAhead(3 * S, { from: 2 * S + 1, until: 4 * S - 1 }, 3)).toEqual([3, 2]);
    expect(segmentsAhead(3 * S, { from: 3 * S, until: 3 * S + 200 }, 3)).toEqual([3]);
  });

  it('hold two segments more than the playhead needs without a loop, and one whatever the loop', () => {
    const frame = fc.integer({ min: 0, max: 40 * S });
    fc.assert(
      fc.property(frame, frame, fc.integer({ min: S / 100, max: 20 * S }), (position, from, length) => {
        const loop = { from, until: from + length };
        const ahead = segmentsAhead(position, loop, 4);
        expect(new Set(ahead).size).toBe(ahead.length);
        const step = S / 200;
        let at = position;
        for (let played = 0; played < S; played += step) {
          expect(ahead).toContain(Math.floor(at / S));
          const next = at + step;
          at = at < loop.until && next >= loop.until ? loop.from + ((next - loop.until) % length) : next;
        }
        expect(segmentsAhead(position, null, 3)).toContain(Math.floor((position + 2 * S) / S));
      }),
    );
  });
});

describe('slot fills', () => {
  it('leave wanted segments where they are', () => {
    expect(slotFills([4, 5, 6], [5, 6, 7])).toEqual([{ slot: 0, segment: 7 }]);
    expect(slotFills([-1, -1, -1], [5, 6, 7])).toEqual([
      { slot: 0, segment: 5 },
      { slot: 1, segment: 6 },
      { slot: 2, segment: 7 },
    ]);
    expect(slotFills([7, 2, 3], [7, 2, 3])).toEqual([]);
  });

  it('lead to all wanted segments being held', () => {
    const held = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 });
    const wanted = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 3 });
    fc.assert(
      fc.property(held, wanted, (before, want) => {
        const after = [...before];
        for (const { slot, segment } of slotFills(before, want)) after[slot] = segment;
        for (const segment of want) expect(after).toContain(segment);
      }),
    );
  });
});

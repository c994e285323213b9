import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Anchor } from '../protocol';
import { entry, foldIntoLoop, positionAt } from './anchor';

const anchor = (change: Partial<Anchor> = {}): Anchor => ({
  playing: true,
  position: 10,
  at: 5000,
  loop: null,
  by: null,
  version: 1,
  ...change,
});

describe('the anchor', () => {
  it('rule 11: stands still while stopped', () => {
    expect(positionAt(anchor({ playing: false }), 90_000)).toBe(10);
  });

  it('rule 12: runs with server time, and not before its own time', () => {
    expect(positionAt(anchor(), 7500)).toBe(12.5);
    expect(positionAt(anchor(), 4000)).toBe(10);
  });

  it('rule 13: folds into the loop', () => {
    const loop = { from: 8, until: 12 };
    expect(positionAt(anchor({ loop }), 6999)).toBeCloseTo(11.999, 9);
    expect(positionAt(anchor({ loop }), 7000)).toBe(8);
    expect(positionAt(anchor({ loop }), 12_000)).toBe(9);
  });

  it('rule 13: a start behind the loop runs straight on', () => {
    expect(positionAt(anchor({ position: 12, loop: { from: 8, until: 12 } }), 15_000)).toBe(22);
  });

  it('rule 13: once inside, always inside, and time in the loop is time', () => {
    const seconds = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        seconds,
        fc.double({ min: 0.05, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        seconds,
        (from, length, into, run) => {
          const loop = { from, until: from + length };
          const start = from + into * length;
          const folded = foldIntoLoop(start + run, start, loop);
          expect(folded).toBeGreaterThanOrEqual(from - 1e-9);
          expect(folded).toBeLessThanOrEqual(loop.until + 1e-9);
          const turns = (start + run - folded) / length;
          expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('rule 14: everybody starts at the anchor while there is time', () => {
    expect(entry(anchor(), 4700, 100)).toEqual({ position: 10, at: 5000 });
  });

  it('rule 14: who comes late drops in where the song will be', () => {
    expect(entry(anchor(), 7000, 100)).toEqual({ position: 12.1, at: 7100 });
  });
});

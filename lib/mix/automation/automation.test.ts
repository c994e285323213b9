import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParameterRow } from '../parameters/row';
import { stripRow } from '../parameters/table';
import { laneValue } from './evaluate';
import { type Breakpoint, CURVES } from './lane';
import { fromLaw, toLaw, toleranceOf } from './law';
import { decodePoint, encodePoint } from './point-text';
import { thin } from './thin';

function row(id: string): ParameterRow {
  const found = stripRow(id);
  if (!found) throw new Error(`no parameter ${id}`);
  return found;
}
const fader = row('fader');
const hertz = row('eq.1.freq');
const mute = row('mute');
const at = (seconds: number, value: number, curve: Breakpoint['curve'] = 'linear'): Breakpoint => ({ at: seconds, value, curve });

describe('a lane between its points', () => {
  test('moves a fader straight in decibels, a frequency straight in octaves', () => {
    expect(laneValue(fader, [at(0, -20), at(10, 0)], 2.5)).toBeCloseTo(-15, 12);
    expect(laneValue(hertz, [at(0, 100), at(2, 400)], 1)).toBeCloseTo(200, 9);
  });

  test('stays at a hold, leaves and comes softly where it is smooth', () => {
    expect(laneValue(fader, [at(0, -20, 'hold'), at(10, 0)], 9.999)).toBe(-20);
    const smooth = [at(0, -20, 'smooth'), at(10, 0)];
    expect(laneValue(fader, smooth, 5)).toBeCloseTo(-10, 12);
    expect(laneValue(fader, smooth, 1)).toBeCloseTo(-20 + 20 * (0.03 - 0.002), 12);
  });

  test('is its first value before, its last after, and nothing without points', () => {
    const points = [at(3, -6), at(5, -3)];
    expect([0, 3, 5, 9].map((time) => laneValue(fader, points, time))).toEqual([-6, -6, -3, -3]);
    expect(laneValue(fader, [], 1)).toBeUndefined();
  });

  test('steps where there is nothing in between, and at two points of one moment', () => {
    expect(laneValue(mute, [at(1, 1), at(2, 0)], 1.9)).toBe(1);
    const jump = [at(0, -10), at(1, -10), at(1, 0), at(2, 0)];
    expect([0.999, 1].map((time) => laneValue(fader, jump, time))).toEqual([-10, 0]);
  });
});

test('a point is kept as text and read back as it was; other texts are no points', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 86_400, noNaN: true }),
      fc.double({ min: -20_000, max: 20_000, noNaN: true }),
      fc.constantFrom(...CURVES),
      (when, value, curve) => {
        const point = decodePoint('p1', encodePoint({ at: when, value, curve }));
        expect(point?.curve).toBe(curve);
        expect(Math.abs((point?.at ?? -1) - when)).toBeLessThanOrEqual(1e-6);
        expect(Math.abs((point?.value ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-6);
      },
    ),
  );
  for (const text of ['', '1 2', '1 2 x', 'NaN 0 l', '1e9 2 l', ' 1 2 l', 7, null]) expect(decodePoint('p1', text)).toBeNull();
});

describe('thinning', () => {
  test('keeps within the tolerance of everything the hand did', () => {
    const samples = fc.array(fc.tuple(fc.double({ min: 0.001, max: 0.5, noNaN: true }), fc.double({ min: -60, max: 10, noNaN: true })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(samples, fc.constantFrom(fader, hertz), (moves, parameter) => {
        let time = 0;
        const taken = moves.map(([gap, value]) => {
          time += gap;
          return at(time, fromLaw(parameter, parameter === hertz ? Math.log(1000) + value / 20 : value));
        });
        const kept = thin(parameter, taken);
        for (const sample of taken) {
          const value = laneValue(parameter, kept, sample.at) ?? Number.NaN;
          expect(Math.abs(toLaw(parameter, value) - toLaw(parameter, sample.value))).toBeLessThanOrEqual(toleranceOf(parameter) + 1e-9);
        }
      }),
    );
  });

  test('makes a few points of a minute at sixty moves a second, and never more than asked for', () => {
    const ride = Array.from({ length: 3600 }, (_, n) => at(n / 60, -12 + 6 * Math.sin(n / 300)));
    const kept = thin(fader, ride);
    console.log(`a minute of a moving fader: 3600 moves, ${kept.length} points`);
    expect(kept.length).toBeLessThan(60);
    const shaking = Array.from({ length: 3600 }, (_, n) => at(n / 60, n % 2 ? -30 : 0));
    expect(thin(fader, shaking, 100).length).toBeLessThanOrEqual(100);
  });

  test('of a switch keeps each change and nothing else', () => {
    expect(thin(mute, [at(0, 0), at(1, 0), at(2, 1), at(3, 1), at(4, 0)])).toEqual([at(0, 0, 'hold'), at(2, 1, 'hold'), at(4, 0, 'hold')]);
  });
});

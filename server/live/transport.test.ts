import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionAt } from '../../lib/clock';
import type { Anchor, TransportAction } from '../../lib/protocol';
import { leftAlone, nextAnchor, restingAnchor } from './transport';

const rest = restingAnchor(1000);
const after = (...steps: readonly (readonly [now: number, action: TransportAction])[]): Anchor =>
  steps.reduce((anchor, [now, action]) => nextAnchor(anchor, action, now, 'ada'), rest);

test('play starts 150 ms ahead, from where it stood, and says who', () => {
  expect(after([2000, { action: 'seek', position: 42 }], [3000, { action: 'play' }])).toEqual({
    playing: true,
    position: 42,
    at: 3150,
    loop: null,
    by: 'ada',
    version: 1002,
  });
});

test('play while playing changes nothing, with a position it goes there', () => {
  const playing = after([2000, { action: 'play' }]);
  expect(nextAnchor(playing, { action: 'play' }, 5000, 'bob')).toBe(playing);
  expect(nextAnchor(playing, { action: 'play', position: 7 }, 5000, 'bob')).toMatchObject({ position: 7, at: 5150, by: 'bob' });
});

test('stop keeps the position that was reached', () => {
  expect(after([1000, { action: 'play' }], [11_150, { action: 'stop' }])).toMatchObject({ playing: false, position: 10 });
});

test('stop before the start has come keeps the start', () => {
  expect(after([1000, { action: 'play', position: 5 }], [1050, { action: 'stop' }])).toMatchObject({ playing: false, position: 5 });
});

test('stop while stopped changes nothing, with a position it goes there', () => {
  expect(nextAnchor(rest, { action: 'stop' }, 5000, 'ada')).toBe(rest);
  expect(nextAnchor(rest, { action: 'stop', position: 0 }, 5000, 'ada')).toBe(rest);
  expect(nextAnchor(rest, { action: 'stop', position: 3 }, 5000, 'ada')).toMatchObject({ playing: false, position: 3 });
});

test('a seek while playing is set ahead, while stopped it is now', () => {
  expect(after([1000, { action: 'seek', position: 9 }])).toMatchObject({ playing: false, position: 9, at: 1000 });
  expect(after([1000, { action: 'play' }], [5000, { action: 'seek', position: 9 }])).toMatchObject({
    playing: true,
    position: 9,
    at: 5150,
  });
});

test('a loop set while a start is ahead leaves the start alone', () => {
  const loop = { from: 0, until: 4 };
  expect(after([1000, { action: 'play' }], [1010, { action: 'loop', loop }])).toMatchObject({ at: 1150, position: 0, loop });
});

test('a song left by everybody plays on for half a minute, then rests where it was left', () => {
  const playing = after([1000, { action: 'play' }]);
  expect(leftAlone(playing, 11_150, 41_000)).toBe(playing);
  expect(leftAlone(playing, 11_150, 90_000)).toMatchObject({ playing: false, position: 10, version: playing.version + 1 });
});

const loopOf = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, length]) => ({ from, until: from + length }));
const position = fc.integer({ min: 0, max: 300 });
const action: fc.Arbitrary<TransportAction> = fc.oneof(
  fc.constant({ action: 'play' as const }),
  position.map((at) => ({ action: 'play' as const, position: at })),
  fc.constant({ action: 'stop' as const }),
  position.map((at) => ({ action: 'seek' as const, position: at })),
  fc.option(loopOf).map((loop) => ({ action: 'loop' as const, loop })),
);

test('setting or lifting a loop never makes a running song jump, unless it is past the loop', () => {
  fc.assert(
    fc.property(position, fc.option(loopOf), fc.option(loopOf), fc.integer({ min: 200, max: 400_000 }), (start, first, second, later) => {
      const before = after([1000, { action: 'loop', loop: first }], [1000, { action: 'play', position: start }]);
      const now = 1000 + later;
      const changed = nextAnchor(before, { action: 'loop', loop: second }, now, 'ada');
      expect(positionAt(changed, now)).toBeCloseTo(positionAt(before, now), 9);
    }),
  );
});

test('whatever is done: the version grows by one with each change, and the position is never negative', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), action), { maxLength: 30 }), (steps) => {
      let anchor = rest;
      let now = 1000;
      for (const [wait, what] of steps) {
        now += wait;
        const next = nextAnchor(anchor, what, now, 'ada');
        expect(next === anchor || next.version === anchor.version + 1).toBe(true);
        expect(next.position).toBeGreaterThanOrEqual(0);
        expect(positionAt(next, now)).toBeGreaterThanOrEqual(0);
        anchor = next;
      }
    }),
  );
});

test('who is alone has begun already: the song starts when they say, where that is about now', () => {
  expect(nextAnchor(rest, { action: 'play', position: 3, at: 5060 }, 5000, 'ada')).toMatchObject({ playing: true, position: 3, at: 5060 });
  expect(nextAnchor(rest, { action: 'play', position: 3, at: 9e9 }, 5000, 'ada')).toMatchObject({ at: 5150 });
  const playing = nextAnchor(rest, { action: 'play' }, 5000, 'ada');
  expect(nextAnchor(playing, { action: 'seek', position: 9, at: 6990 }, 7000, 'ada')).toMatchObject({ position: 9, at: 6990 });
  expect(nextAnchor(rest, { action: 'seek', position: 9, at: 6990 }, 7000, 'ada')).toMatchObject({ position: 9, at: 7000 });
});

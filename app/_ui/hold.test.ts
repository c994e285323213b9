import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Desk } from '../../lib/client';
import type { Target } from '../../lib/mix';
import { createStore, err, ok } from '../../lib/std';
import { Hold } from './hold';

const FADER: Target = { on: 'strip', id: 'kick', parameter: 'fader' };

/** A desk that writes down what hands do to it. */
function diary(refuses: string | null = null) {
  const lines: string[] = [];
  const refusals: string[] = [];
  const desk: Pick<Desk, 'grab' | 'set'> = {
    grab: () =>
      refuses
        ? err(refuses)
        : ok({
            move: (...values) => lines.push(`move ${values}`),
            release: () => lines.push('release'),
            cancel: () => lines.push('cancel'),
          }),
    set: (...moves) => {
      lines.push(`set ${moves.map(([, value]) => value)}`);
      return ok(undefined);
    },
  };
  const none = () => {
    throw new Error('not for hands');
  };
  const hold = new Hold(
    {
      ...desk,
      mix: { get: none, subscribe: none },
      writable: createStore(true),
      canUndo: createStore(false),
      canRedo: createStore(false),
      value: none,
      hand: none,
      apply: none,
      undo: none,
      redo: none,
      writingMode: none,
      setWritingMode: none,
      led: none,
      notice: createStore(null),
    },
    [FADER],
    (why) => refusals.push(why),
  );
  return { hold, lines, refusals };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a run of key presses is one change', () => {
  const { hold, lines } = diary();
  for (const value of [-1, -2, -3]) {
    hold.nudge(value);
    vi.advanceTimersByTime(300);
  }
  expect(lines).toEqual(['move -1', 'move -2', 'move -3']);
  vi.advanceTimersByTime(500);
  expect(lines.at(-1)).toBe('release');
  expect(hold.held.get()).toBe(false);
});

test('typing while the wheel rests lets go first, so that the typed value is the last', () => {
  const { hold, lines } = diary();
  hold.nudge(-1);
  hold.set(-6);
  vi.runAllTimers();
  expect(lines).toEqual(['move -1', 'release', 'set -6']);
});

test('a cancelled drag ends once', () => {
  const { hold, lines } = diary();
  hold.take();
  hold.move(-4);
  hold.cancel();
  hold.release();
  expect(lines).toEqual(['move -4', 'cancel']);
});

test('a control that somebody holds says so, and does not move', () => {
  const { hold, lines, refusals } = diary('Jo has a hand on this.');
  hold.nudge(-1);
  expect(lines).toEqual([]);
  expect(hold.held.get()).toBe(false);
  expect(refusals).toEqual(['Jo has a hand on this.']);
});

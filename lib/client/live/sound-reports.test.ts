import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SoundReport } from '../../protocol';
import { createStore, Scope } from '../../std';
import { reportSound } from './sound-reports';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('What went wrong is told once, when there is a line, and in pieces that the service takes; nothing while all is well', () => {
  const scope = new Scope();
  const underruns = createStore(0);
  const corrections = createStore(0);
  const sent: SoundReport[] = [];
  let line = true;
  const send = (report: SoundReport) => line && sent.push(report) > 0;
  reportSound({ engine: { underruns, player: { corrections } }, send, scope });
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual([]);
  underruns.set(3);
  corrections.set(1);
  vi.advanceTimersByTime(60_000);
  expect(sent.splice(0)).toEqual([{ underruns: 3, moves: 1 }]);
  line = false;
  underruns.set(15_003);
  vi.advanceTimersByTime(60_000);
  line = true;
  vi.advanceTimersByTime(90_000);
  expect(sent).toEqual([
    { underruns: 10_000, moves: 0 },
    { underruns: 5000, moves: 0 },
  ]);
  scope.close();
});

import type { Seconds } from '../../units';
import type { ParameterRow } from '../parameters/row';
import type { Breakpoint } from './lane';
import { fromLaw, isStepped, toLaw } from './law';

/** How many of `points`, which are in order of time, lie at or before `at`. */
function pointsUntil(points: readonly Breakpoint[], at: Seconds): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Breakpoint).at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The value that `points` (in order of time) give the parameter at `at`; undefined where there are none. Before the first
 * point and after the last it is theirs. Between, it moves in the parameter's law space (`toLaw`): straight, or along
 * 3s² − 2s³ for a smooth point. The desk does the same by the frame.
 */
export function laneValue(row: ParameterRow, points: readonly Breakpoint[], at: Seconds): number | undefined {
  const count = pointsUntil(points, at);
  const before = points[count - 1];
  const after = points[count];
  if (!before || !after || before.curve === 'hold' || isStepped(row)) return (before ?? after)?.value;
  const share = (at - before.at) / (after.at - before.at);
  const way = before.curve === 'smooth' ? share * share * (3 - 2 * share) : share;
  const from = toLaw(row, before.value);
  return fromLaw(row, from + way * (toLaw(row, after.value) - from));
}

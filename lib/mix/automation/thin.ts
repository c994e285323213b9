import type { ParameterRow } from '../parameters/row';
import type { Breakpoint } from './lane';
import { MOST_POINTS } from './lane';
import { isStepped, toLaw, toleranceOf } from './law';

/** The farthest point between `first` and `last` from the straight line through both, and by how much. */
function farthest(times: readonly number[], values: readonly number[], first: number, last: number): readonly [number, number] {
  const [t0, v0] = [times[first] ?? 0, values[first] ?? 0];
  const slope = ((values[last] ?? 0) - v0) / ((times[last] ?? 0) - t0 || 1);
  let [place, most] = [first, 0];
  for (let index = first + 1; index < last; index++) {
    const off = Math.abs((values[index] ?? 0) - v0 - slope * ((times[index] ?? 0) - t0));
    if (off > most) [place, most] = [index, off];
  }
  return [place, most];
}

/** Which points a straight line through the kept ones needs to stay within `tolerance`: after Ramer, Douglas and Peucker, upright. */
function kept(times: readonly number[], values: readonly number[], tolerance: number): readonly number[] {
  const keep = new Set([0, times.length - 1]);
  const open: (readonly [number, number])[] = [[0, times.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [place, off] = farthest(times, values, ...span);
    if (off <= tolerance) continue;
    keep.add(place);
    open.push([span[0], place], [place, span[1]]);
  }
  return [...keep].sort((a, b) => a - b);
}

/** What stepped parameters need: each moment at which the value becomes another. */
function steps(samples: readonly Breakpoint[]): Breakpoint[] {
  return samples
    .filter(({ value }, index) => index === 0 || value !== samples[index - 1]?.value)
    .map((sample) => ({ ...sample, curve: 'hold' }));
}

/**
 * The fewest of `samples` (in order of time) whose straight lines stay within the row's tolerance (`toleranceOf`) of them all;
 * more tolerant where they would be more than `most`.
 */
export function thin(row: ParameterRow, samples: readonly Breakpoint[], most = MOST_POINTS): Breakpoint[] {
  if (isStepped(row)) return steps(samples).slice(-most);
  let tolerance = toleranceOf(row);
  let points = thinStraight(row, samples, tolerance);
  while (points.length > most) {
    tolerance *= 1.5;
    points = thinStraight(row, samples, tolerance);
  }
  return points;
}

/** Those of `points` (in order of time, joined by straight lines) whose lines stay within `tolerance`, in the law's space, of them all. */
export function thinStraight<Point extends Breakpoint>(row: ParameterRow, points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const times = points.map(({ at }) => at);
  const values = points.map(({ value }) => toLaw(row, value));
  return kept(times, values, tolerance).flatMap((place) => points[place] ?? []);
}

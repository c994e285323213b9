import type { ParameterRow } from '../parameters/row';
import type { LanePoint } from './lane';
import { isStepped, toleranceOf } from './law';
import { thinStraight } from './thin';

/** Where tolerance ends: what is off by more than a tenth of the range is another lane. */
const WIDEST = 0.1;

/** Stretches of points that straight lines join, the point at the end of each line included. */
function straightRuns(points: readonly LanePoint[]): LanePoint[][] {
  const runs: LanePoint[][] = [];
  let run: LanePoint[] = [];
  for (const point of points) {
    run.push(point);
    if (point.curve === 'linear') continue;
    runs.push(run);
    run = [];
  }
  return [...runs, run];
}

/** Steps to the value that was there already. */
function idleSteps(points: readonly LanePoint[]): LanePoint[] {
  return points.filter(({ value }, index) => value === points[index - 1]?.value);
}

/**
 * The points of some parts of a lane (each in order of time) that they can do without, so that at most `most` stay and the lines
 * stay near: within the row's tolerance, wider where need be up to a tenth of the range. As many as can go where even that is not
 * enough. The ends of each part stay.
 */
export function spare(row: ParameterRow, parts: readonly (readonly LanePoint[])[], most: number): readonly LanePoint[] {
  if (isStepped(row)) return parts.flatMap(idleSteps);
  const runs = parts.flatMap(straightRuns);
  const widest = row.law === 'log' ? Math.log(row.max / row.min) * WIDEST : (row.max - row.min) * WIDEST;
  for (let tolerance = toleranceOf(row); ; tolerance = Math.min(widest, tolerance * 1.5)) {
    const kept = new Set(runs.flatMap((run) => thinStraight(row, run, tolerance)));
    if (kept.size <= most || tolerance >= widest) return parts.flat().filter((point) => !kept.has(point));
  }
}

import { type Breakpoint, type LanePoint, laneValue, type ParameterRow, positionOf, valueAt } from '../../../lib/mix';
import { type Extent, secondsAt, type View, xOf } from '../view';

/** How a lane lies on the page: the travel of its control from bottom to top, a little free at both ends. */
export interface LaneBox {
  readonly view: View;
  readonly extent: Extent;
  readonly row: ParameterRow;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 7;
/** Pixels within which a point, or the line, is taken. */
const REACH = 9;
const LINE_REACH = 5;
/** Pixels between places at which a bent line is drawn. */
const STEP = 3;

function yOf({ row, height }: LaneBox, value: number): number {
  return MARGIN + (1 - positionOf(row, value)) * (height - 2 * MARGIN);
}

export function placeOf(box: LaneBox, point: Breakpoint): Place {
  return { x: xOf(box.view, box.extent, point.at), y: yOf(box, point.value) };
}

/** The moment and value at a place. */
export function breakpointAt(box: LaneBox, { x, y }: Place): Breakpoint {
  const position = 1 - (y - MARGIN) / (box.height - 2 * MARGIN);
  return { at: secondsAt(box.view, box.extent, x), value: valueAt(box.row, position), curve: 'linear' };
}

/** The point under a hand, the nearest one. */
export function pointUnder(box: LaneBox, points: readonly LanePoint[], { x, y }: Place): LanePoint | undefined {
  const away = (point: LanePoint) => {
    const place = placeOf(box, point);
    return Math.hypot(place.x - x, place.y - y);
  };
  const [nearest] = points.filter((point) => away(point) <= REACH).sort((a, b) => away(a) - away(b));
  return nearest;
}

/** The two points whose line is under a hand. */
export function lineUnder(box: LaneBox, points: readonly LanePoint[], place: Place): readonly LanePoint[] {
  const { at } = breakpointAt(box, place);
  const value = laneValue(box.row, points, at);
  if (value === undefined || Math.abs(yOf(box, value) - place.y) > LINE_REACH) return [];
  const after = points.findIndex((point) => point.at > at);
  return after < 0 ? points.slice(-1) : points.slice(Math.max(0, after - 1), after + 1);
}

/** The lane's line over the whole width, as an SVG path. */
export function pathOf(box: LaneBox, points: readonly Breakpoint[]): string {
  const { view, extent, row } = box;
  const parts: string[] = [];
  for (let x = 0; x <= extent.width + STEP; x += STEP) {
    const value = laneValue(row, points, view.from + (x * extent.length) / (extent.width * view.zoom));
    if (value !== undefined) parts.push(`${x} ${yOf(box, value).toFixed(1)}`);
  }
  return parts.length > 0 ? `M${parts.join('L')}` : '';
}

/** What was drawn freely, in order of time with one value for a moment; later strokes go over earlier ones. */
export function inOrder(drawn: readonly Breakpoint[]): Breakpoint[] {
  const moments = new Map(drawn.map((one) => [Math.round(one.at * 1000), one]));
  return [...moments.values()].sort((a, b) => a.at - b.at);
}

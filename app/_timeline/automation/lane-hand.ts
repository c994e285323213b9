'use client';

import { type PointerEvent, useRef, useState } from 'react';
import {
  addPoint,
  type Breakpoint,
  type Change,
  changePoints,
  type LanePoint,
  type Mix,
  positionOf,
  removePoints,
  type Target,
  valueAt,
  writeRange,
} from '../../../lib/mix';
import { breakpointAt, inOrder, type LaneBox, lineUnder, type Place, placeOf, pointUnder } from './geometry';

type Drag =
  | { readonly does: 'move'; readonly start: Place; readonly ids: ReadonlySet<string>; readonly upright: boolean }
  | { readonly does: 'choose'; readonly start: Place }
  | { readonly does: 'draw'; readonly drawn: Breakpoint[] };

/** Less is a click with an unsteady hand. */
const SLACK = 4;

interface Hand {
  readonly box: LaneBox;
  readonly target: Target;
  readonly points: readonly LanePoint[];
  readonly mix: () => Mix;
  /** `adds`: where nothing comes of it, the user is told why. */
  readonly apply: (changes: readonly Change[], adds?: boolean) => void;
  readonly pencil: boolean;
  /** Puts a moment on the grid, where that is wanted. */
  readonly onGrid: (at: number) => number;
  readonly movable: boolean;
}

/**
 * The hand on a lane: a click adds a point, a drag moves it and all chosen ones, a drag on the line moves the line, a drag from
 * elsewhere chooses; Alt takes a point away; the pencil draws. Kept as one change when the hand lets go.
 */
export function useLaneHand({ box, target, points, mix, apply, pencil, onGrid, movable }: Hand) {
  const drag = useRef<Drag | null>(null);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState<readonly LanePoint[] | null>(null);
  const [frame, setFrame] = useState<readonly [Place, Place] | null>(null);

  const placeIn = (event: PointerEvent<HTMLElement>): Place => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const moved = (now: Extract<Drag, { does: 'move' }>, to: Place): LanePoint[] => {
    const from = breakpointAt(box, now.start);
    const goal = breakpointAt(box, to);
    const travel = positionOf(box.row, goal.value) - positionOf(box.row, from.value);
    const along = now.upright ? 0 : goal.at - from.at;
    return points.map((point) =>
      now.ids.has(point.id)
        ? {
            ...point,
            at: now.upright ? point.at : onGrid(Math.max(0, point.at + along)),
            value: valueAt(box.row, positionOf(box.row, point.value) + travel),
          }
        : point,
    );
  };
  const begin = (place: Place, alt: boolean): Drag | null => {
    if (pencil) return { does: 'draw', drawn: [breakpointAt(box, place)] };
    const point = pointUnder(box, points, place);
    if (point && alt) {
      apply(removePoints(mix(), target, new Set([point.id])));
      return null;
    }
    if (point) {
      const ids = chosen.has(point.id) ? chosen : new Set([point.id]);
      choose(ids);
      return { does: 'move', start: place, ids, upright: false };
    }
    const line = lineUnder(box, points, place);
    if (line.length > 0 && !alt) return { does: 'move', start: place, ids: new Set(line.map(({ id }) => id)), upright: true };
    return { does: 'choose', start: place };
  };
  const add = (place: Place) => {
    const point = breakpointAt(box, place);
    apply(addPoint(mix(), target, { ...point, at: onGrid(point.at) }), true);
  };
  const end = (now: Drag, place: Place) => {
    if (now.does === 'draw') {
      apply(writeRange(mix(), target, inOrder([...now.drawn, breakpointAt(box, place)])), true);
      return;
    }
    const far = Math.hypot(place.x - now.start.x, place.y - now.start.y) > SLACK;
    if (now.does === 'move') {
      if (far)
        apply(
          changePoints(mix(), target, new Map(moved(now, place).flatMap((point) => (now.ids.has(point.id) ? [[point.id, point]] : [])))),
        );
      else if (now.upright) add(place);
    } else if (far) choose(new Set(points.filter((point) => isWithin(placeOf(box, point), now.start, place)).map(({ id }) => id)));
    else add(place);
  };
  const letGo = () => {
    drag.current = null;
    setDraft(null);
    setFrame(null);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.stopPropagation();
      if (event.button !== 0 || !movable) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = begin(placeIn(event), event.altKey);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      if (!now) return;
      const place = placeIn(event);
      if (now.does === 'move') setDraft(moved(now, place));
      else if (now.does === 'choose') setFrame([now.start, place]);
      else {
        now.drawn.push(breakpointAt(box, place));
        setDraft(inOrder(now.drawn).map((point, index) => ({ ...point, id: `drawn ${index}` })));
      }
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (drag.current) end(drag.current, placeIn(event));
      letGo();
    },
    onPointerCancel: letGo,
  };
  return { handlers, chosen, choose, draft, frame };
}

function isWithin({ x, y }: Place, a: Place, b: Place): boolean {
  return x >= Math.min(a.x, b.x) && x <= Math.max(a.x, b.x) && y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y);
}

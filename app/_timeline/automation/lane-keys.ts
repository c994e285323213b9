'use client';

import type { KeyboardEvent } from 'react';
import {
  addPoint,
  type Breakpoint,
  type Change,
  CURVES,
  changePoints,
  formatValue,
  type LanePoint,
  laneValue,
  type Mix,
  type ParameterRow,
  removePoints,
  stepValue,
  type Target,
  targetValue,
} from '../../../lib/mix';
import { exactTime } from '../../_shell/words';

const STEP = 0.01;
const PAGE = 10;

interface Keys {
  readonly row: ParameterRow;
  readonly target: Target;
  readonly points: readonly LanePoint[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: ReadonlySet<string>) => void;
  readonly mix: () => Mix;
  /** `adds`: where nothing comes of it, the user is told why. */
  readonly apply: (changes: readonly Change[], adds?: boolean) => void;
  readonly position: () => number;
}

/** A point in words. */
export function pointText(row: ParameterRow, points: readonly LanePoint[], id: string): string {
  const index = points.findIndex((point) => point.id === id);
  const point = points[index];
  return point ? `Point ${index + 1} of ${points.length}, ${exactTime(point.at)}, ${formatValue(row, point.value)}, ${point.curve}` : '';
}

/**
 * The keys of a lane: Page up and down choose a point, arrows move the chosen ones (Shift: ten times as far), B bends them, Enter
 * adds one at the playhead, Delete takes them away, Escape chooses none.
 */
export function onLaneKey(event: KeyboardEvent, { row, target, points, chosen, choose, mix, apply, position }: Keys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const far = event.shiftKey ? PAGE : 1;
  const move = (change: (point: LanePoint) => Partial<Breakpoint>) =>
    apply(changePoints(mix(), target, new Map(points.flatMap((point) => (chosen.has(point.id) ? [[point.id, change(point)]] : [])))));
  const next = (by: number) => {
    const at = points.findIndex((point) => chosen.has(point.id));
    const found = points[at < 0 ? (by > 0 ? 0 : points.length - 1) : Math.min(points.length - 1, Math.max(0, at + by))];
    if (found) choose(new Set([found.id]));
  };
  switch (event.key) {
    case 'PageUp':
      next(-1);
      return true;
    case 'PageDown':
      next(1);
      return true;
    case 'ArrowLeft':
      move(({ at }) => ({ at: at - STEP * far }));
      return chosen.size > 0;
    case 'ArrowRight':
      move(({ at }) => ({ at: at + STEP * far }));
      return chosen.size > 0;
    case 'ArrowUp':
      move(({ value }) => ({ value: stepValue(row, value, far) }));
      return chosen.size > 0;
    case 'ArrowDown':
      move(({ value }) => ({ value: stepValue(row, value, -far) }));
      return chosen.size > 0;
    case 'b':
      move(({ curve }) => ({ curve: CURVES[(CURVES.indexOf(curve) + 1) % CURVES.length] ?? 'linear' }));
      return chosen.size > 0;
    case 'Enter': {
      const at = position();
      apply(addPoint(mix(), target, { at, value: laneValue(row, points, at) ?? targetValue(mix(), target), curve: 'linear' }), true);
      return true;
    }
    case 'Delete':
    case 'Backspace':
      apply(removePoints(mix(), target, chosen));
      choose(new Set());
      return true;
    case 'Escape':
      choose(new Set());
      return chosen.size > 0;
    default:
      return false;
  }
}

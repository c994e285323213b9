import { newId } from '../../std';
import type { Seconds } from '../../units';
import { laneValue } from '../automation/evaluate';
import { type Breakpoint, type Curve, type Lane, type LanePoint, MOST_LANES, MOST_POINTS } from '../automation/lane';
import { fromLaw, isStepped, toLaw } from '../automation/law';
import { encodePoint, POINT_PREFIX } from '../automation/point-text';
import { spare } from '../automation/spare';
import { thin } from '../automation/thin';
import { type Mix, type Target, targetKey } from '../model/mix';
import { rowOf, targetValue } from '../model/read';
import type { ParameterRow } from '../parameters/row';
import { clampToRow } from '../parameters/table';
import type { Change, Primitive } from './change';
import { createSend } from './sends';

type Fields = Record<string, Primitive | undefined>;

const ID_LENGTH = 7;
/** How far before and after a written stretch the lane stands as it stood: no time in which anybody hears a step. */
const EDGE = 0.01;
/** Points that hold a written stretch to what is around it. */
const EDGES = 2;
/** Points that a pass finds room for, where thinning the lane around it gives so many. */
const ROOM = MOST_POINTS / 8;

/** The row of a control that lanes move. */
function movedRow(mix: Mix, target: Target): ParameterRow | undefined {
  const row = rowOf(mix, target);
  return row?.fixed ? undefined : row;
}

const laneOf = (mix: Mix, target: Target): Lane | undefined => mix.automation.get(targetKey(target));

function changing(target: Target, fields: Fields): Change[] {
  return Object.keys(fields).length === 0 ? [] : [{ do: 'put', map: 'automation', id: targetKey(target), fields }];
}

/** The same where the lane may be the first of its control; a send that nobody has made yet comes with it. */
function beginning(mix: Mix, target: Target, fields: Fields): Change[] {
  if (!laneOf(mix, target) && mix.automation.size >= MOST_LANES) return [];
  const [from = '', to = ''] = target.id.split('>');
  if (target.on !== 'send' || mix.sends.has(target.id)) return changing(target, fields);
  const made = createSend(mix, from, to);
  return made.length === 0 ? [] : [...made, ...changing(target, fields)];
}

function within(row: ParameterRow, point: Breakpoint): Breakpoint {
  return { at: Math.max(0, point.at), value: clampToRow(row, point.value), curve: isStepped(row) ? 'hold' : point.curve };
}

const newPoint = (row: ParameterRow, point: Breakpoint): Fields => ({
  [`${POINT_PREFIX}${newId(ID_LENGTH)}`]: encodePoint(within(row, point)),
});

/** A new point of a control's lane, which it makes where there is none. Nothing where the lane is full, or there is no such control, or none that lanes move. */
export function addPoint(mix: Mix, target: Target, point: Breakpoint): Change[] {
  const row = movedRow(mix, target);
  if (!row || (laneOf(mix, target)?.points.length ?? 0) >= MOST_POINTS) return [];
  return beginning(mix, target, newPoint(row, point));
}

/** Some points of a lane to other moments, values or curves; by their ids. What is not there is passed over. */
export function changePoints(mix: Mix, target: Target, changed: ReadonlyMap<string, Partial<Breakpoint>>): Change[] {
  const row = movedRow(mix, target);
  const fields: Fields = {};
  for (const point of laneOf(mix, target)?.points ?? []) {
    const change = changed.get(point.id);
    if (row && change) fields[point.id] = encodePoint(within(row, { ...point, ...change }));
  }
  return changing(target, fields);
}

/** Moves points by `seconds` and, in the law's space, by `amount` (decibels for a fader): all alike. */
export function movePoints(mix: Mix, target: Target, ids: ReadonlySet<string>, seconds: Seconds, amount: number): Change[] {
  const row = movedRow(mix, target);
  if (!row) return [];
  const chosen = (laneOf(mix, target)?.points ?? []).filter((point) => ids.has(point.id));
  const moved = chosen.map((point) => {
    const value = fromLaw(row, toLaw(row, point.value) + amount);
    return [point.id, { at: point.at + seconds, value }] as const;
  });
  return changePoints(mix, target, new Map(moved));
}

export function removePoints(mix: Mix, target: Target, ids: ReadonlySet<string>): Change[] {
  const gone = (laneOf(mix, target)?.points ?? []).filter((point) => ids.has(point.id));
  return changing(target, Object.fromEntries(gone.map((point) => [point.id, undefined])));
}

/** Takes away every point from `from` up to `until`. */
export function clearRange(mix: Mix, target: Target, from: Seconds, until: Seconds): Change[] {
  const inside = (laneOf(mix, target)?.points ?? []).filter(({ at }) => at >= from && at <= until);
  return removePoints(mix, target, new Set(inside.map(({ id }) => id)));
}

/** Brings the points between `from` and `until` nearer to `around` (`factor` < 1) or farther away, in the law's space. */
export function scaleRange(mix: Mix, target: Target, from: Seconds, until: Seconds, factor: number, around: number): Change[] {
  const row = movedRow(mix, target);
  if (!row) return [];
  const middle = toLaw(row, around);
  const inside = (laneOf(mix, target)?.points ?? []).filter(({ at }) => at >= from && at <= until);
  const scaled = inside.map(({ id, value }) => [id, { value: fromLaw(row, middle + (toLaw(row, value) - middle) * factor) }] as const);
  return changePoints(mix, target, new Map(scaled));
}

/** Switches a lane on or off for everybody. */
export function readLane(mix: Mix, target: Target, read: boolean): Change[] {
  const lane = laneOf(mix, target);
  return lane && lane.read !== read ? changing(target, { read: read ? undefined : false }) : [];
}

/** What the lane gives at a moment; where it has no points, what the control stands at. */
function standing(mix: Mix, row: ParameterRow, target: Target, at: Seconds): number {
  return laneValue(row, laneOf(mix, target)?.points ?? [], at) ?? targetValue(mix, target);
}

/** The curve on which the lane comes to `at`. */
function curveAt(lane: Lane | undefined, at: Seconds): Curve {
  return lane?.points.findLast((point) => point.at <= at)?.curve ?? 'linear';
}

/**
 * Writes what a hand did over a stretch of the song: `samples`, in order of time, thinned, in the place of all points there.
 * Outside of the stretch the lane stays as it was, and a control without a lane stands as it stood; a lane that is nearly full
 * is thinned there too. One change. Nothing where there is no room (`noRoom` says why).
 */
export function writeRange(mix: Mix, target: Target, samples: readonly Breakpoint[]): Change[] {
  const row = movedRow(mix, target);
  const [first, last] = [samples[0], samples.at(-1)];
  if (!row || !first || !last) return [];
  const lane = laneOf(mix, target);
  const before = Math.max(0, first.at - EDGE);
  const after = last.at + EDGE;
  const points = lane?.points ?? [];
  const inside = points.filter(({ at }) => at >= before && at <= after);
  const outside = [points.filter(({ at }) => at < before), points.filter(({ at }) => at > after)];
  const kept = points.length - inside.length;
  const spared = kept > MOST_POINTS - ROOM ? spare(row, outside, MOST_POINTS - ROOM) : [];
  const room = MOST_POINTS - kept + spared.length - EDGES;
  if (room < 2) return [];
  const written = thin(row, samples, room);
  // The way up to the stretch, and from it on, keeps what it had.
  if (before < first.at) written.unshift({ at: before, value: standing(mix, row, target, before), curve: 'linear' });
  written.push({ at: after, value: standing(mix, row, target, after), curve: curveAt(lane, after) });
  const fields = inPlaceOf(row, [...inside, ...spared], written);
  if (lane && !lane.read) fields['read'] = undefined;
  return beginning(mix, target, fields);
}

/** New points under the ids of old ones, as far as they go: every id that was ever in a lane stays in the document for good. */
function inPlaceOf(row: ParameterRow, old: readonly LanePoint[], written: readonly Breakpoint[]): Fields {
  const fields: Fields = {};
  for (const [index, point] of written.entries()) {
    const id = old[index]?.id;
    Object.assign(fields, id === undefined ? newPoint(row, point) : { [id]: encodePoint(within(row, point)) });
  }
  for (const { id } of old.slice(written.length)) fields[id] = undefined;
  return fields;
}

/** Why a control's lane takes no more, as a sentence for people; null while it does. */
export function noRoom(mix: Mix, target: Target): string | null {
  const lane = laneOf(mix, target);
  if (!lane && mix.automation.size >= MOST_LANES) {
    return `This mix has automation on ${MOST_LANES} controls, the most it may have. Nothing was written; clear a lane to make room.`;
  }
  if (!lane || lane.points.length <= MOST_POINTS - EDGES - 2) return null;
  return `This lane has ${lane.points.length} points and may have ${MOST_POINTS}. Nothing was written; clear a part of it to make room.`;
}

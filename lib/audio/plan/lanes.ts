import type { ValueOwner } from '../../desk';
import { type LanePoint, leads, type Mix, type Target } from '../../mix';
import { allocateSlots } from './slots';

/** A lane as the desk holds it: its number, and where the control is that it moves. */
export interface LanePicture {
  readonly slot: number;
  readonly on: ValueOwner;
  readonly owner: number;
  readonly parameter: number;
  readonly points: readonly LanePoint[];
  /** Frames by which the song is late where the control acts on it. */
  readonly late: number;
}

type Place = (
  target: Target,
) => { readonly on: ValueOwner; readonly slot: number; readonly parameter: number; readonly late: number } | null;

/** The lanes of `mix` that move anything, each with the number it had; without those whose control is not on the desk. */
export function picturesOfLanes(
  mix: Mix,
  before: ReadonlyMap<string, LanePicture>,
  place: Place,
  capacity: number,
  taken?: ReadonlySet<number>,
): ReadonlyMap<string, LanePicture> {
  const placed = [...mix.automation.values()].flatMap((lane) => {
    const at = leads(lane) ? place(lane.target) : null;
    return at ? [[lane, at] as const] : [];
  });
  const slots = allocateSlots(
    new Map([...before].map(([key, lane]) => [key, lane.slot])),
    placed.map(([lane]) => lane.id),
    capacity,
    taken,
  );
  return new Map(
    placed.flatMap(([{ id, points }, { on, slot: owner, parameter, late }]) => {
      const slot = slots.get(id);
      return slot === undefined ? [] : [[id, { slot, on, owner, parameter, points, late }] as const];
    }),
  );
}

/** True where it is the same number on the same control. */
export function samePlace(a: LanePicture, b: LanePicture): boolean {
  return a.slot === b.slot && a.on === b.on && a.owner === b.owner && a.parameter === b.parameter;
}

/** True where it holds the same, be it at another lateness. */
export function sameLane(a: LanePicture, b: LanePicture): boolean {
  return samePlace(a, b) && a.points === b.points;
}

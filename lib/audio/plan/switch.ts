import { MASTER } from '../../mix';
import type { LanePicture } from './lanes';
import type { PlannedOperation } from './operation';
import { type DeskPicture, type InsertPicture, type StripPicture, SUM } from './picture';

/** What cannot be changed in a strip that sounds without it falling silent for a moment. */
const STRUCTURAL: ReadonlySet<PlannedOperation['do']> = new Set([
  ...(['addStrip', 'removeStrip', 'source', 'output', 'key', 'chain', 'addInsert', 'removeInsert'] as const),
  ...(['delayLine', 'outputWait', 'inputWait', 'keyWait', 'sendWait'] as const),
]);

/** Whether a plan does more than move controls. */
export function isStructural(planned: readonly PlannedOperation[]): boolean {
  return planned.some((operation) => STRUCTURAL.has(operation.do));
}

const OLD = 'was ';

interface Slotted {
  readonly slot: number;
}

/** Two generations of things in one map: the old under other ids, those that stay as `chosen` has them. */
function together<Id extends string, P extends Slotted>(
  before: ReadonlyMap<Id, P>,
  next: ReadonlyMap<Id, P>,
  chosen: ReadonlyMap<Id, P>,
): Map<Id, P> {
  const stays = (id: Id) => before.get(id)?.slot === next.get(id)?.slot;
  return new Map([
    ...[...before].filter(([id]) => !stays(id)).map(([id, one]) => [`${OLD}${id}` as Id, one] as const),
    ...[...next].map(([id, one]) => [id, stays(id) ? (chosen.get(id) ?? one) : one] as const),
  ]);
}

/** The old generation alone, under the ids that it has in `together`. */
function renamed<Id extends string, P extends Slotted>(before: ReadonlyMap<Id, P>, next: ReadonlyMap<Id, P>): Map<Id, P> {
  return new Map([...before].map(([id, one]) => [before.get(id)?.slot === next.get(id)?.slot ? id : (`${OLD}${id}` as Id), one]));
}

/**
 * The stages in which a desk goes from one mix to another that stands beside it in slots of its own, a fresh picture: as it is; the
 * other beside it, running and unheard; heard in its place, which cross-fades at the sums of the two; and the other alone. Between the
 * second and the third the other's delays and detectors fill.
 */
export function switchStages(before: DeskPicture, next: DeskPicture): readonly [DeskPicture, DeskPicture, DeskPicture, DeskPicture] {
  const master = next.strips.get(MASTER)?.slot ?? -1;
  const withoutMaster = (order: readonly number[]) => order.filter((slot) => slot !== master);
  const order = [...withoutMaster(before.order), ...withoutMaster(next.order), master];
  const both = (chosen: DeskPicture, heard: 'before' | 'next'): DeskPicture => {
    const strips = together(before.strips, next.strips, chosen.strips);
    const audible = (id: string, strip: StripPicture) => {
      if (id === SUM) return { ...strip, audible: heard === 'next' };
      return heard === 'next' && id.startsWith(OLD) && strip.output === master ? { ...strip, audible: false } : strip;
    };
    return {
      ...chosen,
      strips: new Map([...strips].map(([id, strip]) => [id, audible(id, strip)])),
      sends: together(before.sends, next.sends, chosen.sends),
      inserts: together<string, InsertPicture>(before.inserts, next.inserts, chosen.inserts),
      lanes: together<string, LanePicture>(before.lanes, next.lanes, chosen.lanes),
      order,
    };
  };
  const from: DeskPicture = {
    ...before,
    strips: renamed(before.strips, next.strips),
    sends: renamed(before.sends, next.sends),
    inserts: renamed(before.inserts, next.inserts),
    lanes: renamed(before.lanes, next.lanes),
  };
  return [from, both(before, 'before'), both(next, 'next'), next];
}

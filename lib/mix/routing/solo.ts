import { MASTER, type Mix, type StripId } from '../model/mix';
import { stripValue } from '../model/read';
import { vcaMembers } from '../model/vca';
import { destinations, reachable } from './graph';

/** What a solo leaves open. Mutes are apart: a muted strip stays silent though it is soloed. */
export interface SoloGates {
  /** Strips whose whole output stays open. */
  readonly open: ReadonlySet<StripId>;
  /** Strips that are cut from their output but keep feeding a soloed aux through their sends. */
  readonly sendsOnly: ReadonlySet<StripId>;
}

const NOBODY: ReadonlySet<StripId> = new Set();

/** The strips that go into each strip by their output: a group's members. */
function members(mix: Mix): ReadonlyMap<StripId, readonly StripId[]> {
  const into = new Map<StripId, StripId[]>();
  for (const strip of mix.strips.values()) {
    if (strip.output === null) continue;
    const list = into.get(strip.output);
    if (list) list.push(strip.id);
    else into.set(strip.output, [strip.id]);
  }
  return into;
}

/**
 * Solo as on a desk: a soloed strip is heard with the groups it goes through and the effects it sends to; a soloed group
 * with all its members; a soloed VCA is all that is assigned to it; a soloed aux with what feeds it, which itself is not heard. Solo-safe strips stay, the master
 * always. With nothing soloed everything is open.
 */
export function soloGates(mix: Mix, soloed: ReadonlySet<StripId>): SoloGates {
  const chosen = [...soloed].flatMap((id) => (mix.strips.get(id)?.kind === 'vca' ? vcaMembers(mix, id) : mix.strips.has(id) ? [id] : []));
  if (chosen.length === 0 || chosen.includes(MASTER)) return { open: new Set(mix.strips.keys()), sendsOnly: NOBODY };
  const into = members(mix);
  const safe = [...mix.strips.values()].filter((strip) => stripValue(strip, 'solo.safe') > 0).map((strip) => strip.id);
  const wanted = reachable(into, chosen);
  const open = reachable(destinations(mix), [...wanted, ...safe, MASTER]);

  const auxes = new Set([...wanted].filter((id) => mix.strips.get(id)?.kind === 'aux'));
  const feeders = [...mix.sends.values()].filter((send) => auxes.has(send.to) && !open.has(send.from)).map((send) => send.from);
  // A group that feeds needs its members' sound, which goes no further than the group.
  const feeding = reachable(into, feeders);
  const sendsOnly = new Set<StripId>();
  for (const id of feeding) {
    const output = mix.strips.get(id)?.output;
    if (output && feeding.has(output)) open.add(id);
    else sendsOnly.add(id);
  }
  return { open, sendsOnly };
}

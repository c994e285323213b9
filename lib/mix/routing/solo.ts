import { MASTER, type Mix, type SendId, type StripId } from '../model/mix';
import { stripValue } from '../model/read';
import { soundOf } from '../model/vca';
import { destinations, reachable } from './graph';

/** What a solo leaves open. Mutes are apart: a muted strip stays silent though it is soloed. */
export interface SoloGates {
  /** Strips whose way to their output stays open. */
  readonly open: ReadonlySet<StripId>;
  /** Strips that are cut from their output but keep feeding, through their sends, a soloed aux or what is listened to. */
  readonly sendsOnly: ReadonlySet<StripId>;
  /** Sends that would lead what only feeds to where it is not wanted. */
  readonly closedSends: ReadonlySet<SendId>;
}

/** What of a strip that is soloed is heard. */
export interface SoloWith {
  /** False: nothing that it sends. Its own sound alone. */
  readonly effects: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

type Ways = ReadonlyMap<StripId, readonly StripId[]>;

function turnedRound(ways: Ways): Ways {
  const back = new Map<StripId, StripId[]>();
  for (const [from, all] of ways) {
    for (const to of all) {
      const list = back.get(to);
      if (list) list.push(from);
      else back.set(to, [from]);
    }
  }
  return back;
}

/** Where each strip goes by its output. */
function outputs(mix: Mix): Ways {
  return new Map([...mix.strips.values()].map(({ id, output }) => [id, output !== null && mix.strips.has(output) ? [output] : []]));
}

/** All that flows into `into`, as far as it is not heard anyway. */
function unheardInto(sources: Ways, into: Iterable<StripId>, heard: ReadonlySet<StripId>): Set<StripId> {
  const unheard = new Map([...sources].map(([id, from]) => [id, from.filter((one) => !heard.has(one))]));
  return reachable(
    unheard,
    [...into].flatMap((id) => unheard.get(id) ?? []),
  );
}

/**
 * What has to sound unheard: what flows into soloed auxes, and into what compressors of strips that sound listen to. `keys` are
 * those that are listened to and not heard; they need no way out themselves.
 */
function feedersOf(mix: Mix, auxes: Iterable<StripId>, heard: ReadonlySet<StripId>) {
  const sources = turnedRound(destinations(mix));
  const feeding = unheardInto(sources, auxes, heard);
  const keys = new Set<StripId>();
  // What feeds may itself be compressed by another strip: Sets give what is added while they are gone through.
  const sounding = new Set([...heard, ...feeding]);
  for (const id of sounding) {
    const key = mix.strips.get(id)?.key;
    if (key === undefined || heard.has(key) || keys.has(key)) continue;
    keys.add(key);
    for (const feeder of unheardInto(sources, [key], heard)) {
      feeding.add(feeder);
      sounding.add(feeder);
    }
  }
  return { feeding, keys };
}

/**
 * Solo as on a desk: a soloed strip is heard with the groups it goes through and the effects it sends to; a soloed group
 * with all its members; a soloed VCA is all that is assigned to it; a soloed aux with what feeds it, which itself is not heard.
 * What a compressor listens to goes on as well, unheard, with all that flows into it. Solo-safe strips stay, the master always.
 * With nothing soloed everything is open.
 */
export function soloGates(mix: Mix, soloed: ReadonlySet<StripId>, { effects }: SoloWith = { effects: true }): SoloGates {
  const chosen = soundOf(mix, soloed);
  if (chosen.length === 0 || chosen.includes(MASTER)) return { open: new Set(mix.strips.keys()), sendsOnly: NOTHING, closedSends: NOTHING };
  const safe = [...mix.strips.values()].filter((strip) => stripValue(strip, 'solo.safe') > 0).map((strip) => strip.id);
  const wanted = reachable(turnedRound(outputs(mix)), chosen);
  const heard = reachable(effects ? destinations(mix) : outputs(mix), [...wanted, ...safe, MASTER]);

  const auxes = new Set([...wanted].filter((id) => mix.strips.get(id)?.kind === 'aux'));
  const { feeding, keys } = feedersOf(mix, auxes, heard);
  const open = new Set(heard);
  const sendsOnly = new Set<StripId>();
  const takes = (id: StripId) => feeding.has(id) || keys.has(id);
  for (const id of feeding) {
    // A group that feeds needs its members' sound, which goes no further than the group.
    const output = mix.strips.get(id)?.output;
    if (output && takes(output)) open.add(id);
    else sendsOnly.add(id);
  }
  const leads = (from: StripId, to: StripId) => takes(to) || auxes.has(to) || (effects && heard.has(from) && heard.has(to));
  const closed = [...mix.sends.values()].filter(({ from, to }) => (heard.has(from) || feeding.has(from)) && !leads(from, to));
  return { open, sendsOnly, closedSends: new Set(closed.map(({ id }) => id)) };
}

import type { Mix, Strip, StripId } from '../model/mix';
import { type Edges, processingEdges, reachable } from './graph';

/** A strip whose compressor can listen to another, or be listened to: it has sound. */
const sounds = (strip: Strip | undefined) => strip !== undefined && strip.kind !== 'vca';

/** Why a strip's compressor cannot listen to `key`, as a sentence; null where it can. */
export function whyNotKey(mix: Mix, id: StripId, key: StripId): string | null {
  const strip = mix.strips.get(id);
  const heard = mix.strips.get(key);
  if (!strip || !heard) return 'That strip is gone. Nothing was changed.';
  if (id === key) return `${strip.name} listens to itself when no other strip is chosen.`;
  if (!sounds(heard) || !sounds(strip)) return 'A VCA has no sound to listen to.';
  if (reachable(processingEdges(mix), [id]).has(key)) return `${strip.name} already sounds in ${heard.name}, so it cannot listen to it.`;
  return null;
}

/**
 * The keys that can be: of strips with sound, in no circle with where everything flows (`edges`) or with one another, tried in
 * the order of the listeners' ids.
 */
export function soundKeys(strips: ReadonlyMap<StripId, Strip>, edges: Edges): ReadonlyMap<StripId, StripId> {
  const kept = new Map<StripId, StripId>();
  const all = new Map([...edges].map(([id, to]) => [id, [...to]]));
  const keyed = [...strips.values()].filter((strip) => strip.key !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, key } of keyed) {
    if (key === undefined || !sounds(strips.get(key)) || !sounds(strips.get(id)) || reachable(all, [id]).has(key)) continue;
    kept.set(id, key);
    all.get(key)?.push(id);
  }
  return kept;
}

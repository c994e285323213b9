import { MASTER, type Mix, type Strip, type StripId } from '../model/mix';

export type Edges = ReadonlyMap<StripId, readonly StripId[]>;

/** Where each strip's sound goes: its output first, then the auxes it sends to. Only to strips that exist. */
export function destinations(mix: Mix): ReadonlyMap<StripId, readonly StripId[]> {
  const to = new Map<StripId, StripId[]>();
  for (const strip of mix.strips.values()) to.set(strip.id, strip.output !== null && mix.strips.has(strip.output) ? [strip.output] : []);
  for (const send of mix.sends.values()) {
    if (mix.strips.has(send.to)) to.get(send.from)?.push(send.to);
  }
  return to;
}

/** Who has to be processed before whom: what flows into a strip, and what its compressor listens to. */
export function processingEdges(mix: Mix): Edges {
  const edges = new Map([...destinations(mix)].map(([id, to]) => [id, [...to]]));
  for (const { id, key } of mix.strips.values()) if (key !== undefined) edges.get(key)?.push(id);
  return edges;
}

/** Everything that can be reached from `starts` along `edges`, the starts included. */
export function reachable(edges: ReadonlyMap<StripId, readonly StripId[]>, starts: Iterable<StripId>): Set<StripId> {
  const seen = new Set<StripId>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(edges.get(id) ?? []));
  }
  return seen;
}

/** True if sound from `from` into `to` could come back to `from`, be it as what a compressor listens to. */
export function wouldLoop(mix: Mix, from: StripId, to: StripId): boolean {
  return reachable(processingEdges(mix), [to]).has(from);
}

/**
 * The strips with sound in an order in which each comes after all that feeds it or that it listens to, the master last. The same on every machine: strips
 * that are ready at once come in the mix's own order, so sums are formed in one order everywhere.
 */
export function processingOrder(mix: Mix): readonly Strip[] {
  const edges = processingEdges(mix);
  const waiting = new Map<StripId, number>([...mix.strips.keys()].map((id) => [id, 0]));
  for (const to of edges.values()) for (const id of to) waiting.set(id, (waiting.get(id) ?? 0) + 1);
  const order: Strip[] = [];
  const left = [...mix.strips.values()].filter((strip) => strip.kind !== 'master' && strip.kind !== 'vca');
  while (left.length > 0) {
    const ready = left.findIndex((strip) => waiting.get(strip.id) === 0);
    // A valid mix has no loops; in one that isn't, the first of a loop goes first rather than nothing.
    const [strip] = left.splice(Math.max(0, ready), 1);
    if (!strip) break;
    order.push(strip);
    for (const id of edges.get(strip.id) ?? []) waiting.set(id, (waiting.get(id) ?? 0) - 1);
  }
  const master = mix.strips.get(MASTER);
  return master ? [...order, master] : order;
}

import * as Y from 'yjs';
import { FIXED } from './limits';

/** A client's structs in an update: from `from` up to `until`, without a hole. */
interface Range {
  readonly client: number;
  readonly from: number;
  readonly until: number;
}

/** What an update claims, read without applying it. */
export interface DecodedUpdate {
  readonly bytes: Uint8Array;
  /** Each client's in the order of their clocks. */
  readonly structs: readonly (Y.Item | Y.GC)[];
  readonly ranges: readonly Range[];
  readonly deletions: readonly { readonly client: number; readonly clock: number; readonly length: number }[];
}

/** Why an update was refused, as a sentence for people; `costly` when it had to be applied to be seen through. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly costly = false,
  ) {
    super(message);
  }
}

/**
 * Reads an update lazily: what costs 256 MB when applied costs nothing here. Throws a `Refusal` for one that cannot be read, has
 * holes, speaks of a client twice, or spans more than any honest one.
 */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(bytes);
  } catch {
    throw new Refusal('The update cannot be read.');
  }
  const structs: (Y.Item | Y.GC)[] = [];
  const ranges: Range[] = [];
  const clients = new Set<number>();
  let total = 0;
  for (const struct of decoded.structs) {
    const { client, clock } = struct.id;
    const last = ranges.at(-1);
    if (struct instanceof Y.Skip) throw new Refusal('The update has a hole.');
    if (!(struct.length >= 1)) throw new Refusal('The update holds something without length.');
    total += struct.length;
    structs.push(struct);
    if (last?.client === client && last.until === clock) {
      ranges[ranges.length - 1] = { client, from: last.from, until: clock + struct.length };
    } else {
      if (clients.has(client)) throw new Refusal('The update speaks twice of one client.');
      clients.add(client);
      ranges.push({ client, from: clock, until: clock + struct.length });
    }
  }
  const deletions: { client: number; clock: number; length: number }[] = [];
  for (const [client, items] of decoded.ds.clients) {
    for (const { clock, len } of items) {
      deletions.push({ client, clock, length: len });
      total += len;
    }
  }
  if (!(total <= FIXED.updateLength)) throw new Refusal('The update spans too much.');
  return { bytes, structs, ranges, deletions };
}

/** True while an update of this client that comes before it is missing. */
export function hasGap(doc: Y.Doc, { ranges }: DecodedUpdate): boolean {
  return ranges.some(({ client, from }) => from > Y.getState(doc.store, client));
}

/** True while anything that the update continues, refers to or deletes is missing: applied now, part of it would be left waiting. */
export function lacksSomething(doc: Y.Doc, update: DecodedUpdate): boolean {
  if (hasGap(doc, update)) return true;
  const ends = new Map(update.ranges.map(({ client, until }) => [client, until]));
  const there = (client: number, until: number) => until <= Math.max(Y.getState(doc.store, client), ends.get(client) ?? 0);
  const known = (id: unknown) => !(id instanceof Y.ID) || there(id.client, id.clock + 1);
  return !(
    update.structs.every(
      (struct) => struct instanceof Y.GC || (known(struct.origin) && known(struct.rightOrigin) && known(struct.parent)),
    ) && update.deletions.every(({ client, clock, length }) => there(client, clock + length))
  );
}

/** True if `doc` holds everything of the update already, deletions included. */
export function addsNothing(doc: Y.Doc, { ranges, deletions }: DecodedUpdate): boolean {
  if (ranges.some(({ client, until }) => until > Y.getState(doc.store, client))) return false;
  return deletions.every(({ client, clock, length }) => allDeleted(doc, client, clock, clock + length));
}

function allDeleted(doc: Y.Doc, client: number, from: number, until: number): boolean {
  if (until > Y.getState(doc.store, client)) return false;
  const structs = doc.store.clients.get(client) ?? [];
  for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
    const struct = structs[at];
    if (!struct || struct.id.clock >= until) break;
    if (!struct.deleted) return false;
  }
  return true;
}

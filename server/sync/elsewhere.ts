import { encodeAwarenessEntry } from './codec';
import type { PeerPresence } from './peer-codec';

/** Who is in a room on other instances, as those say. */
export class Elsewhere {
  private readonly instances = new Map<string, Map<number, PeerPresence>>();

  /** The entries of all, for a newcomer. */
  entries(): Uint8Array[] {
    return this.people().map(({ entry }) => entry);
  }

  people(): PeerPresence[] {
    return [...this.instances.values()].flatMap((people) => [...people.values()]);
  }

  find(client: number): PeerPresence | null {
    for (const people of this.instances.values()) {
      const found = people.get(client);
      if (found) return found;
    }
    return null;
  }

  /** They have come here: what the other instance still says of them is old. */
  moved(client: number): void {
    for (const people of this.instances.values()) people.delete(client);
  }

  /**
   * Takes in what an instance says, with `all` of everybody that it has. The result are the entries that are news. `clockAfter` makes
   * the clock under which somebody is gone of whom it says nothing any more.
   */
  hear(from: string, people: readonly PeerPresence[], all: boolean, clockAfter: () => number): PeerPresence[] {
    const known = this.instances.get(from) ?? new Map<number, PeerPresence>();
    this.instances.set(from, known);
    const news = people.filter((one) => (known.get(one.client)?.clock ?? -1) < one.clock && (!one.gone || known.has(one.client)));
    for (const one of news) {
      if (one.gone) known.delete(one.client);
      else known.set(one.client, one);
    }
    if (all) {
      const named = new Set(people.map(({ client }) => client));
      for (const one of [...known.values()]) {
        if (named.has(one.client)) continue;
        known.delete(one.client);
        news.push(goneAt(one, clockAfter()));
      }
    }
    // Who has gone there may have come back on a third one.
    return news.filter(({ gone, client }) => !gone || this.find(client) === null);
  }

  /** An instance is no more: so are its people. */
  lost(from: string, clockAfter: () => number): PeerPresence[] {
    const news = this.hear(from, [], true, clockAfter);
    this.instances.delete(from);
    return news;
  }
}

function goneAt({ client, userId }: PeerPresence, clock: number): PeerPresence {
  return { client, clock, userId, gone: true, entry: encodeAwarenessEntry({ client, clock, json: 'null' }) };
}

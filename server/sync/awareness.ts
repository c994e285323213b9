import { awarenessSchema } from '../../lib/protocol';
import { Bucket } from '../../lib/std';
import { type AwarenessEntry, encodeAwareness, encodeAwarenessEntry } from './codec';
import { Elsewhere } from './elsewhere';
import type { SyncLimits } from './limits';
import type { PeerPresence } from './peer-codec';
import type { Clock, Who } from './ports';

/** What a connection's own client tells of itself; who it is says the server. */
const ownWords = awarenessSchema.omit({ user: true, role: true });

interface Presence {
  readonly client: number;
  readonly userId: string;
  /** The client's own clock, which only grows. */
  heard: number;
  /** The clock that the others see; see `nextClock`. */
  told: number;
  words: Record<string, unknown>;
  encoded: Uint8Array;
}

/**
 * Who is in a room, under the server's hand: one entry for each connection, under the client id that it showed first, with name,
 * colour and role as the server knows them. What a client says of others, as an unmodified y-websocket does, is not heard.
 */
export class RoomAwareness<C extends object> {
  private readonly present = new Map<C, Presence>();
  private readonly buckets = new Map<C, Bucket>();
  private readonly changed = new Set<C>();
  private gone: PeerPresence[] = [];
  /** What other instances said since the last time. */
  private heard: Uint8Array[] = [];
  private readonly elsewhere = new Elsewhere();
  private newest = 0;

  constructor(
    private readonly clock: Clock,
    private readonly limits: SyncLimits,
  ) {}

  /** The client id under which the others know this connection; null before it has shown one. */
  clientOf(connection: C): number | null {
    return this.present.get(connection)?.client ?? null;
  }

  /** Takes a connection's message. True when the others have something to hear. */
  receive(connection: C, who: Who, entries: readonly AwarenessEntry[]): boolean {
    const own = this.present.get(connection);
    const entry = own
      ? entries.find(({ client }) => client === own.client)
      : entries.find(({ client }) => !this.taken(client, connection, who));
    if (!entry || entry.json.length > this.limits.awarenessBytes || (own && entry.clock < own.heard)) return false;
    if (!this.bucketOf(connection).take(this.clock.now())) return false;
    if (entry.json === 'null') return own ? this.leave(connection) : false;
    const words = wordsOf(entry.json);
    if (!words) return false;
    const presence = own ?? { client: entry.client, userId: who.user.id, heard: 0, told: 0, words, encoded: new Uint8Array() };
    this.present.set(connection, presence);
    presence.heard = entry.clock;
    presence.words = words;
    this.encode(presence, who);
    this.changed.add(connection);
    return true;
  }

  /** Says anew who a connection is, after its role changed. */
  refresh(connection: C, who: Who): boolean {
    const presence = this.present.get(connection);
    if (!presence) return false;
    this.encode(presence, who);
    this.changed.add(connection);
    return true;
  }

  /** The connection's entry goes. True when the others have something to hear. */
  leave(connection: C): boolean {
    const presence = this.present.get(connection);
    this.present.delete(connection);
    this.changed.delete(connection);
    if (!presence) return false;
    const { client, userId } = presence;
    const clock = this.nextClock();
    this.gone.push({ client, clock, userId, gone: true, entry: encodeAwarenessEntry({ client, clock, json: 'null' }) });
    return true;
  }

  /** Everybody who is here, for other instances. */
  here(): PeerPresence[] {
    return [...this.present.values()].map(toPeer);
  }

  /** The users who are in the room on other instances. */
  get usersElsewhere(): readonly string[] {
    return this.elsewhere.people().map(({ userId }) => userId);
  }

  /** Takes in what another instance says of its people, with `all` of everybody there; null: it is no more. True when it is news. */
  hear(from: string, people: readonly PeerPresence[] | null, all: boolean): boolean {
    for (const { clock } of people ?? []) this.newest = Math.max(this.newest, clock);
    const nextClock = () => this.nextClock();
    const said = people === null ? this.elsewhere.lost(from, nextClock) : this.elsewhere.hear(from, people, all, nextClock);
    const news = said.filter((one) => !this.keeps(one));
    this.heard.push(...news.map(({ entry }) => entry));
    return news.length > 0;
  }

  /** Forgets a connection altogether. */
  forget(connection: C): boolean {
    this.buckets.delete(connection);
    return this.leave(connection);
  }

  /** Everybody but `connection` itself, for a newcomer. */
  messageOfAll(connection: C): Uint8Array {
    const here = [...this.present].filter(([other]) => other !== connection).map(([, { encoded }]) => encoded);
    return encodeAwareness([...here, ...this.elsewhere.entries()]);
  }

  /**
   * What changed since the last time, encoded once; the result gives the message for one connection, without its own entry: an
   * echo of that would overwrite what the client says of itself meanwhile. Null when there is nothing for it. `own` is what other
   * instances have to hear of it.
   */
  take(): { readonly own: readonly PeerPresence[]; readonly messageFor: (connection: C) => Uint8Array | null } {
    const left = this.gone;
    const gone = [...left.map(({ entry }) => entry), ...this.heard];
    this.heard = [];
    const news = [...this.changed].flatMap((connection) => {
      const presence = this.present.get(connection);
      return presence ? [[connection, presence.encoded] as const] : [];
    });
    const changed = [...this.changed].flatMap((connection) => this.present.get(connection) ?? []);
    this.gone = [];
    this.changed.clear();
    const all = [...gone, ...news.map(([, encoded]) => encoded)];
    const forOutsiders = all.length > 0 ? encodeAwareness(all) : null;
    const own = new Set(news.map(([connection]) => connection));
    const messageFor = (connection: C) => {
      if (!own.has(connection)) return forOutsiders;
      const others = [...gone, ...news.flatMap(([who, encoded]) => (who === connection ? [] : [encoded]))];
      return others.length > 0 ? encodeAwareness(others) : null;
    };
    return { own: [...left, ...changed.map(toPeer)], messageFor };
  }

  /** A client id is another's while that one is here, unless both are one user's: then the old line is dead and replaced. */
  private taken(client: number, connection: C, who: Who): boolean {
    for (const [other, presence] of this.present) {
      if (other === connection || presence.client !== client) continue;
      if (presence.userId !== who.user.id) return true;
      this.present.delete(other);
      this.changed.delete(other);
    }
    const there = this.elsewhere.find(client);
    if (there && there.userId !== who.user.id) return true;
    this.elsewhere.moved(client);
    return false;
  }

  /**
   * True when somebody who is here keeps the client id of which another instance speaks. The same user there with a newer clock has
   * moved: the line here is dead and has nothing more to say.
   */
  private keeps({ client, clock, userId, gone }: PeerPresence): boolean {
    for (const [connection, presence] of this.present) {
      if (presence.client !== client) continue;
      if (gone || presence.userId !== userId || presence.told >= clock) return true;
      this.present.delete(connection);
      this.changed.delete(connection);
    }
    return false;
  }

  private bucketOf(connection: C): Bucket {
    const known = this.buckets.get(connection);
    if (known) return known;
    const { awarenessPerSecond } = this.limits;
    const made = new Bucket(awarenessPerSecond, awarenessPerSecond, this.clock.now());
    this.buckets.set(connection, made);
    return made;
  }

  private encode(presence: Presence, who: Who): void {
    presence.words = { ...presence.words, user: who.user, role: who.role };
    presence.told = this.nextClock();
    presence.encoded = encodeAwarenessEntry({ client: presence.client, clock: presence.told, json: JSON.stringify(presence.words) });
  }

  /**
   * The clock that others see is the server's: it grows over leaving, coming back and restarts, so that no client takes a
   * returning person for old news, and none can make its entry unforgettable by a leap.
   */
  private nextClock(): number {
    this.newest = Math.max(this.newest + 1, this.clock.now());
    return this.newest;
  }
}

function toPeer({ client, told, userId, encoded }: Presence): PeerPresence {
  return { client, clock: told, userId, gone: false, entry: encoded };
}

/** What the layout of awareness knows of a state; null for what is no state. */
function wordsOf(json: string): Record<string, unknown> | null {
  let state: unknown;
  try {
    state = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return null;
  const words: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(ownWords.shape)) {
    const value: unknown = Reflect.get(state, key);
    const read = schema.safeParse(value);
    if (value !== undefined && read.success) words[key] = read.data;
  }
  return words;
}

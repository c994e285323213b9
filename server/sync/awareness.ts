import { awarenessSchema } from '../../lib/protocol';
import { Bucket } from '../../lib/std';
import { type AwarenessEntry, encodeAwareness, encodeAwarenessEntry } from './codec';
import type { SyncLimits } from './limits';
import type { Clock, Who } from './ports';

/** What a connection's own client tells of itself; who it is says the server. */
const ownWords = awarenessSchema.omit({ user: true, role: true });

interface Presence {
  readonly client: number;
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
  private gone: Uint8Array[] = [];
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
    const presence = own ?? { client: entry.client, heard: 0, told: 0, words, encoded: new Uint8Array() };
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
    this.gone.push(encodeAwarenessEntry({ client: presence.client, clock: this.nextClock(), json: 'null' }));
    return true;
  }

  /** Forgets a connection altogether. */
  forget(connection: C): boolean {
    this.buckets.delete(connection);
    return this.leave(connection);
  }

  /** Everybody but `connection` itself, for a newcomer. */
  messageOfAll(connection: C): Uint8Array {
    return encodeAwareness([...this.present].filter(([other]) => other !== connection).map(([, { encoded }]) => encoded));
  }

  /**
   * What changed since the last time, encoded once; the result gives the message for one connection, without its own entry: an
   * echo of that would overwrite what the client says of itself meanwhile. Null when there is nothing for it.
   */
  take(): (connection: C) => Uint8Array | null {
    const { gone } = this;
    const news = [...this.changed].flatMap((connection) => {
      const presence = this.present.get(connection);
      return presence ? [[connection, presence.encoded] as const] : [];
    });
    this.gone = [];
    this.changed.clear();
    const all = [...gone, ...news.map(([, encoded]) => encoded)];
    const forOutsiders = all.length > 0 ? encodeAwareness(all) : null;
    const own = new Set(news.map(([connection]) => connection));
    return (connection) => {
      if (!own.has(connection)) return forOutsiders;
      const others = [...gone, ...news.flatMap(([who, encoded]) => (who === connection ? [] : [encoded]))];
      return others.length > 0 ? encodeAwareness(others) : null;
    };
  }

  /** A client id is another's while that one is here, unless both are one user's: then the old line is dead and replaced. */
  private taken(client: number, connection: C, who: Who): boolean {
    for (const [other, presence] of this.present) {
      if (other === connection || presence.client !== client) continue;
      if (this.userOf(presence) !== who.user.id) return true;
      this.present.delete(other);
      this.changed.delete(other);
    }
    return false;
  }

  private userOf({ words }: Presence): unknown {
    return (words['user'] as { id?: unknown } | undefined)?.id;
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

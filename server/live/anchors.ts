import { positionAt } from '../../lib/clock';
import type { Anchor } from '../../lib/protocol';
import type { Log } from '../observability/log';
import { type Bus, publish, type SharedAnchors } from '../ports';
import type { RestingPlaces } from './resting-places';
import { leftAlone, restingAnchor, standsAgainst } from './transport';

interface Kept {
  readonly anchor: Anchor;
  /** When the last of those who were here went; null while somebody is. */
  readonly emptySince: number | null;
}

interface AnchorsNeeds {
  /** Server time, ms. */
  readonly clock: () => number;
  readonly places: RestingPlaces;
  readonly bus: Bus;
  readonly log: Log;
  /** Where several instances agree on it; null where there is one. */
  readonly shared: SharedAnchors | null;
}

/** How often other instances are told that there are people here. A song plays on for 30 s when nobody is anywhere. */
const ATTEND_MS = 10_000;
const MOST_TRIES = 10;

/**
 * Where each session's song is. Kept in memory, where it rests in the database too: after a restart a song rests at the place it was
 * last sent to, or stopped at. With several instances one anchor is shared, and moved by one at a time; while that cannot be reached,
 * each instance goes on with what it knows, and the one that was moved last counts afterwards.
 */
export class Anchors {
  private readonly kept = new Map<string, Kept>();
  private readonly attending: NodeJS.Timeout | null;
  /** Moved while it could not be told where it is kept for all. */
  private readonly untold = new Set<string>();

  constructor(private readonly needs: AnchorsNeeds) {
    this.attending = needs.shared && setInterval(() => this.beat(), ATTEND_MS);
    this.attending?.unref();
  }

  /** Learns where the song of a session is, before anybody is told of it. */
  async load(sessionId: string): Promise<void> {
    const { shared, places, clock } = this.needs;
    if (!this.kept.has(sessionId)) {
      const place = await places.of(sessionId);
      // Somebody else may have come in, and moved it, meanwhile. Of several instances none may believe itself newer than it knows to be.
      const anchor = { ...restingAnchor(clock()), ...place, ...(shared ? { version: 0 } : {}) };
      if (!this.kept.has(sessionId)) this.kept.set(sessionId, { anchor, emptySince: shared ? 0 : null });
    }
    if (shared && this.kept.get(sessionId)?.emptySince !== null) await this.learn(sessionId, shared);
  }

  /**
   * Moves the song: `next` makes the new anchor from the present one. It is on all instances a moment later; the result is what it is
   * now. The same anchor changes nothing.
   */
  async move(sessionId: string, next: (anchor: Anchor) => Anchor): Promise<Anchor> {
    for (let tries = 1; ; tries++) {
      const before = this.of(sessionId);
      const after = next(before);
      if (after === before) return before;
      const inTheWay = tries < MOST_TRIES && this.needs.shared ? await this.swap(this.needs.shared, sessionId, before, after) : null;
      if (inTheWay === null) {
        this.set(sessionId, after);
        publish(this.needs.bus, 'anchor', { sessionId, anchor: after });
        return after;
      }
      this.adopt(sessionId, inTheWay);
    }
  }

  /** An anchor that was published, here or on another instance. True when those who are here have to hear of it. */
  heard(sessionId: string, anchor: Anchor): boolean {
    const known = this.kept.get(sessionId)?.anchor;
    if (known === undefined || known === anchor) return known === anchor;
    if (anchor.version > known.version) this.adopt(sessionId, anchor);
    // Two instances that could not agree moved it at once: the later move stays, and is told anew.
    else if (anchor.version === known.version && standsAgainst(known, anchor)) {
      void this.move(sessionId, (mine) => ({ ...mine, version: mine.version + 1 }));
    }
    return anchor.version > known.version;
  }

  /** Somebody has come in; returns the anchor as they find it. */
  entered(sessionId: string): Anchor {
    const anchor = this.of(sessionId);
    this.kept.set(sessionId, { anchor, emptySince: null });
    return anchor;
  }

  /** The last connection of the session has gone. */
  emptied(sessionId: string): void {
    const known = this.kept.get(sessionId);
    if (!known) return;
    this.kept.set(sessionId, { ...known, emptySince: this.needs.clock() });
    this.attend([sessionId]);
    this.rest(sessionId, known.anchor);
  }

  forget(sessionId: string): void {
    this.kept.delete(sessionId);
    this.needs.places.forget(sessionId);
    this.needs.shared?.forget(sessionId).catch(() => {});
  }

  /** Songs that play rest where they are now; everything is written when it resolves. */
  async close(): Promise<void> {
    if (this.attending) clearInterval(this.attending);
    for (const [sessionId, { anchor, emptySince }] of this.kept) if (emptySince === null) this.rest(sessionId, anchor);
    await this.needs.places.close();
  }

  private of(sessionId: string): Anchor {
    const now = this.needs.clock();
    const { anchor, emptySince } = this.kept.get(sessionId) ?? { anchor: restingAnchor(now), emptySince: null };
    const found = emptySince === null ? anchor : leftAlone(anchor, emptySince, now);
    this.kept.set(sessionId, { anchor: found, emptySince });
    return found;
  }

  private set(sessionId: string, anchor: Anchor): void {
    this.kept.set(sessionId, { anchor, emptySince: null });
    this.needs.places.keep(sessionId, anchor);
  }

  private adopt(sessionId: string, anchor: Anchor): void {
    const known = this.kept.get(sessionId);
    if (known && known.anchor.version >= anchor.version) return;
    this.kept.set(sessionId, { anchor, emptySince: known?.emptySince ?? null });
  }

  /** Nobody is here: others may have moved it, or may still be listening. */
  private async learn(sessionId: string, shared: SharedAnchors): Promise<void> {
    try {
      const found = await shared.read(sessionId);
      const known = this.kept.get(sessionId);
      if (!known) return;
      if (found) {
        // Who came in while it was asked is here now.
        if (known.emptySince !== null) this.kept.set(sessionId, { ...known, emptySince: Math.max(found.attended, known.emptySince) });
        this.adopt(sessionId, found.anchor);
      } else {
        const begun = { ...known.anchor, version: Math.max(known.anchor.version, restingAnchor(this.needs.clock()).version) };
        this.adopt(sessionId, (await shared.swap(sessionId, 0, begun)) ?? begun);
      }
    } catch (error) {
      this.needs.log.warn({ err: error, sessionId }, 'where the song is was not learned from the other instances');
    }
  }

  private async swap(shared: SharedAnchors, sessionId: string, before: Anchor, after: Anchor): Promise<Anchor | null> {
    try {
      return await shared.swap(sessionId, before.version, after);
    } catch (error) {
      this.needs.log.warn({ err: error, sessionId }, 'the song was moved without the other instances');
      this.untold.add(sessionId);
      return null;
    }
  }

  private beat(): void {
    this.attend([...this.kept].flatMap(([sessionId, { emptySince }]) => (emptySince === null ? [sessionId] : [])));
    for (const sessionId of [...this.untold]) {
      this.untold.delete(sessionId);
      if (this.kept.has(sessionId)) void this.move(sessionId, (anchor) => ({ ...anchor, version: anchor.version + 1 }));
    }
  }

  private attend(sessionIds: readonly string[]): void {
    this.needs.shared?.attend(sessionIds, this.needs.clock()).catch(() => {});
  }

  private rest(sessionId: string, anchor: Anchor): void {
    const { places, clock } = this.needs;
    if (anchor.playing) places.keep(sessionId, { position: positionAt(anchor, clock()), loop: anchor.loop });
  }
}

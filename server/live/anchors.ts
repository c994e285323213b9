import { positionAt } from '../../lib/clock';
import type { Anchor } from '../../lib/protocol';
import type { RestingPlaces } from './resting-places';
import { leftAlone, restingAnchor } from './transport';

/**
 * Where each session's song is. Kept in memory, and where it rests in the database too: after a restart a song rests at the
 * place it was last sent to, or stopped at.
 */
export class Anchors {
  private readonly kept = new Map<string, { anchor: Anchor; emptySince: number | null }>();

  constructor(
    private readonly clock: () => number,
    private readonly places: RestingPlaces,
  ) {}

  /** Reads where the song of a session rests, before anybody is told of it. */
  async load(sessionId: string): Promise<void> {
    if (this.kept.has(sessionId)) return;
    const place = await this.places.of(sessionId);
    // Somebody else may have come in, and moved it, meanwhile.
    if (place === null || this.kept.has(sessionId)) return;
    this.kept.set(sessionId, { anchor: { ...restingAnchor(this.clock()), ...place }, emptySince: null });
  }

  of(sessionId: string): Anchor {
    const now = this.clock();
    const known = this.kept.get(sessionId) ?? { anchor: restingAnchor(now), emptySince: null };
    if (known.emptySince !== null) known.anchor = leftAlone(known.anchor, known.emptySince, now);
    this.kept.set(sessionId, known);
    return known.anchor;
  }

  set(sessionId: string, anchor: Anchor): void {
    this.kept.set(sessionId, { anchor, emptySince: null });
    this.places.keep(sessionId, anchor);
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
    known.emptySince = this.clock();
    this.rest(sessionId, known.anchor);
  }

  forget(sessionId: string): void {
    this.kept.delete(sessionId);
    this.places.forget(sessionId);
  }

  /** Songs that play rest where they are now; everything is written when it resolves. */
  async close(): Promise<void> {
    for (const [sessionId, { anchor, emptySince }] of this.kept) if (emptySince === null) this.rest(sessionId, anchor);
    await this.places.close();
  }

  private rest(sessionId: string, anchor: Anchor): void {
    if (anchor.playing) this.places.keep(sessionId, { position: positionAt(anchor, this.clock()), loop: anchor.loop });
  }
}

import type { Anchor } from '../../lib/protocol';
import { leftAlone, restingAnchor } from './transport';

/** Where each session's song is. Kept in memory: after a restart every song rests at its beginning. */
export class Anchors {
  private readonly kept = new Map<string, { anchor: Anchor; emptySince: number | null }>();

  constructor(private readonly clock: () => number) {}

  of(sessionId: string): Anchor {
    const now = this.clock();
    const known = this.kept.get(sessionId) ?? { anchor: restingAnchor(now), emptySince: null };
    if (known.emptySince !== null) known.anchor = leftAlone(known.anchor, known.emptySince, now);
    this.kept.set(sessionId, known);
    return known.anchor;
  }

  set(sessionId: string, anchor: Anchor): void {
    this.kept.set(sessionId, { anchor, emptySince: null });
  }

  /** Somebody has come in; returns the anchor as they find it. */
  entered(sessionId: string): Anchor {
    const anchor = this.of(sessionId);
    this.set(sessionId, anchor);
    return anchor;
  }

  /** The last connection of the session has gone. */
  emptied(sessionId: string): void {
    const known = this.kept.get(sessionId);
    if (known) known.emptySince = this.clock();
  }

  forget(sessionId: string): void {
    this.kept.delete(sessionId);
  }
}

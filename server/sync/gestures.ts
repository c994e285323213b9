import { type Difference, describeGesture, folded, type GestureAbout, type Look, overlaps, reverts } from '../../lib/mix';
import { newId } from '../../lib/std';
import type { NewGesture } from '../ports';
import { FIXED } from './limits';

interface Known {
  readonly id: string;
  readonly userId: string | null;
  readonly at: number;
  until: number;
  readonly about: GestureAbout;
  differences: readonly Difference[];
  /** The ids of the records that it changes. */
  readonly records: ReadonlySet<string>;
  readonly reverts: string | null;
  /** False once something else has come in between. */
  open: boolean;
}

/** Whose differences they are, and when they came. */
export interface Doing {
  /** Null for the service itself. */
  readonly userId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The gesture that is taken back by this one. */
  readonly reverts?: string;
  /** The service's own housekeeping, which nobody asked for. */
  readonly upkeep?: boolean;
}

/** Makes gestures of one mix's updates: what one hand does without letting go is one. SPEC.md 11. */
export class Gestures {
  /** The newest last. */
  private recent: Known[] = [];

  /** The gesture that an update is or goes on with; null where it changed nothing. `look` finds the records as they now are. */
  note(differences: readonly Difference[], look: Look, doing: Doing): NewGesture | null {
    if (differences.length === 0) return null;
    const open = this.goesOn(differences, doing);
    this.end(differences, open);
    return written(open ?? this.begin(differences, look, doing));
  }

  /** Somebody else, whose gestures another instance writes, has changed this. */
  interrupt(differences: readonly Difference[]): void {
    if (differences.length > 0) this.end(differences, null);
  }

  /** Nothing goes on any more: what comes now begins anew. */
  forget(): void {
    this.recent = [];
  }

  /** Ends what these differences change something of. */
  private end(differences: readonly Difference[], except: Known | null): void {
    for (const known of this.recent) {
      if (!known.open || known === except || !differences.some(({ id }) => known.records.has(id))) continue;
      if (overlaps(known.differences, differences)) known.open = false;
    }
  }

  /** The gesture that these differences go on with, with them in it. */
  private goesOn(differences: readonly Difference[], { userId, at, reverts: taken }: Doing): Known | null {
    if (userId === null || taken !== undefined) return null;
    for (const known of this.recent) {
      if (!known.open) continue;
      if (at - known.until > FIXED.gestureGapMs || at - known.at > FIXED.gestureMs) known.open = false;
      if (!known.open || known.userId !== userId) continue;
      const both = folded(known.differences, differences);
      if (both === null) continue;
      known.differences = both;
      known.until = at;
      return known;
    }
    return null;
  }

  private begin(differences: readonly Difference[], look: Look, { userId, at, reverts: taken, upkeep }: Doing): Known {
    const about = describeGesture(differences, look);
    const undone = taken ?? this.recent.findLast((known) => known.userId === userId && reverts(known.differences, differences))?.id ?? null;
    const known: Known = {
      id: newId(),
      userId,
      at,
      until: at,
      about: upkeep ? { ...about, kind: 'upkeep' } : about,
      differences,
      records: new Set(differences.map(({ id }) => id)),
      reverts: undone,
      open: differences.length <= FIXED.gestureDifferences,
    };
    // What is long is not compared with what comes: it is a gesture of its own.
    if (known.open) this.recent.push(known);
    if (this.recent.length > FIXED.gesturesKnown) this.recent.shift();
    return known;
  }
}

function written({ id, userId, at, until, about, differences, reverts: taken }: Known): NewGesture {
  const { kind, strips, names, inserts } = about;
  const body = JSON.stringify({ names, inserts, differences });
  return { id, userId, at, until, kind, strips, reverts: taken, body };
}

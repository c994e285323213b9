import {
  chained,
  type Difference,
  describeGesture,
  folded,
  type GestureAbout,
  type Look,
  overlaps,
  type Records,
  reverts,
  sameCells,
} from '../../lib/mix';
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
  /** Those that have gone on since they were last handed out. */
  private readonly unwritten = new Set<Known>();

  /** How many gestures have gone on since they were last handed out to be written. */
  get behind(): number {
    return this.unwritten.size;
  }

  /**
   * The gesture that an update begins, or adds to; it is to be written with the update. Null where it changed nothing, or a gesture goes
   * on with the same fields: that may be written later, for what it led to can be found again in the document. `look` finds the records
   * as they now are.
   */
  note(differences: readonly Difference[], look: Look, doing: Doing): NewGesture | null {
    if (differences.length === 0) return null;
    const open = this.recent.length > 0 ? this.goesOn(differences, doing) : null;
    this.end(differences, open?.known ?? null);
    if (open && !open.more) {
      this.unwritten.add(open.known);
      return null;
    }
    const known = open?.known ?? this.begin(differences, look, doing);
    this.unwritten.delete(known);
    return written(known);
  }

  /** What has gone on since it was written, as it is now. */
  takeBehind(): NewGesture[] {
    const gestures = [...this.unwritten].map(written);
    this.unwritten.clear();
    return gestures;
  }

  /** Somebody else, whose gestures another instance writes, has changed this. */
  interrupt(differences: readonly Difference[]): void {
    if (differences.length > 0) this.end(differences, null);
  }

  /** What comes from now on begins gestures of its own. */
  endAll(): void {
    for (const known of this.recent) known.open = false;
  }

  /**
   * A commit failed: nothing goes on any more, and what began with an update that is `lost` has not been. What had been written leads to
   * `records` again, those that are on disk, and is to be written so.
   */
  forget(lost: ReadonlySet<string>, records: () => Records): void {
    const older = [...this.unwritten].filter((known) => !this.recent.includes(known));
    const left = [...older, ...this.recent].filter(({ id }) => !lost.has(id));
    this.recent = [];
    this.unwritten.clear();
    if (left.length === 0) return;
    const now = chained(
      left.map(({ differences }) => differences),
      records(),
    );
    for (const [index, known] of left.entries()) this.unwritten.add({ ...known, differences: now[index] ?? known.differences });
  }

  /** Ends what these differences change something of. */
  private end(differences: readonly Difference[], except: Known | null): void {
    for (const known of this.recent) {
      if (!known.open || known === except || !differences.some(({ id }) => known.records.has(id))) continue;
      if (overlaps(known.differences, differences)) known.open = false;
    }
  }

  /** The gesture that these differences go on with, with them in it; `more` where it changes more fields or fewer than before. */
  private goesOn(
    differences: readonly Difference[],
    { userId, at, reverts: taken }: Doing,
  ): { readonly known: Known; readonly more: boolean } | null {
    if (userId === null || taken !== undefined) return null;
    for (const known of this.recent) {
      if (!known.open) continue;
      if (at - known.until > FIXED.gestureGapMs || at - known.at > FIXED.gestureMs) known.open = false;
      if (!known.open || known.userId !== userId) continue;
      const both = folded(known.differences, differences);
      if (both === null) continue;
      const more = !sameCells(known.differences, both);
      known.differences = both;
      known.until = at;
      return { known, more };
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

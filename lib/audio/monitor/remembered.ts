import type { Crossfeed } from '../../desk';

/** Where a browser keeps things; null where it keeps nothing. */
export type Keeps = Pick<Storage, 'getItem' | 'setItem'>;

export type SoloMode = 'in place' | 'after' | 'before';

/** What this browser remembers of its listening: what depends on room, headphones and device, and surprises nobody on a reload. */
export interface Remembered {
  readonly level: number;
  readonly crossfeed: Crossfeed;
  readonly soloMode: SoloMode;
  /** Id of the output device; empty for the system's. */
  readonly output: string;
  /** Milliseconds that a device is later than it says, by its id. */
  readonly nudges: Readonly<Record<string, number>>;
}

const KEY = 'mixing-table.listening';
const FRESH: Remembered = { level: 0, crossfeed: 'off', soloMode: 'in place', output: '', nudges: {} };
const CROSSFEEDS: readonly unknown[] = ['off', 'light', 'medium', 'strong'] satisfies readonly Crossfeed[];
const SOLO_MODES: readonly unknown[] = ['in place', 'after', 'before'] satisfies readonly SoloMode[];
export const QUIETEST_DB = -60;
export const MOST_NUDGE_MS = 500;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const within = (value: unknown, from: number, until: number): value is number =>
  typeof value === 'number' && value >= from && value <= until;

function nudgesIn(value: unknown): Readonly<Record<string, number>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => within(entry[1], -MOST_NUDGE_MS, MOST_NUDGE_MS)),
  );
}

/** What was kept, as far as it makes sense; the defaults for the rest. */
export function recall(storage: Keeps | null): Remembered {
  let kept: unknown;
  try {
    kept = JSON.parse(storage?.getItem(KEY) ?? '{}');
  } catch {
    // Not ours, or not to be read: as if nothing had been kept.
  }
  if (!isRecord(kept)) return FRESH;
  const { level, crossfeed, soloMode, output, nudges } = kept;
  return {
    level: within(level, QUIETEST_DB, 0) ? level : FRESH.level,
    crossfeed: CROSSFEEDS.includes(crossfeed) ? (crossfeed as Crossfeed) : FRESH.crossfeed,
    soloMode: SOLO_MODES.includes(soloMode) ? (soloMode as SoloMode) : FRESH.soloMode,
    output: typeof output === 'string' ? output : FRESH.output,
    nudges: nudgesIn(nudges),
  };
}

/** Keeps some of it beside what is kept already; a full or forbidden store is no reason to stop. */
export function remember(storage: Keeps | null, change: Partial<Remembered>): void {
  try {
    storage?.setItem(KEY, JSON.stringify({ ...recall(storage), ...change }));
  } catch {
    // It holds until the page is closed.
  }
}

/** This browser's store; null where it has none or forbids it. */
export function browserStorage(): Keeps | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

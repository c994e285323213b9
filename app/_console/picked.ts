'use client';

import type { StripId } from '../../lib/mix';
import { createStore } from '../../lib/std';

const NOBODY: ReadonlySet<StripId> = new Set();

/** The strips picked together, to make a group or a VCA of them; of this page alone. */
export const picked = createStore(NOBODY);

/** Picks a strip or lets it go. The first pick takes the strip that is selected along: `beside`, null for none. */
export function togglePicked(strip: StripId, beside: StripId | null): void {
  const before = picked.get();
  const now = before.size === 0 && beside !== null ? new Set([beside]) : before;
  picked.set(now.has(strip) ? new Set([...now].filter((id) => id !== strip)) : new Set([...now, strip]));
}

export function clearPicked(): void {
  picked.set(NOBODY);
}

/** The strips that something done at `strip` is done to: all that are picked, where it is one of them. */
export function withPicked(strip: StripId): readonly StripId[] {
  const now = picked.get();
  return now.has(strip) ? [...now] : [strip];
}

'use client';

import { createStore } from '../../lib/std';

/** How wide the strips of this console are, in pixels; narrow ones leave out what does not fit. */
export const STRIP_WIDTHS = { narrow: 56, regular: 84, wide: 120 } as const;
export type StripWidth = keyof typeof STRIP_WIDTHS;

const KEPT = 'strip-width';
const ORDER = ['narrow', 'regular', 'wide'] as const satisfies readonly StripWidth[];

/** Of this browser alone. */
export const stripWidth = createStore<StripWidth>('regular');

/** Takes up what this browser has kept. */
export function recallStripWidth(): void {
  const kept = ORDER.find((width) => width === read());
  if (kept) stripWidth.set(kept);
}

export function setStripWidth(width: StripWidth): void {
  stripWidth.set(width);
  try {
    localStorage.setItem(KEPT, width);
  } catch {
    // A browser that keeps nothing still shows it, until the page is left.
  }
}

export function nextStripWidth(): void {
  setStripWidth(ORDER[(ORDER.indexOf(stripWidth.get()) + 1) % ORDER.length] ?? 'regular');
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

import type { CSSProperties } from 'react';

/** Places an element at a moment of the song, through the view that `applyView` keeps on its ancestor. */
export function at(seconds: number): CSSProperties {
  return { left: `calc((${seconds} - var(--from)) * var(--scale) * 1px)` };
}

/** Keeps the words of an element at `seconds` in sight while its beginning lies off the left edge. */
export function wordsInSight(seconds: number): CSSProperties {
  return { paddingLeft: `max(6px, calc((var(--from) - ${seconds}) * var(--scale) * 1px + 6px))` };
}

/** Places an element over a stretch. */
export function over(from: number, until: number): CSSProperties {
  return { ...at(from), width: `calc(${Math.max(0, until - from)} * var(--scale) * 1px)` };
}

import type { CSSProperties } from 'react';

/** Places an element at a moment of the song, through the view that `applyView` keeps on its ancestor. */
export function at(seconds: number): CSSProperties {
  return { left: `calc((${seconds} - var(--from)) * var(--scale) * 1px)` };
}

/** Places an element over a stretch. */
export function over(from: number, until: number): CSSProperties {
  return { ...at(from), width: `calc(${Math.max(0, until - from)} * var(--scale) * 1px)` };
}

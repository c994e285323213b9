const CALM_MS = 250;

/** Milliseconds between two pictures: none, or a quarter of a second where reduced motion is asked. */
export function calm(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_MS : 0;
}

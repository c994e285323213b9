'use client';

import { useEffect, useRef } from 'react';

/** Calls `paint` on every frame while mounted, with the newest closure; for values that must not pass through React. */
export function useFrame(paint: (now: number) => void): void {
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    let frame = requestAnimationFrame(function run(now) {
      latest.current(now);
      frame = requestAnimationFrame(run);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}

/** Writes `text` into an element only when it changed: the browser lays out nothing otherwise. */
export function paintText(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

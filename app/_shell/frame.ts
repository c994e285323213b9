'use client';

import { useEffect, useRef } from 'react';

type Paint = (now: number) => void;
const painters = new Set<Paint>();
let frame = 0;

function run(now: number): void {
  frame = requestAnimationFrame(run);
  for (const paint of painters) paint(now);
}

/** Calls `paint` on every frame, in the one loop of the page; the return ends it. */
export function onFrame(paint: Paint): () => void {
  painters.add(paint);
  if (painters.size === 1) frame = requestAnimationFrame(run);
  return () => {
    painters.delete(paint);
    if (painters.size === 0) cancelAnimationFrame(frame);
  };
}

/** Calls `paint` on every frame while mounted, with the newest closure; for values that must not pass through React. */
export function useFrame(paint: Paint): void {
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => onFrame((now) => latest.current(now)), []);
}

/** Writes `text` into an element only when it changed: the browser lays out nothing otherwise. */
export function paintText(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

'use client';

import { useEffect, useRef } from 'react';

type Paint = (now: number) => void;

/** Milliseconds between two pictures: thirty a second. Needles and digits look the same at sixty, and cost twice as much. */
const PERIOD = 1000 / 30;
/** A timer this much early still meets the screen's frame. */
const EARLY = 3;

const painters = new Set<Paint>();
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function run(now: number): void {
  const begun = performance.now();
  for (const paint of painters) paint(now);
  if (painters.size === 0) return;
  // Waiting by a timer, not by counting frames: a frame that is asked for costs the browser something even if nothing is painted.
  timer = setTimeout(() => (frame = requestAnimationFrame(run)), PERIOD - EARLY - (performance.now() - begun));
}

/** Calls `paint` thirty times a second, in the one loop of the page, while the page can be seen; the return ends it. */
export function onFrame(paint: Paint): () => void {
  painters.add(paint);
  if (painters.size === 1) frame = requestAnimationFrame(run);
  return () => {
    painters.delete(paint);
    if (painters.size > 0) return;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/** Calls `paint` on every picture while mounted, with the newest closure; for values that must not pass through React. */
export function useFrame(paint: Paint): void {
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => onFrame((now) => latest.current(now)), []);
}

/** Writes `text` into an element that holds nothing but text, and only when it changed; the text node stays the same one. */
export function paintText(element: HTMLElement | null, text: string): void {
  const node = element?.firstChild;
  if (node instanceof Text) {
    if (node.data !== text) node.data = text;
  } else if (element && text) element.textContent = text;
}

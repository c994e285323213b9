import type { FrameLoop } from './fetch-plan';

/**
 * Where a reference is while the song is at `frame`: as much further on as its `offset` says, folded into the stretch of its own that
 * repeats. Frames, or any other unit that all of them share. The desk does the same (`lib/desk/assembly/reference.ts`).
 */
export function referenceFrame(frame: number, offset: number, loop: FrameLoop | null): number {
  const place = frame + offset;
  if (!loop || loop.until <= loop.from) return place;
  const length = loop.until - loop.from;
  return loop.from + ((((place - loop.from) % length) + length) % length);
}

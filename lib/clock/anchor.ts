import type { Anchor, Loop } from '../protocol';

/** `position` (seconds), reached by playing on from `start`, folded into the loop; rule 13 of SPEC.md. */
export function foldIntoLoop(position: number, start: number, loop: Loop | null): number {
  if (!loop || start >= loop.until || position < loop.until) return position;
  return loop.from + ((position - loop.from) % (loop.until - loop.from));
}

/** Where the song is at server time `server` (ms), in seconds; rules 11 to 13 of SPEC.md. */
export function positionAt(anchor: Anchor, server: number): number {
  if (!anchor.playing) return anchor.position;
  const run = Math.max(0, server - anchor.at) / 1000;
  return foldIntoLoop(anchor.position + run, anchor.position, anchor.loop);
}

/**
 * Where and when a player that needs `lead` milliseconds to start comes into the running song: at the anchor's own time
 * while that still lies `lead` ahead of `now` (server time), else in `lead` milliseconds. Position in seconds, time in ms.
 */
export function entry(anchor: Anchor, now: number, lead: number): { readonly position: number; readonly at: number } {
  const at = Math.max(anchor.at, now + lead);
  return { position: positionAt(anchor, at), at };
}

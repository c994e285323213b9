import { createHash } from 'node:crypto';

/** So many colours tell people apart; `app/palette.ts` has as many. */
const COLORS = 12;

/** The colour that somebody has where no session says otherwise, and gets in a session when it is free there. */
export function ownColor(userId: string): number {
  return createHash('sha256').update(userId).digest().readUInt16BE(0) % COLORS;
}

/**
 * The colour for somebody who joins those with the colours `taken`: their own, or the next after it that nobody has. Where all are
 * taken, the next of those that fewest have.
 */
export function freeColor(taken: readonly number[], own: number): number {
  const counts = Array.from({ length: COLORS }, (_, color) => taken.filter((other) => other === color).length);
  const fewest = Math.min(...counts);
  const order = counts.map((_, step) => (own + step) % COLORS);
  return order.find((color) => counts[color] === fewest) ?? own;
}

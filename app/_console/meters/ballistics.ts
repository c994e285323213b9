/** How a meter moves: up at once, down slowly, with a mark that stays at the highest for a while. */
export interface Needle {
  /** Shown level and its held mark, as gains. */
  level: number;
  hold: number;
  /** Milliseconds (any monotonic clock) until which the mark stays. */
  holdUntil: number;
}

const HOLD_MS = 1500;
/** Return of a type I peak meter, IEC 60268-10: 20 dB in 1.7 s, here a little quicker for the eye. */
const FALL_DB_PER_SECOND = 20;

export function newNeedle(): Needle {
  return { level: 0, hold: 0, holdUntil: 0 };
}

/** Moves a needle to a new reading; `elapsed` and `now` in milliseconds. */
export function swing(needle: Needle, reading: number, elapsed: number, now: number): void {
  const fall = 10 ** ((-FALL_DB_PER_SECOND * elapsed) / 20_000);
  needle.level = Math.max(reading, needle.level * fall);
  if (needle.level >= needle.hold) {
    needle.hold = needle.level;
    needle.holdUntil = now + HOLD_MS;
  } else if (now > needle.holdUntil) {
    needle.hold = Math.max(needle.level, needle.hold * fall);
  }
}

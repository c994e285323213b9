const FLOOR_DB = -70;
const LEVEL_FALL_MS = 8;
const TAIL_FALL_MS = 400;
const GLIDE_MS = 0.7;
const MOST_DB = 15;

export interface TransientSettings {
  /** Percent, −100…100. */
  readonly attack: number;
  readonly sustain: number;
  /** How long a beginning lasts, ms. */
  readonly speed: number;
}

/** The gain in dB that the desk's transient shaper gives to a sound with these peak levels (dB), one every `step` milliseconds. */
export function transientGains({ attack, sustain, speed }: TransientSettings, levels: readonly number[], step: number): number[] {
  const share = (milliseconds: number) => 1 - Math.exp(-step / milliseconds);
  let [level, slow, tail, gain] = [FLOOR_DB, FLOOR_DB, FLOOR_DB, 0];
  return levels.map((peak) => {
    const now = Math.max(FLOOR_DB, peak);
    level = now > level ? now : level + share(LEVEL_FALL_MS) * (now - level);
    slow = level > slow ? slow + share(speed) * (level - slow) : level;
    tail = level > tail ? level : tail + share(TAIL_FALL_MS) * (level - tail);
    const wanted = (attack / 100) * Math.min(MOST_DB, level - slow) + (sustain / 100) * Math.min(MOST_DB, (tail - level) / 2);
    gain += share(GLIDE_MS) * (Math.min(MOST_DB, Math.max(-MOST_DB, wanted)) - gain);
    return gain;
  });
}

import type { Speaker } from './source';

/** −3 dB, as ITU-R BS.775-3 annex 4 folds centre and surround into left and right. */
const HALF_POWER = Math.SQRT1_2;

/** Gains into left and right. BS.775 leaves the low-frequency channel out of a fold-down. */
const GAINS: Readonly<Record<Exclude<Speaker, 'other'>, readonly [number, number]>> = {
  left: [1, 0],
  right: [0, 1],
  centre: [HALF_POWER, HALF_POWER],
  low: [0, 0],
  'surround-left': [HALF_POWER, 0],
  'surround-right': [0, HALF_POWER],
  back: [0.5, 0.5],
};

export interface Fold {
  readonly channels: 1 | 2;
  /** False where the channels stay as they are. */
  readonly changes: boolean;
  /** True for a surround layout that is known. */
  readonly surround: boolean;
  /** What was done, for the user; null where nothing was. */
  readonly note: string | null;
  apply(block: readonly Float32Array[]): readonly Float32Array[];
}

/**
 * One or two channels from any number: mono and stereo stay, known surround layouts fold to stereo by BS.775, and channels
 * that nothing is known of are summed to mono.
 */
export function foldOf(speakers: readonly Speaker[]): Fold {
  const count = speakers.length;
  if (count <= 2) return { channels: count === 1 ? 1 : 2, changes: false, surround: false, note: null, apply: (block) => block };
  if (speakers.includes('other')) {
    const gains = speakers.map(() => 1);
    const note = `Its ${count} channels say nothing of where they belong; they were summed to mono.`;
    return { channels: 1, changes: true, surround: false, note, apply: (block) => [weighed(block, gains)] };
  }
  const gains = speakers.map((speaker) => (speaker === 'other' ? [0, 0] : GAINS[speaker]));
  const sides = [0, 1].map((side) => gains.map((gain) => gain[side] ?? 0));
  const note = `Its ${count} channels were folded down to stereo.`;
  return { channels: 2, changes: true, surround: true, note, apply: (block) => sides.map((side) => weighed(block, side)) };
}

function weighed(block: readonly Float32Array[], gains: readonly number[]): Float32Array {
  const sum = new Float32Array(block[0]?.length ?? 0);
  block.forEach((samples, channel) => {
    const gain = gains[channel] ?? 0;
    if (gain === 0) return;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + gain * (samples[i] ?? 0);
  });
  return sum;
}

/** How loud a stem is over time: the largest magnitude (0…1) of each stretch of 1/`rate` seconds, at halving resolutions. */
export interface Wave {
  /** Peaks in a second of the finest level. */
  readonly rate: number;
  /** Finest first; each level halves the one before by taking the larger of two. */
  readonly levels: readonly Float32Array[];
}

/** Builds all levels over the finest one. */
export function waveOf(peaks: Float32Array, rate: number): Wave {
  const levels = [peaks];
  let level = peaks;
  while (level.length > 64) {
    const half = new Float32Array(Math.ceil(level.length / 2));
    for (let i = 0; i < half.length; i++) half[i] = Math.max(level[2 * i] ?? 0, level[2 * i + 1] ?? 0);
    levels.push(half);
    level = half;
  }
  return { rate, levels };
}

/** The largest magnitude from `from` to `until` seconds, from the level that needs the fewest steps. */
export function peakWithin(wave: Wave, from: number, until: number): number {
  const want = Math.floor(Math.log2(Math.max(1, (until - from) * wave.rate)));
  const index = Math.min(Math.max(0, want - 1), wave.levels.length - 1);
  const level = wave.levels[index];
  if (!level) return 0;
  const rate = wave.rate / 2 ** index;
  const first = Math.max(0, Math.floor(from * rate));
  const last = Math.min(level.length, Math.max(first + 1, Math.ceil(until * rate)));
  let peak = 0;
  for (let i = first; i < last; i++) peak = Math.max(peak, level[i] ?? 0);
  return peak;
}

const OVERVIEW_RATE = 50;
const MOST_OVERVIEW_PEAKS = 32_768;

/**
 * The mix's outline from its stems': powers add, as they do for sounds that have nothing to do with each other, each at its
 * gain. It shows where the song is loud; what the meters read is measured from the sound itself.
 */
export function sumWaves(stems: readonly { readonly wave: Wave; readonly gain: number }[], length: number): Wave {
  const count = Math.max(1, Math.min(MOST_OVERVIEW_PEAKS, Math.ceil(length * OVERVIEW_RATE)));
  const rate = count / Math.max(length, 1e-3);
  const sum = new Float32Array(count);
  for (const { wave, gain } of stems) {
    if (gain <= 0) continue;
    for (let i = 0; i < count; i++) sum[i] = (sum[i] ?? 0) + (gain * peakWithin(wave, i / rate, (i + 1) / rate)) ** 2;
  }
  for (let i = 0; i < count; i++) sum[i] = Math.sqrt(sum[i] ?? 0);
  return waveOf(sum, rate);
}

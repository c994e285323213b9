import type { Engine } from '../../audio';
import type { Mix } from '../../mix';
import type { Loop } from '../../protocol';
import { mixState } from '../ears/mix-state';

/** Loudness of so many mixes is remembered. */
const REMEMBERED = 48;

/** Loudness of mixes over a stretch of the song, measured once for each. */
export class MixLoudness {
  private readonly known = new Map<string, number>();

  constructor(private readonly engine: Pick<Engine, 'loudness' | 'length'>) {}

  /** LUFS over the loop, or over the whole song without one. Rejects when cancelled, and when a stem cannot be read. */
  async of(mix: Mix, loop: Loop | null, progress: (done: number) => void, cancel: AbortSignal): Promise<number> {
    const { engine } = this;
    const stretch = loop ?? { from: 0, until: engine.length.get() };
    const key = `${await mixState(mix)} ${stretch.from} ${stretch.until}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const measured = await engine.loudness(mix, stretch, progress, cancel);
    this.known.set(key, measured);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return measured;
  }
}

/**
 * The gain in dB, 0 or less, that brings a mix to the loudness of the quietest of those compared, so that nothing is pushed into the
 * guard. Silence is not matched to.
 */
export function matchingGain(loudness: number, all: Iterable<number>): number {
  const audible = [...all].filter(Number.isFinite);
  if (!Number.isFinite(loudness) || audible.length === 0) return 0;
  return Math.min(...audible) - loudness;
}

import type { Mix } from '../../mix';
import type { Loop } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Match } from '../types';
import { type MixLoudness, matchingGain } from './loudness';

export interface MatcherParts {
  readonly loudness: Pick<MixLoudness, 'of'>;
  readonly loop: ReadableStore<Loop | null>;
  readonly scope: Scope;
}

/** A mix that somebody still moves is measured once it has rested for so long. */
const REST_MS = 700;
const NOT_READ = 'The versions could not be matched in loudness, for a stem could not be read.';

/** Measures the mixes that are compared, and says by how much each is turned down so that all are equally loud. */
export class Matcher {
  private readonly matchStore = createStore<Match>({ state: 'off' });
  readonly match: ReadableStore<Match> = this.matchStore;
  private mixes: ReadonlyMap<string, ReadableStore<Mix>> = new Map();
  private gains: ReadonlyMap<string, number> = new Map();
  private measuring: AbortController | null = null;
  private watching: Scope;

  constructor(private readonly parts: MatcherParts) {
    this.watching = parts.scope.child();
  }

  /** The gain in dB of one of the mixes, 0 where they are not matched, or not yet. */
  gainOf(id: string): number {
    return this.gains.get(id) ?? 0;
  }

  /** Matches these mixes with each other from now on, and again whenever one of them or the loop has changed. None: matches nothing. */
  begin(mixes: ReadonlyMap<string, ReadableStore<Mix>>): void {
    this.watching.close();
    this.stop();
    this.watching = this.parts.scope.child();
    this.mixes = mixes;
    this.gains = new Map();
    if (mixes.size < 2) {
      this.matchStore.set({ state: 'off' });
      return;
    }
    let resting: (() => void) | null = null;
    const again = () => {
      this.stop();
      resting?.();
      resting = this.watching.after(REST_MS, () => void this.measure());
    };
    for (const mix of mixes.values()) this.watching.add(mix.subscribe(again));
    this.watching.add(this.parts.loop.subscribe(again));
    this.watching.add(() => this.stop());
    void this.measure();
  }

  private stop(): void {
    this.measuring?.abort(new DOMException('Measured anew.', 'AbortError'));
    this.measuring = null;
  }

  private async measure(): Promise<void> {
    const mine = new AbortController();
    this.measuring = mine;
    const loop = this.parts.loop.get();
    const measured = new Map<string, number>();
    try {
      for (const [id, mix] of this.mixes) {
        const progress = (done: number) => {
          if (this.measuring === mine) this.matchStore.set({ state: 'measuring', done: (measured.size + done) / this.mixes.size });
        };
        progress(0);
        measured.set(id, await this.parts.loudness.of(mix.get(), loop, progress, mine.signal));
        if (this.measuring !== mine) return;
      }
    } catch {
      if (this.measuring === mine) this.matchStore.set({ state: 'failed', why: NOT_READ });
      return;
    }
    this.measuring = null;
    this.gains = new Map([...measured].map(([id, loudness]) => [id, matchingGain(loudness, measured.values())]));
    this.matchStore.set({ state: 'matched', loudness: measured, gains: this.gains });
  }
}

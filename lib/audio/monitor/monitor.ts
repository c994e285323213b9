import type { Mix, StripId } from '../../mix';
import { createStore, type ReadableStore } from '../../std';
import type { KeyHeard, Listening, Monitor } from '../types';
import { type Keeps, QUIETEST_DB, recall, remember, type SoloMode } from './remembered';

const NOBODY: ReadonlySet<StripId> = new Set();

/** What the monitor tells the desk of. */
export interface MonitorHeard {
  /** Somebody was soloed or is no longer, or is heard in another way; or the key of a processor. */
  soloChanged(): void;
  listeningChanged(): void;
  dipChanged(): void;
}

/** This listener's own solo and ears; see `Monitor`. */
export class DeskMonitor implements Monitor {
  private readonly soloStore = createStore(NOBODY);
  private readonly keyStore = createStore<KeyHeard | null>(null);
  private readonly modeStore;
  private readonly listeningStore;
  private matched = 0;
  private turnedDown = 0;
  /** dB by which the mix is turned down while somebody speaks. */
  dipped = 0;

  constructor(
    private readonly heard: MonitorHeard,
    private readonly storage: Keeps | null,
  ) {
    const { level, crossfeed, soloMode } = recall(storage);
    this.modeStore = createStore<SoloMode>(soloMode);
    this.listeningStore = createStore<Listening>({
      level,
      dim: false,
      mono: false,
      side: false,
      swap: false,
      invert: false,
      band: 'all',
      crossfeed,
    });
  }

  get soloed(): ReadableStore<ReadonlySet<StripId>> {
    return this.soloStore;
  }

  get soloMode(): ReadableStore<SoloMode> {
    return this.modeStore;
  }

  get listening(): ReadableStore<Listening> {
    return this.listeningStore;
  }

  get key(): ReadableStore<KeyHeard | null> {
    return this.keyStore;
  }

  hearKey(key: KeyHeard | null): void {
    this.keyStore.set(key);
    this.heard.soloChanged();
  }

  /** What is gone from the mix is not soloed any more, nor a processor heard: coming back by undo, it comes back without. */
  forgetGone(mix: Mix): void {
    const soloed = this.soloStore.get();
    const left = [...soloed].filter((strip) => mix.strips.has(strip));
    if (left.length < soloed.size) this.soloStore.set(new Set(left));
    const key = this.keyStore.get();
    const there = key?.on === 'strip' ? mix.strips.has(key.id) : key === null || mix.inserts.has(key.id);
    if (!there) this.keyStore.set(null);
  }

  toggleSolo(strip: StripId, exclusive: boolean): void {
    const now = this.soloStore.get();
    const was = now.has(strip);
    // Exclusive on the only soloed strip ends the solo; on one of several it keeps just that one.
    if (exclusive) this.setSolo(was && now.size === 1 ? NOBODY : new Set([strip]));
    else this.setSolo(was ? new Set([...now].filter((id) => id !== strip)) : new Set([...now, strip]));
  }

  clearSolo(): void {
    if (this.soloStore.get().size > 0) this.setSolo(NOBODY);
  }

  setSoloMode(mode: SoloMode): void {
    this.modeStore.set(mode);
    remember(this.storage, { soloMode: mode });
    this.heard.soloChanged();
  }

  listen(change: Partial<Listening>): void {
    const next = { ...this.listeningStore.get(), ...change };
    const level = Math.min(0, Math.max(QUIETEST_DB, next.level));
    this.listeningStore.set({ ...next, level });
    remember(this.storage, { level, crossfeed: next.crossfeed });
    this.heard.listeningChanged();
  }

  match(gain: number): void {
    if (gain === this.matched) return;
    this.matched = gain;
    this.heard.listeningChanged();
  }

  /** Turns all that is heard down by so many dB (0 or less), so that a reference can be as loud. */
  turnDown(level: number): void {
    if (level === this.turnedDown) return;
    this.turnedDown = level;
    this.heard.listeningChanged();
  }

  /** What the ears get: the listener's choices, with the gain that matches what is compared. */
  get settings(): Listening {
    const listening = this.listeningStore.get();
    return { ...listening, level: listening.level + this.matched + this.turnedDown };
  }

  dip(level: number): void {
    if (level === this.dipped) return;
    this.dipped = level;
    this.heard.dipChanged();
  }

  private setSolo(strips: ReadonlySet<StripId>): void {
    this.soloStore.set(strips);
    this.heard.soloChanged();
  }
}

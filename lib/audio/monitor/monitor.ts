import type { StripId } from '../../mix';
import { createStore, type ReadableStore } from '../../std';
import type { Monitor } from '../types';

const QUIETEST_DB = -60;
const NOBODY: ReadonlySet<StripId> = new Set();

/** What the monitor tells the desk of. */
export interface MonitorHeard {
  /** Somebody was soloed or is no longer. */
  soloChanged(): void;
  /** Level (dB), dim or mono changed. */
  levelChanged(): void;
}

/** This listener's own solo and level; see `Monitor`. */
export class DeskMonitor implements Monitor {
  private readonly soloStore = createStore(NOBODY);
  private readonly levelStore = createStore(0);
  private readonly monoStore = createStore(false);
  private readonly dimStore = createStore(false);

  constructor(private readonly heard: MonitorHeard) {}

  get soloed(): ReadableStore<ReadonlySet<StripId>> {
    return this.soloStore;
  }

  get level(): ReadableStore<number> {
    return this.levelStore;
  }

  get mono(): ReadableStore<boolean> {
    return this.monoStore;
  }

  get dim(): ReadableStore<boolean> {
    return this.dimStore;
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

  setLevel(decibels: number): void {
    this.levelStore.set(Math.min(0, Math.max(QUIETEST_DB, decibels)));
    this.heard.levelChanged();
  }

  setMono(on: boolean): void {
    this.monoStore.set(on);
    this.heard.levelChanged();
  }

  setDim(on: boolean): void {
    this.dimStore.set(on);
    this.heard.levelChanged();
  }

  private setSolo(strips: ReadonlySet<StripId>): void {
    this.soloStore.set(strips);
    this.heard.soloChanged();
  }
}

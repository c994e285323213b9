import { createStore, type ReadableStore } from '../../std';
import type { OutputDevice, Outputs } from '../types';
import { type Keeps, MOST_NUDGE_MS, recall, remember } from './remembered';

/** A context that can be led to a device (not in every browser). */
interface LedToDevice {
  readonly setSinkId?: (id: string) => Promise<void>;
}

/** What of `navigator.mediaDevices` is used. */
export type KnowsDevices = Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia'>;

const SYSTEM: OutputDevice = { id: '', name: "The system's output" };

/** Where this browser's sound goes, and how much later than it says; see `Outputs`. */
export class SoundOutputs implements Outputs {
  private readonly listStore = createStore<readonly OutputDevice[]>([SYSTEM]);
  private readonly chosenStore;
  private readonly nudgeStore;
  private readonly namedStore = createStore(true);
  private context: LedToDevice | null = null;

  constructor(
    private readonly storage: Keeps | null,
    private readonly devices: KnowsDevices | null,
    readonly choosable: boolean,
    /** Hears of every nudge, in milliseconds. */
    private readonly nudged: (ms: number) => void,
  ) {
    const { output, nudges } = recall(storage);
    const begin = choosable ? output : SYSTEM.id;
    this.chosenStore = createStore(begin);
    this.nudgeStore = createStore(nudges[begin] ?? 0);
    nudged(this.nudgeStore.get());
  }

  get list(): ReadableStore<readonly OutputDevice[]> {
    return this.listStore;
  }

  get named(): ReadableStore<boolean> {
    return this.namedStore;
  }

  get chosen(): ReadableStore<string> {
    return this.chosenStore;
  }

  get nudge(): ReadableStore<number> {
    return this.nudgeStore;
  }

  /** The sound begins: it goes to the remembered device, or where that is gone to the system's. */
  async connect(context: object): Promise<void> {
    this.context = context as LedToDevice;
    if (this.chosenStore.get() === SYSTEM.id) return;
    await this.choose(this.chosenStore.get()).catch(() => this.settle(SYSTEM.id));
  }

  async refresh(): Promise<void> {
    if (!this.choosable || !this.devices) return;
    const found = (await this.devices.enumerateDevices().catch(() => [])).filter(({ kind }) => kind === 'audiooutput');
    // Chromium lists the system's own choice once more as "default".
    const others = found.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
    this.namedStore.set(found.every(({ label }) => label !== ''));
    this.listStore.set([SYSTEM, ...others.map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Output ${index + 1}` }))]);
  }

  async askForNames(): Promise<void> {
    const stream = await this.devices?.getUserMedia({ audio: true });
    for (const track of stream?.getTracks() ?? []) track.stop();
    await this.refresh();
  }

  async choose(id: string): Promise<void> {
    try {
      await this.context?.setSinkId?.(id);
    } catch {
      throw new Error('This output cannot be used; it may have been unplugged. The sound stays where it was. Choose another one.');
    }
    this.settle(id);
  }

  setNudge(ms: number): void {
    const nudge = Math.round(Math.min(MOST_NUDGE_MS, Math.max(-MOST_NUDGE_MS, ms)));
    this.nudgeStore.set(nudge);
    remember(this.storage, { nudges: { ...recall(this.storage).nudges, [this.chosenStore.get()]: nudge } });
    this.nudged(nudge);
  }

  private settle(id: string): void {
    this.chosenStore.set(id);
    const { nudges } = recall(this.storage);
    remember(this.storage, { output: id });
    this.nudgeStore.set(nudges[id] ?? 0);
    this.nudged(this.nudgeStore.get());
  }
}

/** The outputs of the browser that this runs in. */
export function browserOutputs(storage: Keeps | null, nudged: (ms: number) => void): SoundOutputs {
  const choosable = typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;
  return new SoundOutputs(storage, globalThis.navigator?.mediaDevices ?? null, choosable, nudged);
}

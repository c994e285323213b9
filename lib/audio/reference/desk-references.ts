import type { Operation } from '../../desk';
import { createStore, type ReadableStore } from '../../std';
import { SAMPLE_RATE } from '../../units';
import type { AtHand } from '../stems/stem-streams';
import type { ReferenceAtHand, References } from '../types';

/** What references need of the engine. */
interface ReferenceMeans {
  /** Keeps these in the desk's memory. Throws a RangeError where there is none left. */
  keep(atHand: readonly AtHand[]): void;
  sources(): ReadonlyMap<string, number>;
  write(operations: readonly Operation[]): void;
  /** Turns all that is heard down by so many dB (0 or less). */
  turnDown(level: number): void;
}

const frames = (seconds: number) => Math.round(seconds * SAMPLE_RATE);
const SILENT = { source: -1, on: false, offset: 0, loop: null, level: 0 } as const;

const inFrames = ({ id, manifest, offset, loop }: ReferenceAtHand): AtHand => ({
  id,
  manifest,
  offset: frames(offset),
  loop: loop && { from: frames(loop.from), until: Math.min(frames(loop.until), manifest.frames) },
});

/** References at this machine's ears; see `References`. */
export class DeskReferences implements References {
  private readonly lateStore = createStore(false);
  readonly late: ReadableStore<boolean> = this.lateStore;
  private atHand: readonly ReferenceAtHand[] = [];
  private heard: string | null = null;
  /** What the desk has been told of last: it fades out by itself. */
  private last: string | null = null;

  constructor(private readonly means: ReferenceMeans) {}

  set(atHand: readonly ReferenceAtHand[], heard: string | null, down: number): void {
    this.atHand = atHand;
    this.heard = heard;
    this.last = heard ?? this.last;
    this.means.keep(atHand.map(inFrames));
    this.means.turnDown(down);
    this.restate();
  }

  /** Says again to a desk that slept what it has missed. */
  restate(): void {
    const found = this.atHand.find(({ id }) => id === this.last);
    const source = this.means.sources().get(this.last ?? '');
    if (!found || source === undefined) {
      this.means.write([{ do: 'reference', ...SILENT }]);
      return;
    }
    const { offset, loop } = inFrames(found);
    this.means.write([{ do: 'reference', source, on: this.heard !== null, offset, loop, level: found.level }]);
  }

  /** Tells whether the desk waits for data of the one that is to be heard. */
  look(late: boolean): void {
    this.lateStore.set(this.heard !== null && late);
  }
}

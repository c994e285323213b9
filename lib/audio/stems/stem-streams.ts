import type { Desk } from '../../desk';
import { type FrameLoop, SEGMENT_FRAMES, type StemManifest } from '../../media';
import type { StemLack } from '../types';
import { Decoding } from './decoding';
import { StemMemory, type StemPlace } from './stem-memory';
import type { FollowingPlace } from './worker-messages';

/** After a stem is no longer played its last block may still be fading out. */
const FADED_MS = 100;

/** Slots of a reference: one more than a stem's, so that a turn of its stretch finds what it leaves. */
const REFERENCE_DEPTH = 4;

/** A reference that is to be kept at hand; frames. */
export interface AtHand extends Omit<FollowingPlace, 'place'> {
  readonly id: string;
  readonly manifest: StemManifest;
}

interface Loaded {
  readonly memory: StemMemory;
  readonly references: StemMemory;
  readonly decoding: Decoding;
}

/** The stems of a session on their way into the desk: their room in its memory and the worker that fills it. */
export class StemStreams {
  private manifests: ReadonlyMap<string, StemManifest> = new Map();
  private atHand: readonly AtHand[] = [];
  private loaded: Loaded | null = null;
  private position = 0;
  private turn: FrameLoop | null = null;
  private closed = false;

  /** `changed` hears that stems for which there was no memory have found some: `sources` tells of them. */
  constructor(private readonly changed: () => void) {}

  /** The desk's source of each stem that can play. */
  get sources(): ReadonlyMap<string, number> {
    return this.loaded?.memory.sources ?? new Map();
  }

  /** The desk's memory is there; begins to fill it. */
  load(desk: Desk, module: WebAssembly.Module, workerUrl: string): void {
    this.loaded = {
      memory: new StemMemory(desk),
      references: new StemMemory(desk, REFERENCE_DEPTH, 'references'),
      decoding: new Decoding(workerUrl, module, desk.memory),
    };
    this.at(this.position);
    this.loop(this.turn);
    this.set(this.manifests);
    this.setReferences(this.atHand);
  }

  /** Afterwards `sources` tells the stems' places, `homeless` those for which there is no memory. */
  set(manifests: ReadonlyMap<string, StemManifest>): void {
    this.manifests = manifests;
    if (!this.loaded) return;
    const { memory, decoding } = this.loaded;
    const gone = memory.set(manifests);
    void decoding.stems(memory.places).then(() => this.giveBack(memory, gone));
  }

  /** Stems that are silent for want of memory. */
  get homeless(): readonly string[] {
    const sources = this.loaded?.memory.sources;
    return sources ? [...this.manifests.keys()].filter((stem) => !sources.has(stem)) : [];
  }

  /** The references to be kept at hand. One that there is no memory for has no source. */
  setReferences(atHand: readonly AtHand[]): void {
    this.atHand = atHand;
    if (!this.loaded) return;
    const { references, decoding } = this.loaded;
    const gone = references.set(new Map(atHand.map(({ id, manifest }) => [id, manifest])));
    const placed = atHand.flatMap(({ id, offset, loop }): FollowingPlace[] => {
      const place = references.places.find(({ stem }) => stem === id);
      return place ? [{ place, offset, loop }] : [];
    });
    void decoding.references(placed).then(() => this.giveBack(references, gone));
  }

  /** The desk's source of each reference at hand. */
  get referenceSources(): ReadonlyMap<string, number> {
    return this.loaded?.references.sources ?? new Map();
  }

  /** Where the playhead is about to be, in frames of the song. */
  at(frame: number): void {
    this.position = frame;
    this.loaded?.decoding.at(frame);
  }

  /** Whether all that sounds at a frame of the song is in the desk's memory. */
  holds(frame: number): boolean {
    return this.loaded?.memory.missing(frame).length === 0;
  }

  /** Why stems cannot be heard at a frame of the song, by stem. Nothing before the desk's memory is there. */
  lacks(frame: number): ReadonlyMap<string, StemLack> {
    if (!this.loaded) return new Map();
    const { memory, decoding } = this.loaded;
    const fileOf = ({ files }: StemPlace) => files[Math.floor(frame / SEGMENT_FRAMES)] ?? '';
    const damaged = memory.places.filter((place) => decoding.damaged.has(fileOf(place)));
    return new Map<string, StemLack>([
      ...this.homeless.map((stem) => [stem, 'no room'] as const),
      ...damaged.map(({ stem }) => [stem, 'damaged'] as const),
      ...memory.missing(frame).map((place) => [place.stem, decoding.failed.has(fileOf(place)) ? 'failing' : 'loading'] as const),
    ]);
  }

  loop(loop: FrameLoop | null): void {
    this.turn = loop;
    this.loaded?.decoding.loop(loop);
  }

  close(): void {
    this.closed = true;
    this.loaded?.decoding.close();
  }

  private giveBack(memory: StemMemory, gone: readonly StemPlace[]): void {
    if (gone.length === 0) return;
    setTimeout(() => {
      if (this.closed) return;
      memory.release(gone);
      if (this.homeless.length === 0) return;
      this.set(this.manifests);
      this.changed();
    }, FADED_MS);
  }
}

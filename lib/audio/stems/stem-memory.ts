import type { Desk } from '../../desk';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';

/** Where a stem's segments go, told to whoever fills them. */
export interface StemPlace {
  readonly stem: string;
  /** The desk's number of this source. */
  readonly source: number;
  readonly channels: 1 | 2;
  /** What decoded samples are to be multiplied by. */
  readonly gain: number;
  /** The address of each slot's memory. */
  readonly slots: readonly number[];
  /** The address of each segment's file; null where it is silent. */
  readonly files: readonly (string | null)[];
}

/** Segments of each stem in memory: the one that sounds and the next two, so that at least eight seconds are there to come. */
const DEPTH = 3;

const slotBytes = (channels: number) => SEGMENT_FRAMES * channels * Float32Array.BYTES_PER_ELEMENT;

/** Gives stems their sources and slots in the desk's memory, and takes them back. */
export class StemMemory {
  private readonly known = new Map<string, { readonly manifest: StemManifest; readonly place: StemPlace }>();
  private readonly taken = new Set<number>();

  constructor(
    private readonly desk: Desk,
    /** Slots of each stem. */
    private readonly depth = DEPTH,
  ) {}

  get places(): readonly StemPlace[] {
    return [...this.known.values()].map(({ place }) => place);
  }

  /** The desk's source of each stem. */
  get sources(): ReadonlyMap<string, number> {
    return new Map(this.places.map((place) => [place.stem, place.source]));
  }

  /**
   * Makes room for these stems and no others. Returns what is no longer played: its memory is to be given back with
   * `release` once nobody reads or fills it any more. A stem that the desk has no room or no memory for stays silent, and is tried
   * again with the next `set`.
   */
  set(manifests: ReadonlyMap<string, StemManifest>): readonly StemPlace[] {
    const gone: StemPlace[] = [];
    for (const [id, { manifest, place }] of this.known) {
      if (manifests.get(id) === manifest) continue;
      this.known.delete(id);
      gone.push(place);
    }
    for (const [id, manifest] of manifests) {
      if (this.known.has(id)) continue;
      const place = this.make(id, manifest);
      if (place) this.known.set(id, { manifest, place });
    }
    return gone;
  }

  /** The stems whose segment at a frame of the song is not there; one that has ended by then needs none. */
  missing(frame: number): readonly StemPlace[] {
    const segment = Math.floor(frame / SEGMENT_FRAMES);
    return this.places.filter(
      ({ source, slots, files }) => segment < files.length && !slots.some((_, slot) => this.desk.slotSegment(source, slot) === segment),
    );
  }

  release(places: readonly StemPlace[]): void {
    for (const place of places) {
      this.desk.setSource(place.source, 0, 1);
      for (let slot = 0; slot < this.desk.layout.maxSlots; slot++) this.desk.setSlot(place.source, slot, -1, 0);
      const [first] = place.slots;
      if (first !== undefined) this.desk.heap.free(first);
      this.taken.delete(place.source);
    }
  }

  private make(stem: string, manifest: StemManifest): StemPlace | null {
    const { channels, gain, segments, segmentBase, frames } = manifest;
    const source = Array.from({ length: this.desk.layout.maxSources }, (_, index) => index).find((index) => !this.taken.has(index));
    if (source === undefined) return null;
    const count = Math.min(this.depth, segments.length);
    const first = this.desk.heap.allocateIfRoom(count * slotBytes(channels));
    if (first === null) return null;
    this.taken.add(source);
    this.desk.setSource(source, frames, channels);
    return {
      stem,
      source,
      channels,
      gain,
      slots: Array.from({ length: count }, (_, slot) => first + slot * slotBytes(channels)),
      files: segments.map((name) => (name === null ? null : segmentBase + name)),
    };
  }
}

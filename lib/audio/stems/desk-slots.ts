import type { Desk } from '../../desk';
import { SEGMENT_FRAMES } from '../../media';
import type { DecodedSegment } from './decode';
import type { SourceSlots } from './filler';
import { pause } from './pause';
import type { StemPlace } from './stem-memory';

/** A silent segment has no memory of its own. */
const SILENCE = 0;

/** How often it is looked whether a slot still sounds: fades take 10 ms. */
const LOOK_MS = 5;
/** A block that began before a slot was emptied may read on in it for so long. */
const BLOCK_MS = 20;

/** What of the desk the slots of a stem need. */
export type SlotDesk = Pick<Desk, 'setSlot' | 'slotSegment' | 'placeDecoded' | 'memory' | 'segmentSounds'>;

/** The slots of one stem, in the desk's memory. */
export class DeskSlots implements SourceSlots {
  /** When each slot was emptied, ms. */
  private readonly emptied: number[] = [];

  constructor(
    private readonly desk: SlotDesk,
    private readonly place: StemPlace,
    /** Whether the desk runs in another thread meanwhile. One that does not reads nothing while slots are filled. */
    private readonly running: boolean,
  ) {}

  held(): readonly number[] {
    return this.place.slots.map((_, slot) => this.desk.slotSegment(this.place.source, slot));
  }

  sounds(slot: number): boolean {
    const segment = this.desk.slotSegment(this.place.source, slot);
    return this.running && segment >= 0 && this.desk.segmentSounds(segment);
  }

  async empty(slot: number, signal: AbortSignal): Promise<void> {
    while (this.sounds(slot)) await pause(LOOK_MS, signal);
    if (this.desk.slotSegment(this.place.source, slot) >= 0) {
      this.desk.setSlot(this.place.source, slot, -1, SILENCE);
      this.emptied[slot] = performance.now();
    }
    const left = (this.emptied[slot] ?? Number.NEGATIVE_INFINITY) + BLOCK_MS - performance.now();
    if (this.running && left > 0) await pause(left, signal);
  }

  fill(slot: number, segment: number, decoded: DecodedSegment | null): void {
    const address = this.place.slots[slot];
    if (address === undefined) return;
    if (decoded) this.put(address, decoded);
    this.desk.setSlot(this.place.source, slot, segment, decoded ? address : SILENCE);
  }

  /** Each side has room for a whole segment; what a file has more or less of is cut or silent. */
  private put(address: number, { channels, bits }: DecodedSegment): void {
    const count = this.place.channels * SEGMENT_FRAMES;
    const room = this.view(address, count);
    for (let side = 0; side < this.place.channels; side++) {
      const from = side * SEGMENT_FRAMES;
      const samples = (channels[side] ?? channels[0])?.subarray(0, SEGMENT_FRAMES);
      if (samples) room.set(samples, from);
      room.fill(0, from + (samples?.length ?? 0), from + SEGMENT_FRAMES);
    }
    this.desk.placeDecoded(address, count, bits, this.place.gain);
  }

  private view(address: number, length: number): Float32Array {
    // Another thread may have grown the memory since; growing by nothing makes this one look again.
    if (address + length * Float32Array.BYTES_PER_ELEMENT > this.desk.memory.buffer.byteLength) this.desk.memory.grow(0);
    return new Float32Array(this.desk.memory.buffer, address, length);
  }
}

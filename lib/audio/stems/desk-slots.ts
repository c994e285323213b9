import type { Desk } from '../../desk';
import { SEGMENT_FRAMES } from '../../media';
import type { Samples } from './decode';
import type { SourceSlots } from './filler';
import type { StemPlace } from './stem-memory';

/** A silent segment has no memory of its own. */
const SILENCE = 0;

/** The slots of one stem, in the desk's memory. */
export class DeskSlots implements SourceSlots {
  constructor(
    private readonly desk: Desk,
    private readonly place: StemPlace,
  ) {}

  held(): readonly number[] {
    return this.place.slots.map((_, slot) => this.desk.slotSegment(this.place.source, slot));
  }

  clear(slot: number): void {
    this.desk.setSlot(this.place.source, slot, -1, SILENCE);
  }

  fill(slot: number, segment: number, samples: Samples | null): void {
    const { source, channels, gain, slots } = this.place;
    const address = slots[slot];
    if (address === undefined) return;
    if (samples) {
      // Each side has room for a whole segment; what a file has more or less of is cut or silent.
      const room = this.view(address, channels * SEGMENT_FRAMES);
      room.fill(0);
      for (let channel = 0; channel < channels; channel++) {
        const side = samples[channel] ?? samples[0];
        if (side) room.set(side.subarray(0, SEGMENT_FRAMES), channel * SEGMENT_FRAMES);
      }
      if (gain !== 1) for (let n = 0; n < room.length; n++) room[n] = (room[n] ?? 0) * gain;
    }
    this.desk.setSlot(source, slot, segment, samples ? address : SILENCE);
  }

  private view(address: number, length: number): Float32Array {
    // Another thread may have grown the memory since; growing by nothing makes this one look again.
    if (address + length * Float32Array.BYTES_PER_ELEMENT > this.desk.memory.buffer.byteLength) this.desk.memory.grow(0);
    return new Float32Array(this.desk.memory.buffer, address, length);
  }
}

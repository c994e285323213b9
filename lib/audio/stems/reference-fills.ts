import type { Desk } from '../../desk';
import { type FrameLoop, referenceFrame, SEGMENT_FRAMES } from '../../media';
import type { SegmentDecoder } from './decode';
import { DeskSlots, type SlotDesk } from './desk-slots';
import { Filler } from './filler';
import type { SegmentFiles } from './segment-files';
import type { FollowingPlace } from './worker-messages';

/** What a stretch's turn still needs behind its end: a fade and a chunk, rounded up. */
const BEHIND = 1024;

/** The song's segments that sound are not a reference's: what it leaves has faded before it is told to go elsewhere. */
const apart = (desk: Omit<SlotDesk, 'segmentSounds'>): SlotDesk => ({
  memory: desk.memory,
  setSlot: (...slot) => desk.setSlot(...slot),
  slotSegment: (...slot) => desk.slotSegment(...slot),
  placeDecoded: (...decoded) => desk.placeDecoded(...decoded),
  segmentSounds: () => false,
});

interface Following extends FollowingPlace {
  readonly filler: Filler;
}

/**
 * Keeps the slots of references filled. They follow what comes out of the desk, not what goes in: what is left in a jump still fades
 * out then, so a jump counts when two looks have seen it.
 */
export class ReferenceFills {
  private following: readonly Following[] = [];
  private seen = -1;
  private believed = -1;

  constructor(
    private readonly desk: Pick<Desk, 'heard' | Exclude<keyof SlotDesk, 'segmentSounds'>>,
    private readonly files: SegmentFiles,
    private readonly decoder: SegmentDecoder,
    private readonly damaged: (file: string) => void,
  ) {}

  /** These are kept at hand from now on, and no others. */
  set(references: readonly FollowingPlace[]): void {
    const before = this.following;
    this.following = references.map((one) => {
      const known = before.find(({ place }) => place.source === one.place.source && place.slots[0] === one.place.slots[0]);
      return { ...one, filler: known?.filler ?? this.fillerOf(one) };
    });
    for (const one of before) if (!this.following.some(({ filler }) => filler === one.filler)) one.filler.close();
  }

  /** `position` is where the song is read next, in frames; `loop` the song's. */
  look(position: number, loop: FrameLoop | null): void {
    const at = this.heardAt(position);
    for (const { filler, offset, loop: own } of this.following) {
      const turn = own ?? (loop && { from: loop.from + offset, until: loop.until + offset });
      filler.look(referenceFrame(at, offset, own), turn && { from: turn.from, until: turn.until + BEHIND });
    }
  }

  private heardAt(position: number): number {
    const now = this.desk.heard ?? position;
    const near = Math.abs(now - this.believed) < SEGMENT_FRAMES / 2;
    if (near || this.believed < 0 || Math.abs(now - this.seen) < SEGMENT_FRAMES / 2) this.believed = now;
    this.seen = now;
    return this.believed;
  }

  private fillerOf({ place }: FollowingPlace): Filler {
    const filler = new Filler(this.files, this.decoder, this.damaged);
    filler.setSources(new Map([[place.stem, { slots: new DeskSlots(apart(this.desk), place, true), files: place.files }]]));
    return filler;
  }
}

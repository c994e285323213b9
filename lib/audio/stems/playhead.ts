/** The parts of a desk that tell where it reads. */
export interface Reads {
  readonly position: number;
  readonly playing: boolean;
}

/** For this long a told place counts although the desk still reads elsewhere: the order is on its way to it. */
const ON_ITS_WAY_MS = 150;

/** Where stems are needed next: where the desk reads, or where it is about to. */
export class Playhead {
  private told = 0;
  private toldAt = 0;
  private readThen = -1;

  constructor(private readonly desk: Reads) {}

  /** The page has sent the desk to `position` at time `now` (ms). */
  tell(position: number, now: number): void {
    this.told = position;
    this.toldAt = now;
    this.readThen = this.desk.position;
  }

  /** Frames of the song at time `now` (ms). A desk that has not moved since it was told counts as still on its way. */
  at(now: number): number {
    const moved = this.desk.playing && this.desk.position !== this.readThen && now - this.toldAt >= ON_ITS_WAY_MS;
    return moved ? this.desk.position : this.told;
  }
}

import type { FrameLoop } from '../../media';

/** What a song clock reads of the desk. */
export interface SoundingDesk {
  readonly outputFrame: number;
  /** The song's frame after the last one in the mix; null while none sounds. */
  readonly heard: number | null;
}

interface Reading {
  readonly output: number;
  readonly heard: number;
}

/** The desk writes while we read: readings are repeated until two agree. */
const READINGS = 5;

/** Both numbers of the same moment; null while nothing of the song sounds. */
function read(desk: SoundingDesk): Reading | null {
  for (let attempt = 0; attempt < READINGS; attempt++) {
    const output = desk.outputFrame;
    const heard = desk.heard;
    if (output === desk.outputFrame && heard === desk.heard) return heard === null ? null : { output, heard };
  }
  return null;
}

/** Tells which frame of the song is in the mix at an output frame, with loops counted in. */
export class SongClock {
  private loop: FrameLoop | null = null;
  private start = 0;
  private last = 0;
  private turned = false;
  /** The output frame at which the song began to sound; null before that is known. */
  private begun: number | null = null;

  constructor(private readonly desk: SoundingDesk) {}

  /** The song was sent to `frame`. */
  begin(frame: number): void {
    this.start = frame;
    this.last = frame;
    this.turned = false;
    this.begun = null;
  }

  setLoop(loop: FrameLoop | null): void {
    this.loop = loop;
  }

  /**
   * The song's frame that is (or was a little while ago, or will be) in the mix at output frame `output`; null while
   * nothing sounds. Never before the frame the song began at.
   */
  frameAt(output: number): number | null {
    const now = read(this.desk);
    if (!now) return null;
    if (now.heard < this.last) this.turned = true;
    this.last = now.heard;
    if (this.begun === null) this.begun = this.beginning(now);
    // A loop may have turned since, within the time that the sound takes to the ears.
    if (this.begun !== null && output <= this.begun) return this.start;
    const frame = now.heard + output - now.output;
    const { loop } = this;
    // Outside of the loop the desk plays straight on.
    if (!loop || now.heard < loop.from || now.heard >= loop.until) return Math.max(frame, Math.min(this.start, now.heard));
    const length = loop.until - loop.from;
    if (frame >= loop.until) return loop.from + ((frame - loop.from) % length);
    if (frame < loop.from && (this.turned || this.start >= loop.from)) {
      const before = loop.until - ((loop.from - frame - 1) % length) - 1;
      return this.turned ? before : this.start;
    }
    return Math.max(frame, this.turned ? frame : Math.min(this.start, now.heard));
  }

  /** When the song began to sound, at the first look after that: a loop has turned once, or not yet. Null while the desk is elsewhere. */
  private beginning({ output, heard }: Reading): number | null {
    const { loop, start } = this;
    if (heard >= start) return output - (heard - start);
    if (!loop || heard < loop.from || start >= loop.until) return null;
    return output - (heard - loop.from + loop.until - start);
  }
}

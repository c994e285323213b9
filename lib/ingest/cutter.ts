import { SEGMENT_FRAMES } from '../media';

/**
 * Gathers blocks of any length into segments of `SEGMENT_FRAMES`; the last may be shorter. The arrays handed on are the
 * cutter's own and are filled again as soon as the receiver is done.
 */
export class Cutter {
  private readonly channels: Float32Array[];
  private filled = 0;
  private total = 0;

  constructor(
    channels: number,
    private readonly receive: (segment: readonly Float32Array[], frames: number) => Promise<void>,
  ) {
    this.channels = Array.from({ length: channels }, () => new Float32Array(SEGMENT_FRAMES));
  }

  /** Frames taken so far. */
  get frames(): number {
    return this.total;
  }

  async add(block: readonly Float32Array[]): Promise<void> {
    const length = block[0]?.length ?? 0;
    for (let from = 0; from < length; ) {
      const count = Math.min(length - from, SEGMENT_FRAMES - this.filled);
      this.channels.forEach((samples, channel) => {
        samples.set(block[channel]?.subarray(from, from + count) ?? [], this.filled);
      });
      this.filled += count;
      this.total += count;
      from += count;
      if (this.filled === SEGMENT_FRAMES) await this.hand();
    }
  }

  async finish(): Promise<void> {
    if (this.filled > 0) await this.hand();
  }

  private async hand(): Promise<void> {
    const frames = this.filled;
    this.filled = 0;
    await this.receive(this.channels, frames);
  }
}

import type { Page } from '@playwright/test';

/** What came out of a desk over a stretch of the song. */
export interface Heard {
  /** SHA-256 over the samples' bytes, left then right: equal hashes are equal sound, to the bit. */
  readonly hash: string;
  /** Over both channels, dBFS. */
  readonly rms: number;
  readonly peak: number;
}

/** Arms a capture of the desk's output; resolves when the song has passed over the stretch (seconds). */
export function hear(page: Page, from: number, seconds: number): Promise<Heard> {
  return page.evaluate(
    async ([start, length]) => {
      const session = window.mixingTable;
      if (!session) throw new Error('no session is open');
      const channels = await session.engine.capture(Math.round(start * 48_000), Math.round(length * 48_000));
      let sum = 0;
      let peak = 0;
      for (const channel of channels) {
        for (const sample of channel) {
          sum += sample * sample;
          peak = Math.max(peak, Math.abs(sample));
        }
      }
      const bytes = new Uint8Array(channels[0].byteLength * 2);
      channels.forEach((channel, index) => {
        bytes.set(new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength), index * channel.byteLength);
      });
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const decibels = (power: number) => 10 * Math.log10(power);
      return {
        hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
        rms: decibels(sum / (channels[0].length * 2)),
        peak: decibels(peak * peak),
      };
    },
    [from, seconds] as const,
  );
}

/** The median over some readings of how far the song is ahead of this machine's wall clock, in seconds. */
export function songAgainstClock(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const readings: number[] = [];
    while (readings.length < 41) {
      await new Promise((later) => setTimeout(later, 10));
      const position = window.mixingTable?.transport.position() ?? Number.NaN;
      readings.push(position - (window.trueNow?.() ?? performance.timeOrigin + performance.now()) / 1000);
    }
    return readings.sort((a, b) => a - b)[20] ?? Number.NaN;
  });
}

import type { WholeNumbers } from './quantiser';
import { type WavFormat, WavWriter } from './wav';

/** What a mix can be written as. `kbps`: thousands of bits a second. */
export type SoundFormat =
  | ({ readonly as: 'wav' } & WavFormat)
  | ({ readonly as: 'flac' } & WholeNumbers)
  | { readonly as: 'mp3' | 'opus'; readonly kbps: number };

/** Takes stereo sound stretch by stretch and hands over a file's bytes in their order. */
export interface SoundWriter {
  /** Both sides equally long; they are free again when it resolves. */
  add(left: Float32Array, right: Float32Array): Promise<void>;
  /** The last bytes are handed over before it resolves. */
  end(): Promise<void>;
}

/**
 * Writes `frames` frames at `rate` Hz. Rejects with a sentence for the user where this browser cannot write the format. The
 * encoders are only loaded where one is wanted.
 */
export async function createSoundWriter(
  format: SoundFormat,
  { frames, rate }: { readonly frames: number; readonly rate: number },
  take: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<SoundWriter> {
  if (format.as !== 'wav') return (await import('./encoded-writer')).createEncodedWriter(format, rate, take);
  const writer = new WavWriter(format, frames, rate);
  take(writer.header());
  return {
    async add(left, right) {
      take(writer.encode(left, right));
    },
    async end() {},
  };
}

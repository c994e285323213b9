import type { SoundFormat, SoundWriter } from './sound-format';
import { WavWriter } from './wav';

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

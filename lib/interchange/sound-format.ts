import type { WholeNumbers } from './quantiser';
import type { WavFormat } from './wav';

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

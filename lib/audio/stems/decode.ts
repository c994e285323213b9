import { type FLACDecodedAudio, FLACDecoder } from '@wasm-audio-decoders/flac';
import { flacFrames, flacLength } from '../../media';

/** A segment's samples, one array for each channel, exactly `whole number / 2^(bits − 1)`. */
export type Samples = readonly Float32Array[];

/**
 * Brings the decoder's numbers back to whole ones and onto the scale of every other program: it divides by
 * 2^(bits − 1) − 1, which is 0.15 of a 16-bit step too much. Exact for 16 and 24 bits: the error of a float there is at
 * most a quarter of a step.
 */
function rescale(samples: Float32Array, bits: number): void {
  const full = 2 ** (bits - 1);
  for (let n = 0; n < samples.length; n++) samples[n] = Math.round((samples[n] ?? 0) * (full - 1)) / full;
}

/** Decodes whole FLAC files one after another. */
export interface SegmentDecoder {
  /** Throws when the file is damaged. */
  decode(file: Uint8Array): Promise<Samples>;
}

/**
 * The decoder takes frames, one at a time, and is kept from file to file; its own way through a whole file takes it apart
 * with a general parser and compiles the decoder anew after each, which doubles the time.
 */
export async function createSegmentDecoder(): Promise<SegmentDecoder> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  // The decoder holds one file at a time.
  let last: Promise<unknown> = Promise.resolve();
  const decodeAlone = async (file: Uint8Array): Promise<Samples> => {
    const samples = flacLength(file);
    const isWhole = ({ errors, samplesDecoded }: FLACDecodedAudio) =>
      errors.length === 0 && samplesDecoded > 0 && (samples === 0 || samplesDecoded === samples);
    const decoded = await decoder.decodeFrames(flacFrames(file));
    if (!isWhole(decoded)) {
      await decoder.reset();
      throw new Error(`This segment is damaged: ${decoded.samplesDecoded} of ${samples} samples could be read.`);
    }
    for (const channel of decoded.channelData) rescale(channel, decoded.bitDepth);
    return decoded.channelData;
  };
  return {
    decode(file) {
      const next = last.then(() => decodeAlone(file));
      last = next.catch(() => {});
      return next;
    },
  };
}

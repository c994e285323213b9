import { type FLACDecodedAudio, FLACDecoder } from '@wasm-audio-decoders/flac';
import { flacFrames, flacLength } from '../../media';

/** What a decoder makes of a segment: for each channel whole numbers divided by 2^(bits − 1) − 1. */
export interface DecodedSegment {
  readonly channels: readonly Float32Array[];
  readonly bits: number;
}

/** The decoder itself is gone: nothing is wrong with the file. */
export class DecoderStopped extends Error {
  override readonly name = 'DecoderStopped';
}

/** Decodes whole FLAC files one after another. */
export interface SegmentDecoder {
  /** Throws when the file is damaged; a `DecoderStopped` when it is not the file. */
  decode(file: Uint8Array): Promise<DecodedSegment>;
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
  const decodeAlone = async (file: Uint8Array): Promise<DecodedSegment> => {
    const samples = flacLength(file);
    const isWhole = ({ errors, samplesDecoded }: FLACDecodedAudio) =>
      errors.length === 0 && samplesDecoded > 0 && (samples === 0 || samplesDecoded === samples);
    const decoded = await decoder.decodeFrames(flacFrames(file));
    if (!isWhole(decoded)) {
      await decoder.reset();
      throw new Error(`This segment is damaged: ${decoded.samplesDecoded} of ${samples} samples could be read.`);
    }
    return { channels: decoded.channelData, bits: decoded.bitDepth };
  };
  return {
    decode(file) {
      const next = last.then(() => decodeAlone(file));
      last = next.catch(() => {});
      return next;
    },
  };
}

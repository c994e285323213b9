import { FLACDecoder } from '@wasm-audio-decoders/flac';

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

export async function createSegmentDecoder(): Promise<SegmentDecoder> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  // The decoder holds one file at a time.
  let last: Promise<unknown> = Promise.resolve();
  const decodeAlone = async (file: Uint8Array): Promise<Samples> => {
    const { channelData, bitDepth, errors } = await decoder.decodeFile(file);
    const [first] = errors;
    if (first || channelData.length === 0) throw new Error(`This segment is damaged: ${first?.message ?? 'it holds no sound'}.`);
    for (const channel of channelData) rescale(channel, bitDepth);
    return channelData;
  };
  return {
    decode(file) {
      const next = last.then(() => decodeAlone(file));
      last = next.catch(() => {});
      return next;
    },
  };
}

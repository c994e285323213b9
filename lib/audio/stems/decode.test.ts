import { describe, expect, it } from 'vitest';
import { encodeFlac, loadLibflac } from '../../ingest/libflac';
import { noise } from '../../ingest/made-files';
import { createSegmentDecoder } from './decode';

const FRAMES = 20_000;

describe('a decoded segment', () => {
  it.each([
    [16, 1],
    [16, 2],
    [24, 1],
    [24, 2],
  ] as const)('of %i bits and %i channels holds exactly whole numbers / 2^(bits − 1)', async (bits, channels) => {
    const samples = new Int32Array(noise(FRAMES, channels, bits));
    const decoder = await createSegmentDecoder();
    const decoded = await decoder.decode(encodeFlac(await loadLibflac(), samples, { channels, bits, rate: 48_000 }));
    expect(decoded.length).toBe(channels);
    const back = Int32Array.from(
      { length: samples.length },
      (_, at) => (decoded[at % channels]?.[Math.floor(at / channels)] ?? 9) * 2 ** (bits - 1),
    );
    expect(back).toEqual(samples);
  });

  it('that is damaged is refused, and the next one decodes all the same', async () => {
    const library = await loadLibflac();
    const samples = new Int32Array(noise(FRAMES, 1, 16));
    const good = encodeFlac(library, samples, { channels: 1, bits: 16, rate: 48_000 });
    const decoder = await createSegmentDecoder();
    await expect(decoder.decode(new Uint8Array(100))).rejects.toThrow(/damaged/);
    expect((await decoder.decode(good))[0]?.length).toBe(FRAMES);
  });
});

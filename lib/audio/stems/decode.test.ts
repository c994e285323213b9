import { describe, expect, it } from 'vitest';
import { encodeFlac, loadLibflac } from '../../ingest/libflac';
import { noise } from '../../ingest/made-files';
import { createSegmentDecoder, type Samples } from './decode';

const FRAMES = 20_000;
const FORMATS = [
  { bits: 16, channels: 1 },
  { bits: 24, channels: 2 },
  { bits: 16, channels: 2 },
  { bits: 24, channels: 1 },
] as const;

/** Noise from silent to full, whose frames are of very different sizes. */
function swelling(channels: number, bits: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(noise(FRAMES, channels, bits), (value, at) => (at % 7000 < 3500 ? value : value >> (bits - 3)));
}

async function fileOf({ bits, channels }: { bits: number; channels: number }): Promise<Uint8Array> {
  return encodeFlac(await loadLibflac(), swelling(channels, bits), { channels, bits, rate: 48_000 });
}

const wholeNumbers = (decoded: Samples, bits: number) =>
  Int32Array.from(
    { length: FRAMES * decoded.length },
    (_, at) => (decoded[at % decoded.length]?.[Math.floor(at / decoded.length)] ?? 9) * 2 ** (bits - 1),
  );

describe('a decoded segment', () => {
  it('holds exactly whole numbers / 2^(bits − 1), whatever was decoded before', async () => {
    const decoder = await createSegmentDecoder();
    for (const { bits, channels } of [...FORMATS, ...FORMATS]) {
      const decoded = await decoder.decode(await fileOf({ bits, channels }));
      expect(decoded.length).toBe(channels);
      expect(wholeNumbers(decoded, bits)).toEqual(swelling(channels, bits));
    }
  });

  it('that is no FLAC, cut off or has a wrong byte is refused, and the next one decodes all the same', async () => {
    const good = await fileOf({ bits: 16, channels: 1 });
    const wrong = good.slice();
    wrong[Math.floor(good.length / 2)] = (wrong[Math.floor(good.length / 2)] ?? 0) ^ 0x55;
    const decoder = await createSegmentDecoder();
    for (const bad of [new Uint8Array(100), good.subarray(0, Math.floor(good.length / 2)), wrong, new Uint8Array()]) {
      await expect(decoder.decode(bad)).rejects.toThrow(/damaged|no FLAC/);
      expect(wholeNumbers(await decoder.decode(good), 16)).toEqual(swelling(1, 16));
    }
  });
});

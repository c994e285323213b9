import { describe, expect, it } from 'vitest';
import { createDeskMemory, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { encodeFlac, loadLibflac } from '../../ingest/libflac';
import { noise } from '../../ingest/made-files';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import { createSegmentDecoder, type DecodedSegment } from './decode';
import { DeskSlots } from './desk-slots';
import { StemMemory } from './stem-memory';

const FRAMES = 20_000;
const STEM: StemManifest = {
  ...{ stemId: 'one', frames: FRAMES, channels: 1, gain: 1, segments: ['a'], segmentBase: '/', peaksUrl: '' },
  ...{ bits: 16, loudness: null, segmentLoudness: [], truePeak: null },
};

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

const interleaved = (channels: readonly ArrayLike<number>[], factor: number) =>
  Float64Array.from(
    { length: FRAMES * channels.length },
    (_, at) => (channels[at % channels.length]?.[Math.floor(at / channels.length)] ?? 9) * factor,
  );

const wholeNumbers = ({ channels, bits }: DecodedSegment) => Int32Array.from(interleaved(channels, 2 ** (bits - 1) - 1), Math.round);

describe('a decoded segment', () => {
  it.each(FORMATS)(
    'lies in the desk as whole numbers / 2^(bits − 1), exactly, times its gain: $bits bits, $channels channels',
    async (format) => {
      const decoder = await createSegmentDecoder();
      const desk = instantiateDesk(await loadDeskModule(), createDeskMemory());
      const { bits, channels } = format;
      for (const gain of [1, 0.7]) {
        const memory = new StemMemory(desk);
        memory.set(new Map([['one', { ...STEM, gain, channels }]]));
        const [place] = memory.places;
        if (!place) throw new Error('There is no room.');
        new DeskSlots(desk, place, false).fill(0, 0, await decoder.decode(await fileOf(format)));
        const [address = 0] = place.slots;
        const sides = Array.from({ length: channels }, (_, side) => desk.samples(address + side * 4 * SEGMENT_FRAMES, SEGMENT_FRAMES));
        const wanted = Float64Array.from(swelling(channels, bits), (value) => Math.fround((value / 2 ** (bits - 1)) * gain));
        expect(interleaved(sides, 1)).toEqual(wanted);
        expect(sides.map((side) => side.subarray(FRAMES).every((sample) => sample === 0))).toEqual(sides.map(() => true));
      }
    },
  );

  it('is decoded alike, whatever was decoded before', async () => {
    const decoder = await createSegmentDecoder();
    for (const format of [...FORMATS, ...FORMATS]) {
      const decoded = await decoder.decode(await fileOf(format));
      expect(decoded.channels.length).toBe(format.channels);
      expect(wholeNumbers(decoded)).toEqual(swelling(format.channels, format.bits));
    }
  });

  it('that is no FLAC, cut off or has a wrong byte is refused, and the next one decodes all the same', async () => {
    const good = await fileOf({ bits: 16, channels: 1 });
    const wrong = good.slice();
    wrong[Math.floor(good.length / 2)] = (wrong[Math.floor(good.length / 2)] ?? 0) ^ 0x55;
    const decoder = await createSegmentDecoder();
    for (const bad of [new Uint8Array(100), good.subarray(0, Math.floor(good.length / 2)), wrong, new Uint8Array()]) {
      await expect(decoder.decode(bad)).rejects.toThrow(/damaged|no FLAC/);
      expect(wholeNumbers(await decoder.decode(good))).toEqual(swelling(1, 16));
    }
  });
});

import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { expect, test } from 'vitest';
import { flacFrames, SEGMENT_FRAMES } from '../media';
import { fullScale } from './flac';
import { encodeFlac, loadLibflac } from './libflac';
import { aiffFile, type MadeFormat, memorySource, noise, pcmBytes, rememberingSink, silentMeter, wavFile } from './made-files';
import { type Ingested, ingest } from './pipeline';
import { INGEST_LIMITS } from './source';

const needs = { limits: INGEST_LIMITS, createMeter: silentMeter };

/** All segments decoded and joined, as the integers they hold, interleaved. */
async function joined({ content }: Ingested, segments: ReadonlyMap<string, Uint8Array>): Promise<Int32Array> {
  const whole = new Int32Array(content.frames * content.channels);
  for (const [index, name] of content.segments.entries()) {
    const bytes = name === null ? null : segments.get(name);
    if (!bytes) continue;
    const decoder = new FLACDecoder();
    await decoder.ready;
    const { channelData } = await decoder.decodeFrames(flacFrames(bytes));
    decoder.free();
    channelData.forEach((decoded, channel) => {
      const samples = fullScale(decoded, content.bits);
      for (let i = 0; i < samples.length; i++) {
        whole[(index * SEGMENT_FRAMES + i) * content.channels + channel] = (samples[i] ?? 0) * 2 ** (content.bits - 1);
      }
    });
  }
  return whole;
}

async function roundTrip(file: Uint8Array): Promise<{ made: Ingested; samples: Int32Array }> {
  const sink = rememberingSink();
  const made = await ingest(memorySource(file), sink, needs);
  return { made, samples: await joined(made, sink.segments) };
}

// Not a whole number of segments nor of blocks.
const FRAMES = 2 * SEGMENT_FRAMES + 12_345;

test.each([1, 2] as const)('WAV of 16 bits, %i channels, comes back sample by sample, kept at 16 bits', async (channels) => {
  const format: MadeFormat = { rate: 48_000, channels, bits: 16 };
  const samples = noise(FRAMES, channels, 16);
  const { made, samples: back } = await roundTrip(wavFile(pcmBytes(samples, format), format));
  expect(made.content).toMatchObject({ frames: FRAMES, channels, bits: 16, gain: 1 });
  expect(made.content.segments).toHaveLength(3);
  expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(samples.buffer))).toBe(0);
});

test.each([
  ['WAV', (data: Uint8Array, format: MadeFormat) => wavFile(data, format, { mask: 3 }), true],
  ['RF64', (data: Uint8Array, format: MadeFormat) => wavFile(data, format, { rf64: true }), true],
  ['AIFF', (data: Uint8Array, format: MadeFormat) => aiffFile(data, format), false],
  ['AIFF-C, little-endian', (data: Uint8Array, format: MadeFormat) => aiffFile(data, format, 'sowt'), true],
] as const)('%s of 24 bits comes back sample by sample', async (_, write, little) => {
  const format: MadeFormat = { rate: 48_000, channels: 2, bits: 24 };
  const samples = noise(50_000, 2, 24);
  const { made, samples: back } = await roundTrip(write(pcmBytes(samples, format, little), format));
  expect(made.content.bits).toBe(24);
  expect(back).toEqual(samples);
});

test.each([16, 24] as const)('FLAC of %i bits comes back sample by sample', async (bits) => {
  const samples = noise(FRAMES, 2, bits) as Int32Array<ArrayBuffer>;
  const file = encodeFlac(await loadLibflac(), samples, { channels: 2, bits, rate: 48_000 });
  const { made, samples: back } = await roundTrip(file);
  expect(made.content.bits).toBe(bits);
  expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(samples.buffer))).toBe(0);
});

test('8 bits, of WAV unsigned and of AIFF signed, come back in 16', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits: 8 };
  const samples = noise(1000, 1, 8);
  for (const file of [wavFile(pcmBytes(samples, format), format), aiffFile(pcmBytes(samples, format, false), format)]) {
    expect([...(await roundTrip(file)).samples]).toEqual([...samples].map((value) => value * 256));
  }
});

test.each([32, 64] as const)('Floats of %i bits are rounded to 24', async (bits) => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits, float: true };
  const samples = [0, 0.5, -1, 1, 2 ** -23, 0.3 * 2 ** -23, -0.25, Number.NaN];
  const { samples: back } = await roundTrip(wavFile(pcmBytes(samples, format), format));
  expect([...back]).toEqual([0, 4_194_304, -8_388_608, 8_388_607, 1, 0, -2_097_152, 0]);
});

test('Floats over full scale are kept whole, with the gain that brings them back', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits: 32, float: true };
  const samples = Array.from({ length: SEGMENT_FRAMES + 10 }, (_, i) => (i === SEGMENT_FRAMES + 5 ? -2.75 : 0.25));
  const { made, samples: back } = await roundTrip(wavFile(pcmBytes(samples, format), format));
  expect(made.content.gain).toBe(4);
  expect((back[SEGMENT_FRAMES + 5] ?? 0) / 2 ** 23).toBe(-2.75 / 4);
  expect((back[0] ?? 0) / 2 ** 23).toBe(0.25 / 4);
});

test('What is no number becomes silence before anything is made of it: the samples beside it, also at another rate, are as they were', async () => {
  const without = Array.from({ length: 48_000 }, (_, i) => (i % 1000 === 500 ? 0 : 0.5 * Math.sin(i / 20)));
  const nothings = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300];
  const holes = without.map((value, i) => (i % 1000 === 500 ? (nothings[((i - 500) / 1000) % 4] ?? 0) : value));
  for (const rate of [48_000, 44_100]) {
    const format: MadeFormat = { rate, channels: 1, bits: 64, float: true };
    const { made, samples } = await roundTrip(wavFile(pcmBytes(holes, format), format));
    expect(made.content.gain).toBe(1);
    expect(samples).toEqual((await roundTrip(wavFile(pcmBytes(without, format), format))).samples);
  }
});

test('Segments of digital silence take no file', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 2, bits: 16 };
  const samples = new Int32Array(3 * SEGMENT_FRAMES * 2);
  samples[2 * SEGMENT_FRAMES] = 1;
  const { made, samples: back } = await roundTrip(wavFile(pcmBytes(samples, format), format));
  expect(made.content.segments.map((name) => name === null)).toEqual([true, false, true]);
  expect(back.findIndex((value) => value !== 0)).toBe(2 * SEGMENT_FRAMES);
});

test('Equal segments have the same name', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits: 16 };
  const one = noise(SEGMENT_FRAMES, 1, 16);
  const { made } = await roundTrip(wavFile(pcmBytes([...one, ...one], format), format));
  expect(made.content.segments[0]).toBe(made.content.segments[1]);
});

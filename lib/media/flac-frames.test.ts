import { readFileSync } from 'node:fs';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFlac, loadLibflac } from '../ingest/libflac';
import { noise } from '../ingest/made-files';
import { FlacFrames, flacBlockSize, flacFrames, flacLength } from './flac-frames';

const SNARE = readFileSync('public/demo-song/stems/02_Snare_Top.flac');
const library = loadLibflac();

async function encoded(samples: Int32Array, channels: number, bits: number): Promise<Uint8Array> {
  return encodeFlac(await library, samples as Int32Array<ArrayBuffer>, { channels, bits, rate: 48_000 });
}

test('A whole file: as many frames as its length needs', () => {
  expect(flacFrames(SNARE)).toHaveLength(Math.ceil(4_224_000 / 4608));
});

test('The lengths of all frames are the length of the file', async () => {
  const sum = (file: Uint8Array) => flacFrames(file).reduce((samples, frame) => samples + flacBlockSize(frame), 0);
  expect(sum(SNARE)).toBe(4_224_000);
  for (const frames of [100, 192, 300, 4096, 50_001]) expect(sum(await encoded(noise(frames, 1, 16), 1, 16))).toBe(frames);
});

test('However the file comes in pieces, the frames are the same', async () => {
  const file = await encoded(noise(10_000, 2, 16), 2, 16);
  const whole = Buffer.concat(flacFrames(file));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 20, max: 9000 }), { minLength: 1, maxLength: 6 }), (lengths) => {
      const cutter = new FlacFrames();
      const frames: Uint8Array[] = [];
      for (let at = 0, i = 0; at < file.length; i++) {
        const length = lengths[i % lengths.length] ?? 1;
        frames.push(...cutter.push(file.slice(at, at + length)));
        at += length;
      }
      expect(Buffer.concat([...frames, ...cutter.finish()]).equals(whole)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('Files of every shape decode to every last sample, one after the other in one decoder', async () => {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const shape = fc.record({
    frames: fc.integer({ min: 1, max: 20_000 }),
    channels: fc.constantFrom(1, 2),
    bits: fc.constantFrom(16, 24),
    quiet: fc.integer({ min: 0, max: 15 }),
    seed: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ frames, channels, bits, quiet, seed }) => {
      const samples = noise(frames + 8, channels, bits, seed)
        .map((value) => value >> quiet)
        .slice(0, frames * channels);
      const { channelData, samplesDecoded } = await decoder.decodeFrames(flacFrames(await encoded(samples, channels, bits)));
      expect(samplesDecoded).toBe(frames);
      const full = 2 ** (bits - 1) - 1;
      for (let i = 0; i < samples.length; i++) {
        const value = Math.round((channelData[i % channels]?.[Math.floor(i / channels)] ?? 0) * full);
        if (value !== samples[i]) throw new Error(`Sample ${i} is ${value} instead of ${samples[i]}.`);
      }
    }),
    { numRuns: 40 },
  );
  decoder.free();
});

test('A tag behind the last frame is left out, and so is a frame that was cut off', async () => {
  const file = await encoded(noise(10_000, 1, 16), 1, 16);
  const tag = Buffer.concat([Buffer.from('TAG'), new Uint8Array(125)]);
  expect(flacFrames(new Uint8Array(Buffer.concat([file, tag])))).toEqual(flacFrames(file));
  expect(flacFrames(file.subarray(0, file.length - 1))).toEqual(flacFrames(file).slice(0, -1));
  expect(flacFrames(file.subarray(0, 50))).toEqual([]);
});

test('Endless bytes that never end a frame are given up', () => {
  const cutter = new FlacFrames();
  cutter.push(SNARE.subarray(0, 20_000));
  expect(() => {
    for (let i = 0; i < 100; i++) cutter.push(new Uint8Array(100_000).fill(0x55));
  }).toThrow('damaged');
});

test('A file says how long it is, past 2^32 samples too; what is no FLAC says nothing', async () => {
  const file = await encoded(noise(10_000, 2, 24), 2, 24);
  expect(flacLength(file)).toBe(10_000);
  const long = file.slice();
  long[21] = (long[21] ?? 0) | 0x0f;
  expect(flacLength(long)).toBe(15 * 2 ** 32 + 10_000);
  for (const bad of [new Uint8Array(), new Uint8Array(100), file.subarray(0, 30)]) expect(() => flacLength(bad)).toThrow('no FLAC');
});

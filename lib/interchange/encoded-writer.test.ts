import { describe, expect, it } from 'vitest';
import { memorySource } from '../ingest/made-files';
import { openSource } from '../ingest/open';
import { INGEST_LIMITS } from '../ingest/source';
import { quantiser } from './quantiser';
import type { SoundFormat } from './sound-format';
import { createSoundWriter } from './sound-writer';

const FRAMES = 100_000;
const left = Float32Array.from({ length: FRAMES }, (_, n) => Math.sin((2 * Math.PI * 440 * n) / 48_000) * 0.5);
const right = Float32Array.from({ length: FRAMES }, (_, n) => Math.sin((2 * Math.PI * 660 * n) / 48_000) * 0.25);

async function file(format: SoundFormat): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const writer = await createSoundWriter(format, { frames: FRAMES, rate: 48_000 }, (bytes) => void pieces.push(bytes));
  for (let from = 0; from < FRAMES; from += 30_000)
    await writer.add(left.subarray(from, from + 30_000), right.subarray(from, from + 30_000));
  await writer.end();
  return new Uint8Array(Buffer.concat(pieces));
}

/** The file's two sides as stems' ingest reads them. */
async function readBack(bytes: Uint8Array, name: string): Promise<readonly [number[], number[]]> {
  const reader = await openSource(memorySource(bytes, name), INGEST_LIMITS);
  const sides: [number[], number[]] = [[], []];
  for await (const block of reader.blocks()) block.forEach((samples, side) => void sides[side as 0 | 1].push(...samples));
  reader.close();
  return sides;
}

describe('a mixdown as FLAC', () => {
  it.each([16, 24] as const)('of %i bits holds exactly the whole numbers a WAV would', async (bits) => {
    const [readLeft, readRight] = await readBack(await file({ as: 'flac', bits, dither: false }), 'mix.flac');
    const whole = quantiser({ bits, dither: false });
    const scale = 2 ** (bits - 1);
    const expected = (samples: Float32Array) => [...samples].map((sample) => Math.fround(whole(sample) / scale) + 0);
    expect(readLeft).toEqual(expected(left));
    expect(readRight).toEqual(expected(right));
  });
});

describe('a mixdown as MP3', () => {
  it('has the level and the length of what was mixed', async () => {
    const [readLeft, readRight] = await readBack(await file({ as: 'mp3', kbps: 320 }), 'mix.mp3');
    const middle = (samples: readonly number[]) => samples.slice(20_000, 80_000);
    const rms = (samples: readonly number[]) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    expect(20 * Math.log10(rms(middle(readLeft)) / (0.5 / Math.SQRT2))).toBeCloseTo(0, 1);
    expect(20 * Math.log10(rms(middle(readRight)) / (0.25 / Math.SQRT2))).toBeCloseTo(0, 1);
    expect(Math.abs(readLeft.length - FRAMES)).toBeLessThan(3 * 1152);
  });
});

it('says where Opus cannot be written', async () => {
  await expect(createSoundWriter({ as: 'opus', kbps: 160 }, { frames: 1, rate: 48_000 }, () => {})).rejects.toThrow(/cannot write Opus/);
});

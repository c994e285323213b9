import { describe, expect, it } from 'vitest';
import { memorySource } from '../ingest/made-files';
import { openSource } from '../ingest/open';
import { INGEST_LIMITS } from '../ingest/source';
import { type WavFormat, WavWriter } from './wav';

const FRAMES = 1000;
const left = Float32Array.from({ length: FRAMES }, (_, n) => Math.sin(n / 7) * 0.9);
const right = Float32Array.from({ length: FRAMES }, (_, n) => Math.cos(n / 11) * 0.5);

function file(format: WavFormat): Buffer {
  const writer = new WavWriter(format, FRAMES, 48_000);
  const half = FRAMES / 2;
  return Buffer.concat([
    writer.header(),
    writer.encode(left.subarray(0, half), right.subarray(0, half)),
    writer.encode(left.subarray(half), right.subarray(half)),
  ]);
}

/** The file as stems' ingest reads it, as interleaved floats. */
async function readBack(bytes: Buffer): Promise<number[]> {
  const reader = await openSource(memorySource(new Uint8Array(bytes), 'mix.wav'), INGEST_LIMITS);
  const samples: number[] = [];
  for await (const [one, other] of reader.blocks()) one?.forEach((sample, n) => void samples.push(sample, other?.[n] ?? Number.NaN));
  reader.close();
  return samples;
}

async function greatestError(format: WavFormat): Promise<number> {
  const samples = await readBack(file(format));
  expect(samples.length).toBe(2 * FRAMES);
  let worst = 0;
  for (let n = 0; n < FRAMES; n++) {
    worst = Math.max(worst, Math.abs((samples[2 * n] ?? 9) - (left[n] ?? 0)), Math.abs((samples[2 * n + 1] ?? 9) - (right[n] ?? 0)));
  }
  return worst;
}

describe('WAV', () => {
  it('as 32-bit floats is read back exactly', async () => {
    expect(await greatestError({ bits: 32 })).toBe(0);
  });

  it('as whole numbers is within half a step, with dither within one and a half', async () => {
    expect(await greatestError({ bits: 24, dither: false })).toBeLessThanOrEqual(0.51 / 2 ** 23);
    expect(await greatestError({ bits: 16, dither: false })).toBeLessThanOrEqual(0.5 / 2 ** 15);
    expect(await greatestError({ bits: 16, dither: true })).toBeLessThanOrEqual(1.5 / 2 ** 15);
  });

  it('is the same file each time, dither and all', () => {
    expect(file({ bits: 16, dither: true }).equals(file({ bits: 16, dither: true }))).toBe(true);
  });

  it('holds what is over full scale at full scale', () => {
    const writer = new WavWriter({ bits: 16, dither: false }, 1, 48_000);
    const bytes = writer.encode(Float32Array.of(1.5), Float32Array.of(-1.5));
    expect([...new Int16Array(bytes.buffer)]).toEqual([32_767, -32_768]);
  });

  it('over 4 GB says its sizes in 64 bits', () => {
    const frames = 700_000_000;
    const header = Buffer.from(new WavWriter({ bits: 32 }, frames, 48_000).header());
    expect(header.toString('latin1', 0, 4)).toBe('RF64');
    expect(header.toString('latin1', 12, 16)).toBe('ds64');
    expect(header.readBigUInt64LE(28)).toBe(BigInt(frames) * 8n);
    expect(header.readBigUInt64LE(20)).toBe(BigInt(header.length - 8) + BigInt(frames) * 8n);
  });
});

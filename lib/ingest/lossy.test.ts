import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDeskModule } from '../desk/node';
import { flacFrames, SEGMENT_FRAMES } from '../media';
import { openFileSource } from './file-source';
import { fullScale } from './flac';
import { rememberingSink, silentMeter } from './made-files';
import { type Ingested, type IngestNeeds, ingest } from './pipeline';
import { programmeMeter } from './programme';
import { INGEST_LIMITS } from './source';

const desk = await loadDeskModule();
const needs: IngestNeeds = {
  limits: INGEST_LIMITS,
  createMeter: silentMeter,
  createProgrammeMeter: (speakers, rate) => programmeMeter(desk, speakers, rate),
};
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossy-'));
  // A click in the first second tells where the sound begins; the tone tells its level.
  const tone = 'sin(2*PI*1000*t)*0.25+if(eq(n\\,22050)\\,0.7\\,0)';
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=exprs=${tone}|${tone}:s=44100:d=3`, '-c:a', 'pcm_s16le', 'whole.wav');
});
afterAll(() => rmSync(folder, { recursive: true }));

function ffmpeg(...options: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...options], { cwd: folder });
}

function encoded(name: string, ...options: string[]): string {
  ffmpeg('-i', 'whole.wav', ...options, name);
  return join(folder, name);
}

async function taken(path: string): Promise<{ made: Ingested; samples: Float32Array }> {
  const source = openFileSource(path, path);
  try {
    const sink = rememberingSink();
    const made = await ingest(source, sink, needs);
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    const samples = new Float32Array(made.content.frames);
    for (const [index, name] of made.content.segments.entries()) {
      const bytes = name === null ? undefined : sink.segments.get(name);
      if (!bytes) continue;
      const decoder = new FLACDecoder();
      await decoder.ready;
      const { channelData } = await decoder.decodeFrames(flacFrames(bytes));
      const left = fullScale(channelData[0] ?? new Float32Array(0), made.content.bits);
      samples.set(
        left.map((value) => value * made.content.gain),
        index * SEGMENT_FRAMES,
      );
      decoder.free();
    }
    return { made, samples };
  } finally {
    source.close();
  }
}

/** RMS over the second second, dB of full scale. */
function level(samples: Float32Array): number {
  const part = samples.subarray(48_000, 96_000);
  return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 0) / part.length);
}

function loudest(samples: Float32Array): number {
  let at = 0;
  for (let n = 1; n < samples.length; n++) if (Math.abs(samples[n] ?? 0) > Math.abs(samples[at] ?? 0)) at = n;
  return at;
}

const LEVEL = 20 * Math.log10(0.25 / Math.SQRT2);

test.each([
  ['MP3', 'a.mp3', ['-b:a', '320k']],
  ['MP3 with variable rate and a picture of its tags', 'v.mp3', ['-q:a', '0', '-metadata', 'title=Slow Ferry']],
  ['Ogg Vorbis', 'a.ogg', ['-c:a', 'libvorbis', '-q:a', '8']],
  ['Opus', 'a.opus', ['-c:a', 'libopus', '-b:a', '256k']],
  ['M4A', 'a.m4a', ['-c:a', 'aac', '-b:a', '256k']],
  ['FLAC at 44.1 kHz', 'a.flac', ['-c:a', 'flac']],
  ['AIFF at 44.1 kHz', 'a.aiff', ['-c:a', 'pcm_s24be']],
  ['FLAC behind an ID3 tag', 'id3.flac', ['-c:a', 'flac', '-write_id3v2', '1']],
] as const)('%s: exact length, no delay of the encoder, the same level', async (_, name, options) => {
  const { made, samples } = await taken(encoded(name, ...options));
  expect(made.content.channels).toBe(2);
  // AAC pads to a whole frame where the container tells no better.
  if (name === 'a.m4a') expect(Math.abs(made.content.frames - 144_000)).toBeLessThan(1200);
  else expect(made.content.frames).toBe(144_000);
  expect(Math.abs(level(samples) - LEVEL)).toBeLessThan(0.1);
  expect(Math.abs(loudest(samples) - 24_000)).toBeLessThanOrEqual(1);
});

test('A mono MP3 stays mono', async () => {
  const { made } = await taken(encoded('mono.mp3', '-ac', '1', '-b:a', '128k'));
  expect(made.content).toMatchObject({ channels: 1, frames: 144_000 });
});

test('An MP3 without a LAME tag is taken with its padding', async () => {
  const { made } = await taken(encoded('bare.mp3', '-write_xing', '0', '-id3v2_version', '0'));
  expect(made.content.frames).toBeGreaterThanOrEqual(144_000);
});

test('5.1 folds down to stereo by BS.775, and says so', async () => {
  // Only the centre sounds.
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc=exprs=0|0|sin(2*PI*1000*t)*0.25|0|0|0:c=5.1:s=48000:d=3`, '-c:a', 'pcm_s24le', 'surround.wav');
  const { made, samples } = await taken(join(folder, 'surround.wav'));
  expect(made.content.channels).toBe(2);
  expect(Math.abs(level(samples) - (LEVEL - 3.01))).toBeLessThan(0.01);
  expect(made.notes).toEqual(['Its 6 channels were folded down to stereo. Before that they measured −15.0 LUFS together.']);
});

test.each([
  ['MP3', 'cut.mp3', ['-b:a', '192k']],
  ['Ogg Vorbis', 'cut.ogg', ['-c:a', 'libvorbis']],
  ['Opus', 'cut.opus', ['-c:a', 'libopus']],
  ['M4A', 'cut.m4a', ['-c:a', 'aac']],
] as const)('%s that was cut in its middle is refused', async (_, name, options) => {
  const path = encoded(name, ...options);
  truncateSync(path, Math.floor(statSync(path).size / 2));
  await expect(taken(path)).rejects.toThrow(/not whole/);
});

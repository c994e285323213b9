import { expect, test, vi } from 'vitest';
import { openFlac } from './flac';
import { encodeFlac, loadLibflac } from './libflac';
import { aiffFile, type MadeFormat, memorySource, noise, pcmBytes, rememberingSink, silentMeter, vastSource, wavFile } from './made-files';
import { ingest } from './pipeline';
import { IngestRefusal } from './refusal';
import { type ByteSource, INGEST_LIMITS } from './source';

const STEREO: MadeFormat = { rate: 48_000, channels: 2, bits: 16 };

/** The sentence with which a file is refused; fails when it is taken. */
async function refusal(source: ByteSource, limits = INGEST_LIMITS): Promise<string> {
  const sink = { ...rememberingSink(), recognised: vi.fn() };
  try {
    await ingest(source, sink, { limits, createMeter: silentMeter });
  } catch (error) {
    if (error instanceof IngestRefusal) return error.message;
    throw error;
  }
  throw new Error('The file was taken.');
}

async function flac(frames: number, channels = 1): Promise<Uint8Array> {
  const samples = noise(frames, channels, 16) as Int32Array<ArrayBuffer>;
  return encodeFlac(await loadLibflac(), samples, { channels, bits: 16, rate: 48_000 });
}

/** Writes the length in frames that a FLAC says of itself: 36 bits, which begin in the 22nd byte. */
function claiming(file: Uint8Array, frames: number): Uint8Array {
  const copy = file.slice();
  copy[21] = ((copy[21] ?? 0) & 0xf0) | Math.floor(frames / 2 ** 32);
  new DataView(copy.buffer).setUint32(22, frames % 2 ** 32, false);
  return copy;
}

const text = new TextEncoder().encode('Dear mixer,\nhere are my stems.\n'.repeat(200));

test('A text file named .wav', async () => {
  const sentence = await refusal(memorySource(text, 'kick.wav'));
  expect(sentence).toMatch(/^This file says it is WAV but holds text\. Nothing was added; the other stems are safe\. /);
});

test('An empty file', async () => {
  expect(await refusal(memorySource(new Uint8Array(0), 'kick.flac'))).toMatch(/^This file is empty\. Nothing was added/);
});

test('A playlist named .wav, a ZIP named .flac, random bytes without a name', async () => {
  expect(await refusal(memorySource(new TextEncoder().encode('#EXTM3U\nfile:///etc/passwd\n'), 'a.wav'))).toContain('holds a playlist');
  expect(await refusal(memorySource(new TextEncoder().encode('PK\u0003\u0004 and so on'), 'a.flac'))).toContain('is FLAC but holds a ZIP');
  const random = pcmBytes(noise(5000, 1, 16), STEREO);
  expect(await refusal(memorySource(random, 'a'))).toMatch(/^This file holds something that is not sound\./);
});

test('Floats that are no sound: one far beyond full scale would leave nothing of the others, and the desk to tame it', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits: 32, float: true };
  for (const far of [3.4e38, -1e30, 32_768]) {
    const sentence = await refusal(memorySource(wavFile(pcmBytes([0.1, far, -0.1], format), format)));
    expect(sentence).toMatch(
      /^This WAV file holds values more than a thousand times over full scale: it is damaged, .*\. Nothing was added/,
    );
  }
});

test('A truncated FLAC', async () => {
  const whole = await flac(5 * 48_000);
  const sentence = await refusal(memorySource(whole.subarray(0, whole.length / 2), 'bass.flac'));
  expect(sentence).toMatch(/^This FLAC file is not whole: it says it lasts 5 s, but the sound ends after 2\.\d s\. Nothing was added/);
});

test('A FLAC with damage in its middle is not passed over in silence', async () => {
  const file = await flac(5 * 48_000);
  file.fill(0x55, file.length / 2, file.length / 2 + 3000);
  expect(await refusal(memorySource(file))).toContain('not whole');
});

test('A FLAC that ends behind its header', async () => {
  const file = await flac(48_000);
  expect(await refusal(memorySource(file.subarray(0, 60)))).toContain('not whole');
  expect(await refusal(memorySource(file.subarray(0, 20)))).toMatch(/^This file begins like FLAC/);
});

test('Ten hours of silence in FLAC, by its header before anything is decoded', async () => {
  const source = memorySource(claiming(await flac(4800), 10 * 3600 * 48_000), 'silence.flac');
  const read = vi.spyOn(source, 'read');
  expect(await refusal(source)).toMatch(/^This file lasts 10 h, longer than the 3 h that one stem may last\. Nothing was added/);
  expect(read.mock.calls.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(100_000);
});

test('A FLAC that hides its length is measured by its frames before anything is decoded', async () => {
  const file = claiming(await flac(10 * 48_000), 0);
  expect(await refusal(memorySource(file), { ...INGEST_LIMITS, maxSeconds: 3 })).toMatch(/^This file lasts 10 s, longer than the 3 s/);
});

test('A FLAC that holds more than it says is stopped where it says that it ends', async () => {
  expect(await refusal(memorySource(claiming(await flac(10 * 48_000), 48_000)))).toMatch(/^This file begins like FLAC/);
});

test('An MP3 that never says how long it is, is measured by its frames before anything is decoded', async () => {
  // MPEG 1 layer III, 32 kbit/s, 48 kHz, mono: 96 bytes for 24 ms.
  const frame = new Uint8Array(96);
  frame.set([0xff, 0xfb, 0x14, 0xc4]);
  const file = new Uint8Array(96 * 600_000);
  // Every so often something else lies between, as where files were put one behind the other.
  for (let at = 0; at < file.length; at += 96) if (at % 96_000 < 95_000) file.set(frame, at);
  expect(await refusal(memorySource(file, 'endless.mp3'))).toMatch(/^This file lasts 3 h 5\d min, longer than the 3 h/);
});

test('Silence in FLAC is decoded in small parts, however few bytes it takes', async () => {
  const file = encodeFlac(await loadLibflac(), new Int32Array(20 * 192_000), { channels: 1, bits: 16, rate: 48_000 });
  expect(file.length).toBeLessThan(100_000);
  let longest = 0;
  for await (const [left] of openFlac(memorySource(file)).blocks()) longest = Math.max(longest, left?.length ?? 0);
  expect(longest).toBeLessThan(300_000);
});

test('A header that claims 2^32 frames', async () => {
  const data = pcmBytes(noise(1000, 2, 16), STEREO);
  expect(await refusal(memorySource(wavFile(data, STEREO, { rf64: true, claims: 2 ** 32 * 4 })))).toMatch(
    /not whole: it says it lasts 24 h/,
  );
  expect(await refusal(memorySource(wavFile(data, STEREO, { claims: 0xffff_fff0 })))).toContain('not whole');
  const aiff = aiffFile(data, STEREO);
  new DataView(aiff.buffer).setUint32(22, 0xffff_ffff, false);
  expect(await refusal(memorySource(aiff, 'a.aiff'))).toContain('not whole');
});

test('A file that is too large, and one that is too long, by what it really holds', async () => {
  const head = wavFile(new Uint8Array(0), { ...STEREO, rate: 8000, channels: 1 }, { claims: 0 });
  expect(await refusal(vastSource(head, 3_000_000_000))).toMatch(/^This file is larger than the 2 GB that one stem may have\./);
  expect(await refusal(vastSource(head, 1_000_000_000))).toMatch(/^This file lasts 17 h 21 min, longer than the 3 h/);
});

test('A WAV cut off in its middle', async () => {
  const file = wavFile(pcmBytes(noise(480_000, 2, 16), STEREO), STEREO);
  expect(await refusal(memorySource(file.subarray(0, file.length / 2)))).toContain('it says it lasts 10 s, but the sound ends after 5 s');
});

test('A WAV without sound, and one in a compression of its own', async () => {
  expect(await refusal(memorySource(wavFile(new Uint8Array(0), STEREO)))).toMatch(/^This WAV file holds no sound at all\./);
  const strange = wavFile(new Uint8Array(100), STEREO);
  strange[20] = 0x11;
  expect(await refusal(memorySource(strange))).toContain('compressed in a way');
});

test('Rates and channels nobody has', async () => {
  expect(await refusal(memorySource(wavFile(new Uint8Array(4000), { ...STEREO, rate: 1_000_000 })))).toContain('1000000 samples a second');
  expect(await refusal(memorySource(wavFile(new Uint8Array(4000), { ...STEREO, channels: 20 })))).toContain('20 channels');
});

test('A WAV whose sizes were never written, as after a power cut, is taken as far as it goes', async () => {
  const file = wavFile(pcmBytes(noise(5000, 2, 16), STEREO), STEREO, { claims: 0xffff_ffff });
  const { content } = await ingest(memorySource(file), rememberingSink(), { limits: INGEST_LIMITS, createMeter: silentMeter });
  expect(content.frames).toBe(5000);
});

test('A file whose samples are not numbers fails with a sentence; a few among sound are told of', async () => {
  const format: MadeFormat = { rate: 48_000, channels: 1, bits: 32, float: true };
  const nothing = wavFile(pcmBytes([Number.NaN, 0, Number.NaN, Number.POSITIVE_INFINITY], format), format);
  expect(await refusal(memorySource(nothing))).toMatch(/^This WAV file holds no sound: its samples are not numbers\. .*Nothing was added/);
  const some = wavFile(pcmBytes([0.1, Number.NaN, -0.1, Number.NEGATIVE_INFINITY], format), format);
  const { notes } = await ingest(memorySource(some), rememberingSink(), { limits: INGEST_LIMITS, createMeter: silentMeter });
  expect(notes).toEqual([expect.stringMatching(/^2 samples of this file were not a number and are silent here/)]);
});

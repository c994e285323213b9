import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { measuredByFfmpeg } from '../support/files';
import { arrive, openDemo, ownServer } from '../support/people';

const server = ownServer();
const LOOP = { from: 40, until: 44 };

/** What ffmpeg finds in a file: the codec, its seconds, and its two sides as floats. */
function decoded(path: string): { codec: string; left: Float32Array } {
  const codec = execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', path], {
    encoding: 'utf8',
  });
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-ar', '48000', '-ac', '2', '-'], { maxBuffer: 2 ** 28 });
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return { codec: codec.trim(), left: samples.filter((_, n) => n % 2 === 0) };
}

/** Root of the mean square of a difference over that of the first, dB, the second shifted to where it fits best within 40 ms. */
function unlikeness(a: Float32Array, b: Float32Array): number {
  const [from, frames] = [48_000, 96_000];
  const power = a.subarray(from, from + frames).reduce((sum, sample) => sum + sample * sample, 0);
  const off = (shift: number) => {
    let sum = 0;
    for (let n = from; n < from + frames; n++) sum += ((a[n] ?? 0) - (b[n + shift] ?? 0)) ** 2;
    return sum;
  };
  let least = Number.POSITIVE_INFINITY;
  for (let shift = -1920; shift <= 1920; shift++) least = Math.min(least, off(shift));
  return 10 * Math.log10(least / power);
}

async function exported(page: Page, choices: Readonly<Record<string, string>>, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [name, value] of Object.entries(choices)) await dialog.getByRole('combobox', { name }).selectOption(value);
  const download = page.waitForEvent('download', { timeout: 120_000 });
  await dialog.getByRole('button', { name: 'Export' }).click();
  await (await download).saveAs(path);
  await dialog.getByRole('button', { name: 'Done' }).click();
}

test('the loop as WAV, FLAC, MP3 and Opus is one sound; brought to a loudness it has it; every strip is a file in a ZIP', async ({
  browser,
}, info) => {
  test.setTimeout(300_000);
  const ana = await arrive(browser, 'Ana');
  const { page } = ana;
  await openDemo(ana, server());
  await page.waitForFunction(() => window.mixingTable?.stems.list.get().every((stem) => stem.status === 'ready'));
  await page.evaluate((loop) => window.mixingTable?.transport.setLoop(loop), LOOP);
  await page.waitForFunction(() => window.mixingTable?.transport.loop.get() !== null);

  const range = { Range: 'loop', 'Tail for echoes': '0' };
  const path = (name: string) => info.outputPath(name);
  await exported(page, { ...range, Format: '24' }, path('mix.wav'));
  const wav = decoded(path('mix.wav'));
  expect(wav.left.length).toBe(48_000 * (LOOP.until - LOOP.from));

  await exported(page, { ...range, Format: 'flac' }, path('mix.flac'));
  const flac = decoded(path('mix.flac'));
  expect(flac.codec).toBe('flac');
  expect(Buffer.compare(Buffer.from(flac.left.buffer), Buffer.from(wav.left.buffer))).toBe(0);

  for (const { format, file, codec, limit } of [
    { format: 'mp3', file: 'mix.mp3', codec: 'mp3', limit: -20 },
    { format: 'opus', file: 'mix.ogg', codec: 'opus', limit: -15 },
  ]) {
    await exported(page, { ...range, Format: format }, path(file));
    const lossy = decoded(path(file));
    expect(lossy.codec).toBe(codec);
    const off = unlikeness(wav.left, lossy.left);
    console.log(`${codec}: ${off.toFixed(1)} dB off the WAV, ${lossy.left.length - wav.left.length} frames longer`);
    expect(off).toBeLessThan(limit);
  }

  await exported(page, { ...range, Format: '24', Level: '-23' }, path('quiet.wav'));
  expect(measuredByFfmpeg(path('quiet.wav')).integrated).toBeCloseTo(-23, 0);

  await exported(page, { ...range, What: 'stems', Format: '16' }, path('stems.zip'));
  // The directory at a ZIP's end names every file once.
  const zip = readFileSync(path('stems.zip')).toString('latin1');
  const [, ...entries] = zip.split('PK\x01\x02');
  expect(entries.length).toBe(12);
  expect(entries[0]).toContain('01 Kick.wav');
});

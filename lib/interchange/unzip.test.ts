import { downloadZip } from 'client-zip';
import { type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unzipped } from './unzip';

/** Bytes that deflate does not shrink much, so that they come in many pieces. */
function noise(size: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state >> 16;
  });
}

const wav = (name: string) => name.endsWith('.wav');

async function taken(zip: Blob, more: { cancel?: AbortSignal; progress?: (done: number) => void } = {}) {
  const found: [string, Uint8Array][] = [];
  const choice = { isWanted: wav, progress: more.progress ?? (() => {}), cancel: more.cancel ?? new AbortController().signal };
  for await (const { name, blob } of unzipped(zip, choice)) found.push([name, new Uint8Array(await blob.arrayBuffer())]);
  return found;
}

const KICK = noise(3_000_000, 1);
const LEAD = new Uint8Array(200_000);
const FILES: Zippable = {
  'Song/01 Kick.wav': KICK,
  'Song/Vocals/Lead.wav': LEAD,
  'Song/notes.txt': noise(100, 2),
  'Song/.hidden.wav': noise(100, 3),
  '__MACOSX/Song/._01 Kick.wav': noise(100, 4),
};

describe('a ZIP of stems', () => {
  test.each([0, 6] as const)('gives its wanted files byte for byte, packed at level %i', async (level) => {
    const steps: number[] = [];
    const found = await taken(new Blob([zipSync(FILES, { level }) as Uint8Array<ArrayBuffer>]), { progress: (done) => steps.push(done) });
    expect(found.map(([name]) => name)).toEqual(['01 Kick.wav', 'Lead.wav']);
    expect(found.map(([, bytes]) => Buffer.compare(bytes, bytes.length === KICK.length ? KICK : LEAD))).toEqual([0, 0]);
    expect(steps.at(-1)).toBe(1);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  test('whose files tell their size only afterwards, as a stream writes them', async () => {
    const zip = await downloadZip([
      { name: 'Kick.wav', input: KICK },
      { name: 'Lead.wav', input: LEAD },
    ]).blob();
    expect((await taken(zip)).map(([name, { length }]) => [name, length])).toEqual([
      ['Kick.wav', KICK.length],
      ['Lead.wav', LEAD.length],
    ]);
  });

  test('that ends too early is refused', async () => {
    const bytes = zipSync(FILES, { level: 0 }) as Uint8Array<ArrayBuffer>;
    await expect(taken(new Blob([bytes.slice(0, 1_000_000)]))).rejects.toThrow('cannot be read');
  });

  test('that is broken within is refused', async () => {
    const bytes = zipSync({ 'Lead.wav': LEAD }) as Uint8Array<ArrayBuffer>;
    bytes.fill(0xff, 40, 120);
    await expect(taken(new Blob([bytes]))).rejects.toThrow('cannot be read');
  });

  test('that is none is refused', async () => {
    await expect(taken(new Blob([noise(10_000, 5) as Uint8Array<ArrayBuffer>]))).rejects.toThrow('cannot be read');
  });

  test('is left when it is cancelled', async () => {
    const cancel = new AbortController();
    const bytes = zipSync(FILES, { level: 0 }) as Uint8Array<ArrayBuffer>;
    const reading = taken(new Blob([bytes]), { cancel: cancel.signal, progress: () => cancel.abort(new Error('given up')) });
    await expect(reading).rejects.toThrow('given up');
  });
});

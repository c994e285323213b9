import { afterEach, expect, it, vi } from 'vitest';
import { decodeElsewhere } from './decode-elsewhere';
import { Filler } from './filler';
import { SegmentFiles } from './segment-files';

/** A worker that cannot be loaded. */
class NoWorker {
  onmessage: unknown = null;
  onerror: (() => void) | null = null;
  postMessage(): void {}
}
const made: NoWorker[] = [];

afterEach(() => void vi.unstubAllGlobals());

function broken() {
  vi.stubGlobal(
    'Worker',
    class extends NoWorker {
      constructor() {
        super();
        made.push(this);
      }
    },
  );
  const decoder = decodeElsewhere(new URL('https://here/segment-worker.js'));
  return { decoder, fail: () => made.at(-1)?.onerror?.() };
}

const slots = { held: () => [-1], sounds: () => false, empty: async () => {}, fill: () => {} };

it('a decoder that stopped refuses what is asked of it later, too', async () => {
  const { decoder, fail } = broken();
  const asked = expect(decoder.decode(new Uint8Array(1))).rejects.toThrow('could not be read');
  fail();
  await asked;
  await expect(decoder.decode(new Uint8Array(1))).rejects.toThrow('could not be read');
});

it('a decoder that stopped is no damaged stem, and who waits for stems hears of it', async () => {
  const { decoder, fail } = broken();
  fail();
  const damaged: string[] = [];
  const filler = new Filler(new SegmentFiles(async () => new Uint8Array(1), 100), decoder, (file) => damaged.push(file));
  filler.setSources(new Map([['a', { slots, files: ['a/0'] }]]));
  filler.look(0, null);
  await expect(filler.whenHeld(1)).rejects.toThrow('Your session is safe');
  await expect(filler.whenHeld(1)).rejects.toThrow('Your session is safe');
  expect(damaged).toEqual([]);
});

it('who waits for stems that cannot be fetched hears of it once the patience has ended', async () => {
  vi.useFakeTimers();
  const files = new SegmentFiles(() => Promise.reject(new Error('offline')), 100, 30_000);
  const filler = new Filler(files, { decode: () => Promise.reject(new Error('never asked')) }, () => {});
  filler.setSources(new Map([['a', { slots, files: ['a/0'] }]]));
  filler.look(0, null);
  const told = expect(filler.whenHeld(1)).rejects.toThrow('Check the connection and try again; your session is safe.');
  await vi.advanceTimersByTimeAsync(60_000);
  await told;
  vi.useRealTimers();
});

import { describe, expect, it } from 'vitest';
import { SEGMENT_FRAMES } from '../../media';
import type { DecodedSegment, SegmentDecoder } from './decode';
import { Filler, type FillSource } from './filler';
import { SegmentFiles } from './segment-files';

/** Slots that remember the segment and the file they were filled from. */
function slotsOf(count: number) {
  const held = Array.from({ length: count }, () => -1);
  const contents = new Map<number, number | null>();
  return {
    contents,
    held: () => [...held],
    sounds: () => false,
    async empty(slot: number) {
      contents.delete(held[slot] ?? -1);
      held[slot] = -1;
    },
    fill(slot: number, segment: number, decoded: DecodedSegment | null) {
      held[slot] = segment;
      contents.set(segment, decoded?.channels[0]?.[0] ?? null);
    },
  };
}

/** "Files" of one byte, which stands for their only sample. */
const decoder: SegmentDecoder = { decode: async (file) => ({ channels: [Float32Array.of(file[0] ?? 0)], bits: 16 }) };

/** A server whose answers come when they are let go. */
function server() {
  const open: { url: string; answer: () => void }[] = [];
  const asked: string[] = [];
  const files = new SegmentFiles((url, signal) => {
    asked.push(url);
    return new Promise((resolve, reject) => {
      open.push({ url, answer: () => resolve(Uint8Array.of(Number(url.split('/')[1]))) });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }, 0);
  return {
    asked,
    filler: new Filler(files, decoder, () => {}),
    async answerAll() {
      while (open.length > 0) {
        for (const { answer } of open.splice(0)) answer();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

const song = (name: string, segments: number) => Array.from({ length: segments }, (_, n) => `${name}/${n}`);

describe('the slots', () => {
  it('are filled with what is heard soonest first, six at a time', async () => {
    const { filler, asked, answerAll } = server();
    const slots = ['a', 'b', 'c', 'd'].map(() => slotsOf(3));
    filler.setSources(new Map(slots.map((one, n) => [`${n}`, { slots: one, files: song('abcd'[n] ?? '', 9) }])));
    filler.look(2 * SEGMENT_FRAMES + 5, null);
    expect(asked).toEqual(['a/2', 'b/2', 'c/2', 'd/2', 'a/3', 'b/3']);
    await answerAll();
    expect(asked.slice(6)).toEqual(['c/3', 'd/3', 'a/4', 'b/4', 'c/4', 'd/4']);
    for (const one of slots)
      expect([...one.contents]).toEqual([
        [2, 2],
        [3, 3],
        [4, 4],
      ]);
  });

  it('let go of what a jump made useless, and keep what it did not', async () => {
    const { filler, asked, answerAll } = server();
    const slots = slotsOf(3);
    filler.setSources(new Map([['a', { slots, files: song('a', 20) }]]));
    filler.look(0, null);
    await answerAll();
    filler.look(SEGMENT_FRAMES, null);
    filler.look(10 * SEGMENT_FRAMES, null);
    await answerAll();
    expect(asked).toEqual(['a/0', 'a/1', 'a/2', 'a/3', 'a/10', 'a/11', 'a/12']);
    expect([...slots.contents.keys()].sort((a, b) => a - b)).toEqual([10, 11, 12]);
  });

  it('take silence without a file, and nothing after the end', async () => {
    const { filler, asked, answerAll } = server();
    const slots = slotsOf(3);
    const source: FillSource = { slots, files: ['a/0', null] };
    filler.setSources(new Map([['a', source]]));
    filler.look(0, null);
    await answerAll();
    expect(asked).toEqual(['a/0']);
    expect([...slots.contents]).toEqual([
      [1, null],
      [0, 0],
    ]);
  });

  it('tell when what is wanted is held', async () => {
    const { filler, answerAll } = server();
    filler.setSources(new Map([['a', { slots: slotsOf(3), files: song('a', 20) }]]));
    filler.look(0, null);
    let held = false;
    const told = filler.whenHeld(2).then(() => {
      held = true;
    });
    await Promise.resolve();
    expect(held).toBe(false);
    await answerAll();
    await told;
  });
});

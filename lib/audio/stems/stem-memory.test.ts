import { expect, it } from 'vitest';
import { createDeskMemory, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import { StemMemory } from './stem-memory';

const stem = (stemId: string, segments: readonly (string | null)[]): StemManifest => ({
  ...{ stemId, segmentBase: '/', peaksUrl: '', frames: segments.length * SEGMENT_FRAMES, channels: 1, bits: 16, gain: 1 },
  ...{ segments: [...segments], loudness: null, segmentLoudness: segments.map(() => null), truePeak: null },
});

it('names the stems whose piece of the song is not there; one that has ended needs none', async () => {
  const desk = instantiateDesk(await loadDeskModule(), createDeskMemory());
  const memory = new StemMemory(desk);
  memory.set(new Map([stem('short', ['a']), stem('long', ['b', 'c'])].map((one) => [one.stemId, one])));
  const missing = (frame: number) => memory.missing(frame).map((place) => place.stem);
  expect([missing(0), missing(SEGMENT_FRAMES), missing(2 * SEGMENT_FRAMES)]).toEqual([['short', 'long'], ['long'], []]);
  const [, long] = memory.places;
  if (!long) throw new Error('There is no place for the stem.');
  desk.setSlot(long.source, 0, 1, long.slots[0] ?? 0);
  expect([missing(0), missing(SEGMENT_FRAMES)]).toEqual([['short', 'long'], []]);
});

it('gives each stem no more slots than it is asked to', async () => {
  const desk = instantiateDesk(await loadDeskModule(), createDeskMemory());
  const memory = new StemMemory(desk, 1);
  memory.set(new Map([['long', stem('long', ['a', 'b', 'c'])]]));
  expect(memory.places.map(({ slots }) => slots.length)).toEqual([1]);
});

it('without memory for a stem plays the others, gives back what is no longer played, and takes it in once there is memory', async () => {
  const desk = instantiateDesk(await loadDeskModule(), createDeskMemory(24 * 2 ** 20));
  const memory = new StemMemory(desk);
  const long = (id: string) => stem(id, ['a', 'b', 'c']);
  const all = new Map('abcdefgh'.split('').map((id) => [id, long(id)]));
  memory.set(new Map([...all].slice(0, 1)));
  const gone = memory.set(new Map([...all].slice(1)));
  expect(gone.map(({ stem }) => stem)).toEqual(['a']);
  const played = memory.places.length;
  expect(played).toBeGreaterThan(0);
  expect(played).toBeLessThan(7);
  memory.release(gone);
  memory.set(new Map([...all].slice(1)));
  expect(memory.places.length).toBe(played + 1);
});

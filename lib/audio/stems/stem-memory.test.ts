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

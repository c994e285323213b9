import { expect, it } from 'vitest';
import { SEGMENT_FRAMES, type StemManifest } from '../../media';
import { printPlace } from './place';

const stem = (...sounds: number[]): StemManifest => ({
  ...{ stemId: 'a', segmentBase: '/', peaksUrl: '', frames: sounds.length * SEGMENT_FRAMES, channels: 1, bits: 16, gain: 1 },
  ...{ loudness: null, segmentLoudness: sounds.map(() => null), truePeak: null },
  segments: sounds.map((sound) => (sound ? 'file' : null)),
});
const segment = (...parameters: Parameters<typeof printPlace>) => Math.floor(printPlace(...parameters) / SEGMENT_FRAMES);

it('lies where most stems sound, and the seed chooses among such places', () => {
  const stems = [stem(0, 1, 1, 0, 1), stem(1, 1, 0, 0, 1), stem(1, 0)];
  expect([0, 1, 2, 3].map((seed) => segment(stems, seed))).toEqual([0, 1, 4, 0]);
});

it('is somewhere also where nothing sounds', () => {
  expect([segment([], 5), segment([stem(0)], 5)]).toEqual([0, 0]);
});

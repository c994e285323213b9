import { expect, test } from 'vitest';
import { PEAK_ZOOMS } from '../media';
import { Outline, thumbnail } from './outline';

test('Every zoom holds the extremes of its stretches, however the samples came', () => {
  const frames = 50_000;
  const left = Float32Array.from({ length: frames }, (_, n) => Math.sin(n / 700) * 0.5);
  const right = new Float32Array(frames);
  right[30_000] = -0.9;
  const outline = new Outline(1);
  for (let from = 0; from < frames; from += 777) {
    const length = Math.min(777, frames - from);
    outline.add([left.slice(from, from + length), right.slice(from, from + length)], length);
  }
  const { zooms } = outline.finish();
  expect(zooms.map(({ framesPerPair }) => framesPerPair)).toEqual([...PEAK_ZOOMS]);
  for (const { framesPerPair, pairs, values } of zooms) {
    expect(pairs).toBe(Math.ceil(frames / framesPerPair));
    for (let pair = 0; pair < pairs; pair++) {
      const part = left.slice(pair * framesPerPair, (pair + 1) * framesPerPair);
      const holds = Math.floor(30_000 / framesPerPair) === pair;
      expect(values[pair * 2]).toBe(Math.round((holds ? Math.fround(-0.9) : Math.min(0, ...part)) * 32_767));
      expect(values[pair * 2 + 1]).toBe(Math.round(Math.max(0, ...part) * 32_767));
    }
  }
});

test('The small picture shows the level of each part', () => {
  const outline = new Outline(4);
  outline.add([Float32Array.from({ length: 25_600 }, (_, n) => (n < 12_800 ? 0.25 : 0))], 25_600);
  const wave = thumbnail(outline.finish(), 10);
  expect(wave).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0]);
});

import { expect, test } from 'vitest';
import { decodePeaks, encodePeaks, type Peaks } from './peaks';

const peaks: Peaks = {
  frames: 40_000,
  scale: 2,
  zooms: [
    { framesPerPair: 256, pairs: 3, values: Int16Array.of(-1, 2, -32_767, 32_767, 0, 0) },
    { framesPerPair: 2048, pairs: 1, values: Int16Array.of(-32_767, 32_767) },
  ],
};

test('What is written is what is read', () => {
  expect(decodePeaks(encodePeaks(peaks))).toEqual(peaks);
});

test('A file that lies at an odd address is read as well', () => {
  const bytes = encodePeaks(peaks);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(decodePeaks(shifted.subarray(1))).toEqual(peaks);
});

test('What is no peaks file, or not whole, is null', () => {
  const bytes = encodePeaks(peaks);
  for (let length = 0; length < bytes.length; length++) expect(decodePeaks(bytes.subarray(0, length))).toBeNull();
  bytes[0] = 0;
  expect(decodePeaks(bytes)).toBeNull();
});

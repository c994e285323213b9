import { expect, test } from 'vitest';
import { newNeedle, swing } from './ballistics';

const FRAME = 1000 / 60;
const decibels = (gain: number) => 20 * Math.log10(gain);

test('a peak shows at once, and falls by 20 dB in a second whatever the frame rate', () => {
  for (const frames of [30, 60, 144]) {
    const needle = newNeedle();
    swing(needle, 1, 1000 / frames, 0);
    expect(needle.level).toBe(1);
    for (let frame = 1; frame <= frames; frame += 1) swing(needle, 0, 1000 / frames, (frame * 1000) / frames);
    expect(decibels(needle.level)).toBeCloseTo(-20, 6);
  }
});

test('the mark stays a second and a half, then falls to the level', () => {
  const needle = newNeedle();
  swing(needle, 0.5, FRAME, 0);
  swing(needle, 0.1, FRAME, 1400);
  expect(needle.hold).toBe(0.5);
  swing(needle, 0.1, FRAME, 1600);
  expect(needle.hold).toBeLessThan(0.5);
  for (let at = 1600; at < 5000; at += FRAME) swing(needle, 0.1, FRAME, at);
  expect(needle.hold).toBeCloseTo(0.1, 6);
});

test('the mark is never under the level', () => {
  const needle = newNeedle();
  let at = 0;
  for (const reading of [0.1, 0.9, 0, 0.95, 0.2, 0, 0, 1]) {
    at += 700;
    swing(needle, reading, 700, at);
    expect(needle.hold).toBeGreaterThanOrEqual(needle.level);
  }
});

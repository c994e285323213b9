import { expect, test } from 'vitest';
import { StripMeter } from '../measure/strip-meter';
import { figuresOf, loudnessWithin, programmeOf } from './programme';
import { findSections } from './sections';

const RATE = 48_000;
const sine = (hertz: number, seconds: number, gain: number) =>
  Float32Array.from({ length: seconds * RATE }, (_, n) => gain * Math.sin((2 * Math.PI * hertz * n) / RATE));

function measured(left: Float32Array, right: Float32Array) {
  const meter = new StripMeter(false);
  meter.add(left, right);
  return programmeOf(meter.finish(), -3);
}

/** EBU Tech 3341, case 1: a tone of 1 kHz at −23 dBFS on both sides reads −23 LUFS. */
test('a tone at −23 dBFS has −23 LUFS, its whole power in its third octave, and no width', () => {
  const tone = sine(1000, 20, 10 ** (-23 / 20));
  const figures = figuresOf(measured(tone, tone), null);
  expect(figures.integrated).toBeCloseTo(-23, 1);
  expect(figures.range).toBeCloseTo(0, 1);
  expect(figures.peakToLoudness).toBeCloseTo(20, 1);
  expect(figures.tone[17]).toBeCloseTo(0, 1);
  expect(figures.tone[20]).toBeLessThan(-60);
  expect(figures.width[17]).toBeCloseTo(0, 3);
});

test('sides turned against each other have the whole width, one side alone half of it', () => {
  const tone = sine(1000, 5, 0.1);
  const against = figuresOf(
    measured(
      tone,
      tone.map((x) => -x),
    ),
    null,
  );
  expect(against.width[17]).toBeCloseTo(1, 3);
  expect(figuresOf(measured(tone, new Float32Array(tone.length)), null).width[17]).toBeCloseTo(0.5, 3);
});

test('a stretch is measured by itself', () => {
  const song = new Float32Array(12 * RATE);
  song.set(sine(1000, 6, 0.02));
  song.set(sine(1000, 6, 0.2), 6 * RATE);
  const measure = measured(song, song);
  const [soft, loud] = [loudnessWithin(measure, { from: 1, until: 5 }), loudnessWithin(measure, { from: 7, until: 11 })];
  expect(loud - soft).toBeCloseTo(20, 1);
  expect(figuresOf(measure, { from: 7, until: 11 }).integrated).toBe(loud);
});

/** A song of stretches that each sound in one third octave; seconds. */
function madeOf(stretches: readonly (readonly [seconds: number, band: number])[]) {
  const rows = stretches.flatMap(([seconds, band]) => Array.from({ length: 5 * seconds }, () => band));
  const bands = new Float32Array(31 * rows.length).fill(1e-7);
  rows.forEach((band, at) => {
    bands[31 * at + band] = 0.1;
    bands[31 * at + band + 1] = 0.01;
  });
  const none = new Float64Array(31);
  return {
    seconds: rows.length / 5,
    steps: new Float32Array(2 * rows.length),
    bands,
    left: none,
    right: none,
    shared: none,
    truePeak: null,
  };
}

test('a song changes where its sound does, and nowhere else', () => {
  const song = madeOf([
    [20, 10],
    [24, 20],
    [20, 10],
  ]);
  expect(findSections(song)).toEqual([20, 44]);
  expect(findSections(madeOf([[60, 10]]))).toEqual([]);
  // A fill of two seconds is no section.
  const filled = madeOf([
    [20, 10],
    [2, 20],
    [20, 10],
  ]);
  expect(findSections(filled)).toEqual([]);
});

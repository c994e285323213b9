import { beforeAll, describe, expect, it } from 'vitest';
import { type Breakpoint, laneValue, stripRow } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, lane, MASTER_SLOT, Rig, rms, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 96_000;
const ONES = new Float32Array(192_000).fill(0.25);

/** One strip that plays a constant, so that the output is the gain itself. */
function rigged(signal: Float32Array = ONES, more: readonly Operation[] = []): Rig {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([signal, signal])]), ...more]);
  return rig;
}

const FADE = [
  [10_000, -20, 'linear'],
  [40_000, -2, 'smooth'],
  [70_000, -30, 'hold'],
  [80_001, -6, 'linear'],
] as const;

const asPoints = (points: readonly (readonly [number, number, string])[]): Breakpoint[] =>
  points.map(([at, value, curve]) => ({ at: at / 48_000, value, curve: curve as Breakpoint['curve'] }));

/** The greatest step from one sample to the next, of the gain. */
function steepest(signal: Float32Array): number {
  let most = 0;
  for (let n = 1; n < signal.length; n++) most = Math.max(most, Math.abs((signal[n] ?? 0) - (signal[n - 1] ?? 0)) / 0.25);
  return most;
}

describe('a lane on a fader', () => {
  it('puts it, at every frame, within 0.03 dB of where the lane says, and comes to steps without a click', () => {
    const rig = rigged();
    rig.desk.write([lane(rig, 0, 1, 'fader', FADE)]);
    const [left] = rig.play(0, FRAMES);
    const row = stripRow('fader');
    if (!row) throw new Error('no fader');
    let worst = 0;
    for (let n = 0; n < FRAMES; n++) {
      // 50 ms after the hold's end it has come to its step.
      if (n > 79_000 && n < 84_000) continue;
      worst = Math.max(worst, Math.abs(decibels((left[n] ?? 0) / 0.25) - (laneValue(row, asPoints(FADE), n / 48_000) ?? 0)));
    }
    console.log(`automated fader: ${worst.toFixed(4)} dB off at most, steepest ${steepest(left).toFixed(5)} a sample`);
    expect(worst).toBeLessThan(0.03);
    expect(steepest(left)).toBeLessThan(0.005);
  });

  it('sounds the same, bit for bit, in blocks of any size and started at any frame of the output', () => {
    const points = lanesOfAll();
    const first = playAll(points, 128, 0);
    for (const [block, before] of [
      [100, 0],
      [960, 77],
      [2048, 1],
      [128, 300],
    ] as const) {
      expect(difference(playAll(points, block, before), first)).toBe(0);
    }
  });

  it.each([0, 333])('steps at its very frame, switches too, also where it acts %i frames later', (late) => {
    const flat = [
      [0, -6, 'hold'],
      [30_011, -20, 'hold'],
      [30_050, -6, 'linear'],
      [40_001, -6, 'linear'],
      [40_001, -20, 'linear'],
    ] as const;
    const muted = [
      [0, 0, 'hold'],
      [50_077, 1, 'hold'],
      [60_123, 0, 'hold'],
    ] as const;
    for (const [id, points, steps] of [
      ['fader', flat, [30_011, 30_050, 40_001]],
      ['mute', muted, [50_077, 60_123]],
    ] as const) {
      for (const block of [128, 100]) {
        const rig = rigged();
        rig.desk.write([lane(rig, 0, 1, id, points), { do: 'laneLate', lane: 0, frames: late }]);
        const [left] = rig.play(0, 70_000, block);
        for (const step of steps) {
          const at = step + late;
          const before = left[at - 1] ?? 0;
          // What comes after a step of 39 frames before is on its way still.
          if (step !== 30_050) expect(Math.abs(before - (left[at - 20] ?? 0)), `${id} before ${step}`).toBeLessThan(1e-7);
          expect(Math.sign((left[at] ?? 0) - before), `${id} at ${step}`).toBe(step === 60_123 || step === 30_050 ? 1 : -1);
        }
      }
    }
  });

  it('begins a start where the lane is, and comes to a seek and a loop without a click', () => {
    const rig = rigged();
    rig.desk.write([
      lane(rig, 0, 1, 'fader', [
        [0, -30, 'linear'],
        [90_000, 0, 'linear'],
      ]),
    ]);
    const [left] = rig.play(45_000, 1000);
    expect(decibels((left[0] ?? 0) / 0.25)).toBeCloseTo(-15, 2);
    rig.desk.write([{ do: 'seek', position: 90_000 }]);
    const [sought] = rig.render(9600);
    expect(decibels((sought[9000] ?? 0) / 0.25)).toBeCloseTo(0, 2);
    expect(steepest(sought)).toBeLessThan(0.01);
  });

  it('leaves the control to a hand while it is held, and takes it back', () => {
    const rig = rigged();
    rig.desk.write([lane(rig, 0, 1, 'fader', [[0, -12, 'linear']])]);
    rig.play(0, 4800);
    rig.desk.write([{ do: 'holdLane', lane: 0, on: true }, strip(1, 'fader', 0, {})]);
    expect(rig.render(9600)[0].at(-1)).toBeCloseTo(0.25, 4);
    rig.desk.write([{ do: 'holdLane', lane: 0, on: false }]);
    expect(decibels((rig.render(9600)[0].at(-1) ?? 0) / 0.25)).toBeCloseTo(-12, 2);
  });

  it('that somebody else draws anew rises by no more than 6 dB per 100 ms', () => {
    const rig = rigged();
    rig.desk.write([lane(rig, 0, 1, 'fader', [[0, -30, 'linear']])]);
    rig.play(0, 4800);
    const drawn = lane(rig, 0, 1, 'fader', [[0, 0, 'linear']]);
    if (drawn.do !== 'lane') throw new Error('a lane');
    rig.desk.write([{ ...drawn, remote: true }]);
    const [rise] = rig.render(48_000);
    expect(decibels((rise[5000] ?? 0) / 0.25)).toBeLessThan(-23);
    expect(decibels((rise.at(-1) ?? 0) / 0.25)).toBeCloseTo(0, 2);
  });

  it('whose memory holds nonsense keeps the control within its range, and the sound within numbers', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e300]) {
      for (const id of ['fader', 'eq.3.freq', 'comp.threshold']) {
        const rig = rigged(sine(330, 96_000, 0.5), [strip(1, 'eq.on', 1), strip(1, 'eq.3.on', 1), strip(1, 'comp.on', 1)]);
        rig.desk.write([
          lane(rig, 0, 1, id, [
            [0, 0, 'linear'],
            [9600, value, 'smooth'],
            [4800, value, 'linear'],
            [4800, 0, 'linear'],
          ]),
        ]);
        const [left] = rig.play(0, 14_400);
        expect(rig.desk.faults.count, `${id} ${value}`).toBe(0);
        expect(left.every(Number.isFinite)).toBe(true);
        rig.desk.write([{ do: 'lane', lane: 0, on: 'strip', slot: 1, parameter: 0, address: 0, count: 0 }, strip(1, id, 1000, {})]);
        expect(rms(rig.render(14_400)[0].subarray(9600)), `${id} ${value}`).toBeGreaterThan(0.05);
      }
    }
  });

  it('that goes leaves the fader where it stands', () => {
    const rig = rigged();
    rig.desk.write([lane(rig, 0, 1, 'fader', [[0, -12, 'linear']])]);
    rig.play(0, 4800);
    rig.desk.write([{ do: 'lane', lane: 0, on: 'strip', slot: 1, parameter: 0, address: 0, count: 0 }, strip(1, 'fader', -3, {})]);
    expect(decibels((rig.render(9600)[0].at(-1) ?? 0) / 0.25)).toBeCloseTo(-3, 2);
  });
});

/** Lanes that move filters, dynamics, pan and mute all at once. */
function lanesOfAll(): readonly (readonly [string, readonly (readonly [number, number, string])[]])[] {
  const ramp = (from: number, to: number) =>
    [
      [1000, from, 'linear'],
      [20_500, to, 'smooth'],
      [44_444, from, 'linear'],
    ] as const;
  return [
    ['fader', FADE],
    ['eq.3.freq', ramp(200, 5000)],
    ['eq.3.gain', ramp(-12, 12)],
    ['hpf.freq', ramp(30, 400)],
    ['comp.threshold', ramp(-40, -10)],
    ['pan', ramp(-100, 100)],
    [
      'mute',
      [
        [0, 0, 'hold'],
        [30_000, 1, 'hold'],
        [33_000, 0, 'hold'],
      ],
    ],
  ];
}

function playAll(lanes: ReturnType<typeof lanesOfAll>, block: number, before: number): Float32Array {
  const tone = sine(330, 192_000, 0.5).map((x, n) => x + 0.2 * Math.sin(n * n * 1e-6));
  const rig = rigged(tone, [strip(1, 'hpf.on', 1), strip(1, 'comp.on', 1), strip(MASTER_SLOT, 'limiter.on', 1)]);
  rig.desk.write(lanes.map(([id, points], index) => lane(rig, index, 1, id, points)));
  if (before > 0) rig.render(before, before);
  return rig.play(777, FRAMES, block)[0];
}

import { beforeAll, describe, expect, it } from 'vitest';
import { flangerGain, phaserGain, tremoloGain } from '../dsp';
import { type InsertType, LFO_NOTES } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, simpleConsole, sine } from './rig';
import { lineAt } from './spectrum';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

/** A stem through one effect, with values by their ids. */
function through(type: InsertType, stem: readonly Float32Array[], values: Readonly<Record<string, number>>, tempo = 120): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes(type));
  rig.desk.samples(address, rig.desk.insertBytes(type) / 4).fill(0.7);
  const set = Object.entries(values).map(([id, value]): Operation => insert(type, 0, id, value));
  rig.desk.write([
    ...simpleConsole([rig.addStem(stem)]),
    { do: 'tempo', tempo },
    { do: 'addInsert', slot: 0, type, address },
    { do: 'chain', strip: 1, inserts: [0] },
    ...set,
  ]);
  return rig;
}

const ones = (frames: number) => new Float32Array(frames).fill(0.5);
const click = (frames: number, at = 0) => {
  const signal = new Float32Array(frames);
  signal[at] = 0.5;
  return signal;
};

/** Size of a click's answer at a frequency. */
const answerAt = (answer: Float32Array, hertz: number) => (lineAt(answer, hertz) * answer.length) / 2 / 0.5;

describe('the tremolo', () => {
  const frames = 96_000;
  const still = { sync: 0, mix: 100 };

  it('sways at its rate, as deep as it says, loudest at the beginning of the song', () => {
    const [left] = through('tremolo', [ones(frames)], { ...still, rate: 4, depth: 60, shape: 0 }).play(0, frames);
    for (let n = 0; n < frames; n += 997) {
      const wanted = 0.5 * (1 - 0.6 * (0.5 - 0.5 * Math.cos((2 * Math.PI * 4 * n) / 48_000)));
      expect(Math.abs((left[n] ?? 0) - wanted)).toBeLessThan(1e-5);
    }
  });

  it.each([0, 1, 2])('has shape %i as it is drawn', (shape) => {
    const [left] = through('tremolo', [ones(frames)], { ...still, rate: 3, depth: 80, shape }).play(0, frames);
    for (let n = 0; n < frames; n += 331) {
      expect(Math.abs((left[n] ?? 0) - 0.5 * tremoloGain(shape, 0.8, 3, (3 * n) / 48_000))).toBeLessThan(1e-5);
    }
  });

  it.each(LFO_NOTES.map(({ name, quarters }, note) => ({ name, quarters, note })))('of $name follows the tempo', ({ quarters, note }) => {
    const cycle = (quarters * 60 * 48_000) / 130;
    const [left] = through('tremolo', [ones(frames)], { sync: 1, note, depth: 100 }, 130).play(0, frames);
    for (let n = 0; n < frames; n += 1009) {
      expect(Math.abs((left[n] ?? 0) - 0.25 * (1 + Math.cos((2 * Math.PI * n) / cycle)))).toBeLessThan(1e-4);
    }
  });

  it('is in the same place of the song wherever it was begun', () => {
    const values = { ...still, rate: 3.3, depth: 100, shape: 1 };
    const [whole] = through('tremolo', [ones(frames)], values).play(0, frames);
    const [late] = through('tremolo', [ones(frames)], values).play(31_234, 20_000);
    expect(difference(late, whole.subarray(31_234, 51_234))).toBe(0);
  });

  it('finds its place again after a jump, without a step', () => {
    const values = { ...still, rate: 3.3, depth: 100 };
    const stem = ones(192_000);
    const rig = through('tremolo', [stem], values);
    rig.play(0, 10_000);
    rig.desk.write([{ do: 'seek', position: 50_000 }]);
    const [left] = rig.render(72_000);
    expect(Math.max(...left.subarray(1, 60_000).map((x, n) => Math.abs(x - (left[n] ?? 0))))).toBeLessThan(0.002);
    const [whole] = through('tremolo', [stem], values).play(0, 122_000);
    const end = 50_000 + 72_000 - rig.desk.layout.latency;
    expect(difference(left.subarray(67_200), whole.subarray(end - 4800, end))).toBeLessThan(1e-5);
  });

  it('moves the sound from side to side', () => {
    const [left, right] = through('tremolo', [ones(frames), ones(frames)], { ...still, rate: 2, depth: 100, pan: 100 }).play(0, frames);
    for (let n = 0; n < frames; n += 501) expect(Math.abs((left[n] ?? 0) + (right[n] ?? 0) - 0.5)).toBeLessThan(1e-5);
  });

  it('chops as a square with edges of 4 ms', () => {
    const [left] = through('tremolo', [ones(frames)], { ...still, rate: 2, depth: 100, shape: 2 }).play(0, frames);
    const moving = left.subarray(0, 24_000).filter((x) => x > 0.001 && x < 0.499).length;
    expect(Math.abs(moving - 2 * 192)).toBeLessThan(8);
  });
});

describe('the flanger', () => {
  it.each([
    { delay: 1, feedback: 0 },
    { delay: 3, feedback: 60 },
    { delay: 0.5, feedback: -50 },
  ])('of $delay ms and $feedback % is the comb it should be', ({ delay, feedback }) => {
    const [answer] = through('flanger', [click(48_000)], { delay, feedback, depth: 0, mix: 50 }).play(0, 48_000);
    for (const share of [0.25, 0.5, 0.75, 1, 1.5, 2]) {
      const hertz = (share * 1000) / delay;
      if (hertz > 5000) continue;
      expect(Math.abs(answerAt(answer, hertz) - flangerGain(delay, feedback / 100, 0.5, hertz))).toBeLessThan(0.02);
    }
  });

  it('sweeps between the delays that its depth says, in the time that its rate says', () => {
    const frames = 192_000;
    const heard = through('flanger', [noise(frames, 0.4, 3)], { sync: 0, rate: 0.5, delay: 4, depth: 50, feedback: 0, mix: 100, width: 0 });
    const stem = noise(frames, 0.4, 3);
    const [left] = heard.play(0, frames);
    /** The delay at which the echo around `at` looks most like the stem. */
    const delayAt = (at: number) => {
      const likeness = (delay: number) => {
        let sum = 0;
        for (let n = at - 200; n < at + 200; n++) sum += (left[n] ?? 0) * (stem[n - delay] ?? 0);
        return sum;
      };
      const delays = Array.from({ length: 320 }, (_, n) => n + 20);
      return delays.reduce((best, delay) => (likeness(delay) > likeness(best) ? delay : best));
    };
    expect(Math.abs(delayAt(24_000) - 288)).toBeLessThan(3);
    expect(Math.abs(delayAt(72_000) - 96)).toBeLessThan(3);
    expect(Math.abs(delayAt(120_000) - 288)).toBeLessThan(3);
  });
});

describe('the phaser', () => {
  it.each([
    { choice: 0, stages: 4 },
    { choice: 1, stages: 6 },
    { choice: 2, stages: 8 },
    { choice: 3, stages: 12 },
  ])('with $stages stages has its notches where each stage turns by an odd part of the half circle', ({ choice, stages }) => {
    const values = { stages: choice, freq: 1000, depth: 0, feedback: 0, mix: 50 };
    const [answer] = through('phaser', [click(96_000)], values).play(0, 96_000);
    const warped = Math.tan((Math.PI * 1000) / 48_000);
    for (let notch = 0; notch < stages / 2; notch++) {
      const turn = (Math.PI * (2 * notch + 1)) / (2 * stages);
      const hertz = (48_000 / Math.PI) * Math.atan(warped * Math.tan(turn));
      expect(decibels(answerAt(answer, hertz))).toBeLessThan(-45);
    }
    for (const hertz of [10, 23_000]) expect(Math.abs(decibels(answerAt(answer, hertz)))).toBeLessThan(1);
  });

  it('answers as it is drawn, feedback and all', () => {
    const [answer] = through('phaser', [click(96_000)], { stages: 1, freq: 800, depth: 0, feedback: 60, mix: 70 }).play(0, 96_000);
    for (const hertz of [50, 200, 333, 800, 1500, 4000, 12_000]) {
      expect(Math.abs(answerAt(answer, hertz) - phaserGain(6, 800, 0.6, 0.7, hertz))).toBeLessThan(0.002);
    }
  });

  it('stays whole at its sharpest', () => {
    const [left] = through('phaser', [noise(96_000, 0.5)], { feedback: 95, mix: 100, rate: 5, sync: 0 }).play(0, 96_000);
    expect(left.every((x) => Number.isFinite(x) && Math.abs(x) < 20)).toBe(true);
  });
});

describe('the chorus', () => {
  it('sways in pitch as far as its depth and rate say', () => {
    const frames = 96_000;
    const values = { sync: 0, rate: 1, depth: 40, delay: 20, mix: 100, lowcut: 20, width: 0 };
    const [answer] = through('chorus', [click(frames, 12_000)], values).play(0, frames);
    // The voices' places a quarter of a cycle in: 20 + 2 ms, and 1.37 × 20 − 2 ms.
    const loud = Array.from(answer.keys()).filter((n) => Math.abs(answer[n] ?? 0) > 0.1);
    const places = [12_000 + 22 * 48, 12_000 + 25.4 * 48];
    // What is read later was written at the click: the wave has moved on a little by then.
    for (const place of places) expect(Math.min(...loud.map((n) => Math.abs(n - place)))).toBeLessThan(12);
    expect(loud.every((n) => places.some((place) => Math.abs(n - place) < 14))).toBe(true);
  });

  it('is wide on what is mono, and narrow when told so', () => {
    const stem = noise(48_000, 0.4);
    const apart = (width: number) => {
      const [left, right] = through('chorus', [stem], { width }).play(0, 48_000);
      return difference(left, right);
    };
    expect(apart(0)).toBe(0);
    expect(apart(100)).toBeGreaterThan(0.1);
  });

  it('keeps lows out of its voices', () => {
    const [left] = through('chorus', [sine(50, 48_000, 0.5)], { mix: 100, lowcut: 800, depth: 0 }).play(0, 48_000);
    expect(decibels(lineAt(left.subarray(24_000), 50) / 0.5)).toBeLessThan(-18);
  });
});

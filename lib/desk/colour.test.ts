import { beforeAll, describe, expect, it } from 'vitest';
import { saturated } from '../dsp';
import { FAMILY_OF, INSERT_ROWS, INSERT_TYPES, type InsertFamily, type InsertType } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, sine } from './rig';
import { lineAt, roughness } from './spectrum';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

function through(type: InsertType, stem: readonly Float32Array[], values: Readonly<Record<string, number>> = {}): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes(type));
  rig.desk.samples(address, rig.desk.insertBytes(type) / 4).fill(0.7);
  const set = Object.entries(values).map(([id, value]): Operation => insert(type, 0, id, value));
  const source = rig.addStem(stem);
  rig.desk.write([
    ...simpleConsole([source]),
    { do: 'addInsert', slot: 0, type, address },
    { do: 'chain', strip: 1, inserts: [0] },
    ...set,
  ]);
  return rig;
}

/** Effects that leave a sine smooth. */
const STEADY: readonly InsertFamily[] = ['Space', 'Time', 'Modulation', 'Stereo'];

const left = (rig: Rig, frames: number) => rig.play(0, frames)[0];

describe('the distortion', () => {
  const LINES = [2, 4, 6, 8, 12, 14, 16, 18].map((kilohertz) => 1000 * kilohertz);
  it.each([
    { name: 'tape', curve: 0, drives: [12, 24, 30] },
    { name: 'tube', curve: 1, drives: [12, 24, 30] },
    { name: 'transistor', curve: 2, drives: [12, 24, 30] },
    { name: 'fold', curve: 3, drives: [12, 24, 28] },
    { name: 'hard clip', curve: 4, drives: [6, 12, 24] },
  ])('of $name keeps what folds back of 10 kHz below −80 dB', ({ curve, drives }) => {
    for (const drive of drives) {
      const heard = left(through('distortion', [sine(10_000, 24_000, 0.25)], { curve, drive, tone: 20_000 }), 9600).subarray(4800);
      const worst = Math.max(...LINES.map((hertz) => lineAt(heard, hertz)));
      expect(decibels(worst / lineAt(heard, 10_000))).toBeLessThan(-80);
    }
  });

  it.each([0, 1, 2, 3, 4])('bends a slow wave by curve %i as it is drawn', (curve) => {
    const stem = sine(20, 24_000, 0.5);
    const set = { curve, drive: 12, mix: 0.8, output: -3 };
    const heard = left(through('distortion', [stem], { ...set, mix: 80, tone: 20_000 }), 24_000).subarray(19_200);
    const wanted = stem.map((x) => saturated(set, x)).subarray(19_200);
    // The guard against drift takes a little of so low a note, and turns its phase.
    for (const hertz of [20, 40, 60, 100]) expect(Math.abs(lineAt(heard, hertz) - lineAt(wanted, hertz))).toBeLessThan(0.02);
  });

  it('is switched, moved and given another curve without a click', () => {
    const rig = through('distortion', [sine(220, 144_000, 0.2)], { drive: 6 });
    rig.play(0, 9600);
    const moves = Object.entries({ on: 0, mix: 0, tone: 500, output: -24, curve: 4, drive: 0 }).flatMap(([id, value]) => {
      const rest = INSERT_ROWS.distortion.find((row) => row.id === id)?.default ?? 0;
      return [insert('distortion', 0, id, value, false), insert('distortion', 0, id, id === 'drive' ? 6 : rest, false)];
    });
    const [heard] = rig.render(4608 * 13, 128, (done) => {
      const move = done % 4608 === 0 ? moves[done / 4608] : undefined;
      if (move) rig.desk.write([move]);
    });
    expect(roughness(heard)).toBeLessThan(0.01);
  });

  it('loses what lies above its tone', () => {
    const at = (tone: number) =>
      lineAt(left(through('distortion', [sine(8000, 24_000, 0.1)], { drive: 0, tone }), 24_000).subarray(12_000), 8000);
    expect(decibels(at(1000) / at(20_000))).toBeLessThan(-30);
  });
});

describe('the bit crusher', () => {
  it.each([1, 3, 8, 12])('with %i bits has its steps where they belong', (bits) => {
    const heard = left(through('crusher', [sine(100, 24_000, 0.9)], { bits, rate: 48_000, smooth: 0 }), 24_000);
    const step = 2 ** (1 - bits);
    for (const x of heard) expect(Math.abs(x / step - Math.round(x / step))).toBeLessThan(1e-4);
    const stem = sine(100, 24_000, 0.9);
    expect(difference(heard, stem)).toBeLessThan(0.5 * step + 1e-6);
    expect(difference(heard, stem)).toBeGreaterThan(0.4 * step);
  });

  it('holds each sample for as long as its rate says', () => {
    const heard = left(through('crusher', [noise(24_000, 0.5)], { bits: 16, rate: 6000, smooth: 0 }), 24_000);
    for (let n = 1; n < 24_000; n++) if (n % 8 !== 0 && n % 8 !== 1 && n % 8 !== 7) expect(heard[n]).toBe(heard[n - 1]);
    expect(new Set(heard).size).toBeGreaterThan(2500);
  });

  it('smooths its stairs when told so', () => {
    const above = (smooth: number) => {
      const heard = left(through('crusher', [sine(500, 24_000, 0.5)], { bits: 16, rate: 6000, smooth }), 24_000).subarray(12_000);
      return lineAt(heard, 5500) + lineAt(heard, 6500);
    };
    expect(decibels(above(1) / above(0))).toBeLessThan(-12);
  });
});

describe('the stereo width', () => {
  const low = { crossover: 1000, 'mono.on': 0 };
  const side = (values: Readonly<Record<string, number>>, hertz: number) => {
    const stem = sine(hertz, 48_000, 0.25);
    const [l, r] = through('width', [stem, stem.map((x) => -x)], values).play(0, 48_000);
    return decibels(lineAt(l.map((x, n) => 0.5 * (x - (r[n] ?? 0))).subarray(24_000), hertz) / 0.25);
  };

  it('leaves everything as it came at 100 %', () => {
    const stem = [noise(24_000, 0.3, 1), noise(24_000, 0.3, 2)];
    const [l, r] = through('width', stem, { ...low, low: 100, high: 100 }).play(0, 24_000);
    expect(difference(l, stem[0] ?? [])).toBeLessThan(1e-7);
    expect(difference(r, stem[1] ?? [])).toBeLessThan(1e-7);
  });

  it('widens and narrows below and above its crossover, each by its own', () => {
    expect(side({ ...low, low: 50, high: 200 }, 40)).toBeCloseTo(decibels(0.5), 0);
    expect(side({ ...low, low: 50, high: 200 }, 15_000)).toBeCloseTo(decibels(2), 0);
    expect(side({ ...low, low: 0, high: 100 }, 40)).toBeLessThan(-20);
  });

  it('brings what lies below to the middle, and leaves the middle alone', () => {
    const values = { low: 100, high: 100, 'mono.on': 1, 'mono.freq': 200 };
    expect(side(values, 50)).toBeLessThan(-45);
    expect(side(values, 200)).toBeCloseTo(-3, 0);
    expect(Math.abs(side(values, 2000))).toBeLessThan(0.1);
    const stem = noise(24_000, 0.3);
    const [l, r] = through('width', [stem, stem], { low: 0, high: 200, 'mono.on': 1 }).play(0, 24_000);
    expect(Math.max(difference(l, stem), difference(r, stem))).toBe(0);
  });
});

describe.each(INSERT_TYPES.map((type) => ({ type })))('$type', ({ type }) => {
  const stem = () => [noise(48_000, 0.3, 1), noise(48_000, 0.3, 2)];

  it('switched off is bit-identical to none', () => {
    const signal = stem();
    const rig = through(type, signal, { on: 0 });
    // An effect with a latency of its own holds its place when it is off: then all the mix is later by as much.
    const late = rig.desk.insertLatency(type);
    const [l, r] = rig.play(0, 24_000);
    expect(difference(l.subarray(late), signal[0]?.subarray(0, 24_000 - late) ?? [])).toBe(0);
    expect(difference(r.subarray(late), signal[1]?.subarray(0, 24_000 - late) ?? [])).toBe(0);
  });

  it('gives the same bits again from rest, in whatever blocks', () => {
    const rig = through(type, stem());
    const first = left(rig, 24_000).slice();
    rig.desk.write([{ do: 'stop' }]);
    rig.render(1280);
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0, at: rig.desk.outputFrame + 777 }]);
    const { latency } = rig.desk.layout;
    const again = rig.render(777 + 24_000 + latency)[0].subarray(777 + latency);
    expect(difference(again, first)).toBe(0);
    expect(difference(through(type, stem()).play(0, 24_000, 1000)[0], first)).toBe(0);
  });

  it('moves and switches without a click', () => {
    const signal = [sine(220, 144_000, 0.2), sine(220, 144_000, 0.2)];
    const rig = through(type, signal);
    rig.play(0, 9600);
    const moves = INSERT_ROWS[type].flatMap((row) => [
      insert(type, 0, row.id, row.max, false),
      insert(type, 0, row.id, row.default, false),
    ]);
    const spacing = 4608;
    const [l] = rig.render(Math.min(130_000, spacing * (moves.length + 1)), 128, (done) => {
      const move = done % spacing === 0 ? moves[done / spacing] : undefined;
      if (move) rig.desk.write([move]);
    });
    // A step of −34 dB would be seen. What makes edges of its own is tried elsewhere.
    if (STEADY.includes(FAMILY_OF[type])) expect(roughness(l)).toBeLessThan(0.02);
    expect(l.every((x) => Number.isFinite(x) && Math.abs(x) < 4)).toBe(true);
  });

  it('returns to exact silence', () => {
    const burst = new Float32Array(48_000);
    burst.set(noise(4800, 0.5));
    const values: Readonly<Record<string, number>> = type === 'reverb' ? { decay: 0.2 } : type === 'delay' ? { feedback: 0 } : {};
    const heard = left(through(type, [burst, burst], values), 480_000);
    expect(rms(heard.subarray(0, 48_000))).toBeGreaterThan(1e-3);
    expect(heard.subarray(460_000).every((x) => x === 0)).toBe(true);
  });
});

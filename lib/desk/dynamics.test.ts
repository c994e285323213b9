import { beforeAll, describe, expect, it } from 'vitest';
import { compressorGain } from '../dsp';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, newLevels, Rig, rms, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SECOND = 48_000;
const ENDLESS = 100;
const LEVELS = newLevels();

function render(signal: Float32Array, operations: readonly Operation[]): { out: Float32Array; rig: Rig } {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([signal])]), ...operations]);
  return { out: rig.play(0, signal.length)[0], rig };
}

/** Gain in dB of `out` over `signal` around each frame, over whole periods of 1 kHz. */
function gainAt(out: Float32Array, signal: Float32Array, frame: number): number {
  return decibels(rms(out.subarray(frame - 24, frame + 24)) / rms(signal.subarray(frame - 24, frame + 24)));
}

/** A 1 kHz sine whose level steps from `first` to `then` dB at `at`. */
function stepped(first: number, then: number, at: number, frames: number): Float32Array {
  return sine(1000, frames).map((x, n) => x * 10 ** ((n < at ? first : then) / 20));
}

const comp = (values: Readonly<Record<string, number>>): Operation[] => [
  strip(1, 'comp.on', 1),
  ...Object.entries(values).map(([id, value]) => strip(1, `comp.${id}`, value)),
];

const gate = (values: Readonly<Record<string, number>>): Operation[] => [
  strip(1, 'gate.on', 1),
  ...Object.entries(values).map(([id, value]) => strip(1, `gate.${id}`, value)),
];

describe("the compressor's static curve, within 0.1 dB", () => {
  const curves = [
    { threshold: -18, ratio: 3, knee: 6 },
    { threshold: -30, ratio: 100, knee: 0 },
    { threshold: -24, ratio: 4, knee: 24 },
  ];
  const levels = [-60, -40, -33, -26, -24, -20, -12, -6, 0];
  const cases = curves.flatMap((curve) => [0, 1].flatMap((detector) => levels.map((level) => ({ ...curve, detector, level }))));
  it.each(cases)('$ratio:1 over $threshold dB, knee $knee, detector $detector, at $level dB', ({ detector, level, ...curve }) => {
    const signal = sine(997, SECOND, 10 ** (level / 20));
    const { out, rig } = render(signal, comp({ ...curve, detector, attack: 5, release: 100, makeup: 0 }));
    const heard = level - (detector === 1 ? 3.01 : 0);
    const wanted = compressorGain(curve, heard);
    const gain = decibels(rms(out.subarray(24_000)) / rms(signal.subarray(24_000)));
    expect(Math.abs(gain - wanted)).toBeLessThan(0.1);
    rig.desk.readStrip(1, LEVELS);
    expect(Math.abs(LEVELS.compDetector - heard)).toBeLessThan(0.1);
    expect(Math.abs(LEVELS.compReduction - compressorGain(curve, LEVELS.compDetector))).toBeLessThan(0.1);
  });
});

describe("the compressor's times, within 5 %", () => {
  it.each([2, 10, 50, 200])('attack %i ms', (attack) => {
    const at = 12_000;
    const signal = stepped(-40, -10, at, SECOND * 2);
    const { out } = render(signal, comp({ threshold: -30, ratio: 100, knee: 0, attack, release: 100 }));
    const final = gainAt(out, signal, 90_000);
    let frame = at + 24;
    while (gainAt(out, signal, frame) > final * (1 - Math.exp(-1))) frame++;
    expect(Math.abs((frame - at) / 48 / attack - 1)).toBeLessThan(attack < 5 ? 0.15 : 0.05);
  });

  it.each([20, 120, 400])('release %i ms', (release) => {
    const at = 24_000;
    const signal = stepped(-10, -40, at, SECOND * 3);
    const { out } = render(signal, comp({ threshold: -30, ratio: 100, knee: 0, attack: 5, release }));
    const deep = gainAt(out, signal, at - 48);
    let frame = at + 24;
    while (gainAt(out, signal, frame) < deep * Math.exp(-1)) frame++;
    expect(Math.abs((frame - at) / 48 / release - 1)).toBeLessThan(0.05);
  });
});

describe("the compressor's times on a square wave, whose level tells the gain at every sample, within 5 %", () => {
  /** Milliseconds from the level's step to where the gain has gone 1 − 1/e of its way, between samples. */
  function measured(first: number, then: number, settings: Readonly<Record<string, number>>): number {
    const at = 24_000;
    const signal = Float32Array.from({ length: SECOND * 3 }, (_, n) => (n % 48 < 24 ? 1 : -1) * 10 ** ((n < at ? first : then) / 20));
    const { out } = render(signal, comp({ threshold: -30, ratio: 100, knee: 0, ...settings }));
    const gain = (frame: number) => decibels(Math.abs((out[frame] ?? 0) / (signal[frame] ?? 1)));
    const before = gain(at - 1);
    const end = gain(SECOND * 3 - 1);
    const share = (frame: number) => (gain(frame) - before) / (end - before);
    const goal = 1 - Math.exp(-1);
    let frame = at;
    while (share(frame) < goal) frame++;
    return (frame - at + 1 - (share(frame) - goal) / (share(frame) - share(frame - 1))) / 48;
  }

  it.each([0.5, 1, 2, 5, 30, 200])('attack %f ms', (attack) => {
    expect(Math.abs(measured(-40, -10, { attack, release: 100 }) / attack - 1)).toBeLessThan(0.05);
  });

  it.each([5, 20, 120, 400])('release %i ms', (release) => {
    expect(Math.abs(measured(-10, -40, { attack: 5, release }) / release - 1)).toBeLessThan(0.05);
  });
});

describe('the compressor', () => {
  it('adds make-up, and mixes with the sound before it', () => {
    const signal = sine(997, SECOND, 0.5);
    const made = render(signal, comp({ threshold: 0, makeup: 6 })).out;
    expect(decibels(rms(made.subarray(4800)) / rms(signal.subarray(4800)))).toBeCloseTo(6, 2);
    const half = render(signal, comp({ threshold: -60, ratio: 100, knee: 0, mix: 0 })).out;
    expect(decibels(rms(half.subarray(4800)) / rms(signal.subarray(4800)))).toBeCloseTo(0, 5);
  });

  it('turns both sides down together', () => {
    const rig = new Rig(module);
    rig.desk.write([
      ...simpleConsole([rig.addStem([sine(997, SECOND, 1), sine(997, SECOND, 0.01)])]),
      ...comp({ threshold: -20, ratio: 100, knee: 0 }),
    ]);
    const [left, right] = rig.play(0, SECOND);
    expect(decibels(rms(left.subarray(24_000)) / rms(right.subarray(24_000)))).toBeCloseTo(40, 2);
  });

  it('tells its reduction', () => {
    const { rig } = render(sine(997, SECOND, 1), comp({ threshold: -20, ratio: 100, knee: 0 }));
    const levels = newLevels();
    expect(rig.desk.readStrip(1, levels)).toBe(true);
    expect(levels.compReduction).toBeGreaterThan(-20);
    expect(levels.compReduction).toBeLessThan(-0.5);
    expect(levels.gateDetector).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('a gate that is switched on again', () => {
  it.each([ENDLESS, 3])('begins as one that was never on, at %f:1', (ratio) => {
    // Loud, then below the threshold: what it held open once counts no more.
    const signal = stepped(-10, -50, 24_000, 2 * SECOND);
    const settings = { threshold: -30, range: -40, hold: 2000, ratio, release: 500 };
    const from = 36_096;
    const play = (loudOn: boolean) => {
      const rig = new Rig(module);
      rig.desk.write([...simpleConsole([rig.addStem([signal])]), ...gate(settings), strip(1, 'gate.on', Number(loudOn))]);
      rig.fill(0);
      rig.desk.write([{ do: 'start', position: 0 }]);
      rig.render(30_080);
      rig.desk.write([strip(1, 'gate.on', 0)]);
      rig.render(from - 30_080);
      rig.desk.write([strip(1, 'gate.on', 1)]);
      return rig.render(24_064)[0];
    };
    expect(difference(play(true), play(false))).toBe(0);
  });
});

describe('the gate', () => {
  const open = { threshold: -30, range: -40, hysteresis: 6, hold: 0, attack: 1, release: 100 };

  it.each([
    [-29.5, 0],
    [-30.5, -40],
    [-60, -40],
    [-3, 0],
  ])('at %f dB settles at %f dB', (level, wanted) => {
    const signal = sine(1000, SECOND, 10 ** (level / 20));
    const { out, rig } = render(signal, gate({ ...open, hold: 20 }));
    expect(Math.abs(gainAt(out, signal, 40_000) - wanted)).toBeLessThan(0.1);
    rig.desk.readStrip(1, LEVELS);
    expect(Math.abs(LEVELS.gateDetector - level)).toBeLessThan(0.1);
  });

  it('stays open down to its hysteresis, and closes below', () => {
    const inside = stepped(-20, -35, 12_000, SECOND);
    expect(Math.abs(gainAt(render(inside, gate({ ...open, hold: 5 })).out, inside, 40_000))).toBeLessThan(0.1);
    const below = stepped(-20, -37, 12_000, SECOND);
    expect(Math.abs(gainAt(render(below, gate({ ...open, hold: 5 })).out, below, 40_000) + 40)).toBeLessThan(0.1);
  });

  it.each([5, 20, 100])('opens within its attack of %i ms', (attack) => {
    const at = 12_000;
    const signal = stepped(-60, -10, at, SECOND);
    const { out } = render(signal, gate({ ...open, hold: 5, attack }));
    let frame = at + 24;
    while (gainAt(out, signal, frame) < -20) frame++;
    expect(Math.abs((frame - at) / 48 / (attack / 2) - 1)).toBeLessThan(attack < 10 ? 0.15 : 0.05);
  });

  it.each([
    [0, 100],
    [50, 150],
    [200, 40],
  ])('holds %i ms and falls in %i ms', (hold, release) => {
    const at = 24_000;
    const signal = stepped(-10, -60, at, SECOND * 2);
    const { out } = render(signal, gate({ ...open, hold, release }));
    let held = at + 24;
    while (gainAt(out, signal, held) > -0.5) held++;
    let closed = held;
    while (gainAt(out, signal, closed) > -39.5) closed++;
    expect(Math.abs((held - at) / 48 - hold - release / 80)).toBeLessThan(Math.max(1.5, hold * 0.05));
    expect(Math.abs((closed - held) / 48 / (release * (39 / 40)) - 1)).toBeLessThan(0.05);
  });
});

describe('the expander', () => {
  it.each([
    [-20, 0],
    [-35, -10],
    [-40, -20],
    [-60, -30],
  ])('at %f dB, 3:1 below −30 dB, settles at %f dB', (level, wanted) => {
    const signal = sine(1000, SECOND, 10 ** (level / 20));
    const { out } = render(signal, gate({ threshold: -30, range: -30, ratio: 3, attack: 1, release: 50 }));
    expect(Math.abs(gainAt(out, signal, 40_000) - wanted)).toBeLessThan(0.1);
  });
});

it('a knee of next to nothing is none', () => {
  const signal = sine(1000, SECOND / 2, 0.5);
  const none = render(signal, comp({ threshold: -20, knee: 0 })).out;
  expect(difference(render(signal, comp({ threshold: -20, knee: 5e-324 })).out, none)).toBe(0);
});

describe('the side-chain', () => {
  it.each(['comp', 'gate'])('%s: its filters keep out what it shall not hear', (processor) => {
    const low = sine(60, SECOND, 0.5);
    const settings: Operation[] =
      processor === 'comp' ? comp({ threshold: -30, ratio: 100, knee: 0, 'sc.hpf': 2000 }) : gate({ threshold: -30, 'sc.hpf': 2000 });
    const { out } = render(low, settings);
    const gain = decibels(rms(out.subarray(24_000)) / rms(low.subarray(24_000)));
    if (processor === 'comp') expect(Math.abs(gain)).toBeLessThan(0.1);
    else expect(gain).toBeLessThan(-39);
  });

  it('looks ahead: a hit finds the gain already down', () => {
    const hit = stepped(-60, -6, 24_000, SECOND);
    const over = (lookahead: number) => {
      const { out } = render(hit, comp({ threshold: -26, ratio: 100, knee: 0, attack: 0.5, release: 200, lookahead }));
      const at = 24_000 + Math.round(lookahead * 48);
      return Math.max(...out.subarray(at, at + 480).map(Math.abs));
    };
    expect(decibels(over(5) / over(0))).toBeLessThan(-8);
    expect(decibels(over(5))).toBeLessThan(-25.9);
  });

  it('is another strip, before its fader, and itself again when that is gone', () => {
    const rig = new Rig(module);
    const tone = sine(1000, 2 * SECOND, 0.1);
    const kick = sine(1000, 2 * SECOND, 1).map((x, n) => (n < SECOND ? x : 0));
    rig.desk.write([
      ...simpleConsole([rig.addStem([tone]), rig.addStem([kick])]),
      strip(2, 'fader', -120),
      ...comp({ threshold: -20, ratio: 100, knee: 0, attack: 1, release: 50 }),
      { do: 'key', strip: 1, key: 2 },
      { do: 'order', strips: [2, 1, 0] },
    ]);
    const [out] = rig.play(0, 2 * SECOND);
    expect(Math.abs(gainAt(out, tone, 40_000) + 20)).toBeLessThan(0.1);
    expect(Math.abs(gainAt(out, tone, 90_000))).toBeLessThan(0.1);
  });

  it('that goes wrong is silence to who listens to it, and nothing of it spreads', () => {
    const faults = (settings: Readonly<Record<string, number>>, key: number) => {
      const rig = new Rig(module);
      const bad = sine(1000, SECOND, 0.5);
      bad.fill(Number.NaN, 20_000, 20_100);
      rig.desk.write([
        ...simpleConsole([rig.addStem([sine(1000, SECOND, 0.1)]), rig.addStem([bad])]),
        strip(2, 'mute', 1),
        ...comp({ threshold: -20, ratio: 100, knee: 0, attack: 1, release: 50, ...settings }),
        { do: 'key', strip: 1, key },
        { do: 'order', strips: [2, 1, 0] },
      ]);
      const [out] = rig.play(0, SECOND);
      expect(rms(out.subarray(19_900, 20_300))).toBeGreaterThan(0.001);
      return rig.desk.faults;
    };
    const alone = faults({}, -1);
    expect(alone.strip).toBe(2);
    for (const settings of [{}, { detector: 1, window: 10 }, { 'sc.hpf': 200 }]) expect(faults(settings, 2)).toEqual(alone);
  });

  it.each([3, 10, 100])('RMS follows its window of %i ms, within 5 %%', (window) => {
    const at = 24_000;
    const signal = stepped(-60, -10, at, SECOND * 2);
    const settings = { threshold: -60, ratio: 100, knee: 0, attack: 0.1, release: 5, detector: 1, window };
    const { out } = render(signal, comp(settings));
    // The mean square has come to 1 − 1/e, 1.99 dB below its end, after one window.
    const final = gainAt(out, signal, 90_000);
    let frame = at + 24;
    while (gainAt(out, signal, frame) > final + 1.99) frame++;
    expect(Math.abs((frame - at) / 48 / window - 1)).toBeLessThan(window < 10 ? 0.2 : 0.05);
  });
});

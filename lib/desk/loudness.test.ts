import { beforeAll, describe, expect, it } from 'vitest';
import { createLoudnessMeter, measureLoudness } from './loudness';
import { loadDeskModule } from './node';
import { decibels, MASTER_SLOT, noise, Rig, simpleConsole, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const RATE = 48_000;

/** A stereo 1 kHz sine whose peak level goes through `[dBFS, seconds]`; −Infinity is silence. */
function tones(parts: readonly (readonly [number, number])[]): [Float32Array, Float32Array] {
  const gains = parts.flatMap(([level, seconds]) => new Array<number>(Math.round(seconds * RATE)).fill(10 ** (level / 20)));
  const left = Float32Array.from(gains, (gain, n) => gain * Math.sin((2 * Math.PI * 1000 * n) / RATE));
  return [left, left.slice()];
}

/** Short-term or momentary values every 100 ms once the window is full. */
function readings(which: 'momentary' | 'shortTerm', channels: readonly [Float32Array, Float32Array]): number[] {
  const rig = new Rig(module);
  rig.desk.write(simpleConsole([rig.addStem(channels)]));
  const values: number[] = [];
  const levels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  rig.render(channels[0].length, 480, () => {
    rig.desk.readMix(levels);
    values.push(levels[which]);
  });
  return values;
}

describe('EBU Tech 3341', () => {
  it.each([
    ['1: −23 LUFS', [[-23, 20]], -23],
    ['2: −33 LUFS', [[-33, 20]], -33],
    [
      '3: quiet around loud is gated',
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      '4: very quiet too',
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      -23,
    ],
    [
      '5: two levels',
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ] satisfies readonly (readonly [string, readonly (readonly [number, number])[], number])[])('%s', (_, parts, wanted) => {
    expect(Math.abs(measureLoudness(module, tones(parts)).integrated - wanted)).toBeLessThanOrEqual(0.1);
  });

  it('9: short-term loudness is constant over a pattern of 3 s', () => {
    const pattern = Array.from(
      { length: 5 },
      () =>
        [
          [-20, 1.34],
          [-30, 1.66],
        ] as const,
    ).flat();
    const values = readings('shortTerm', tones(pattern)).slice(310);
    for (const value of values) expect(Math.abs(value + 23)).toBeLessThanOrEqual(0.1);
  });

  it.each([0, 1, 7, 13, 19])('10: short-term maximum of a 3 s tone after %i × 150 ms', (step) => {
    const values = readings(
      'shortTerm',
      tones([
        [-Infinity, step * 0.15],
        [-23, 3],
        [-Infinity, 1],
      ]),
    );
    expect(Math.abs(Math.max(...values) + 23)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['11: short-term', 'shortTerm', 3, 0.15],
    ['14: momentary', 'momentary', 0.4, 0.02],
  ] as const)('%s maxima of tones, each louder and a little later', (_, which, seconds, step) => {
    const segment = (n: number) =>
      [
        [-Infinity, n * step],
        [-38 + n, seconds],
        [-Infinity, seconds - n * step],
      ] as const;
    // Four of the twenty.
    const steps = [0, 7, 13, 19];
    const values = readings(which, tones(steps.flatMap(segment)));
    const length = Math.round(2 * seconds * 100);
    steps.forEach((n, index) => {
      const most = Math.max(...values.slice(index * length, (index + 1) * length));
      expect(Math.abs(most - (-38 + n)), `tone ${n}`).toBeLessThanOrEqual(0.1);
    });
  });

  it('12: momentary loudness is constant over a pattern of 400 ms', () => {
    const pattern = Array.from(
      { length: 25 },
      () =>
        [
          [-20, 0.18],
          [-30, 0.22],
        ] as const,
    ).flat();
    const values = readings('momentary', tones(pattern)).slice(50);
    for (const value of values) expect(Math.abs(value + 23)).toBeLessThanOrEqual(0.1);
  });

  it.each([0, 1, 3, 7, 13, 19])('13: momentary maximum of a 0.4 s tone after %i × 20 ms', (step) => {
    const { momentaryMax } = measureLoudness(
      module,
      tones([
        [-Infinity, step * 0.02],
        [-23, 0.4],
        [-Infinity, 1],
      ]),
    );
    expect(Math.abs(momentaryMax + 23)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['15', 4, 0, 0.5, -6],
    ['16', 4, 45, 0.5, -6],
    ['17', 6, 60, 0.5, -6],
    ['18', 8, 67.5, 0.5, -6],
    ['19', 4, 45, 1.41, 3],
  ])('%s: true peak of a sine at the rate / %i, phase %f°', (_, divisor, phase, gain, wanted) => {
    const frames = RATE;
    const signal = Float32Array.from({ length: frames }, (_unused, n) => {
      // Faded in and out, as in the standard's files: a cut sine has higher peaks than itself.
      const fade = Math.min(1, n / 480, (frames - 1 - n) / 480);
      return gain * fade * Math.sin((2 * Math.PI * n) / divisor + (phase * Math.PI) / 180);
    });
    const { truePeak } = measureLoudness(module, [signal, signal]);
    expect(truePeak).toBeLessThanOrEqual(wanted + 0.2);
    expect(truePeak).toBeGreaterThanOrEqual(wanted - 0.4);
  });

  // One period of full scale within a sine of half of that, made at four times the rate and brought down from each of four places.
  it.each([0, 1, 2, 3])('20 to 23: true peak of one louder period, brought down from place %i', (offset) => {
    const period = 24;
    const count = 400;
    const length = period * count;
    const wave = Float64Array.from({ length }, (_, n) => {
      const loud = Math.floor(n / period) === count / 2 ? 1 : 0.5;
      return loud * Math.min(1, n / 960, (length - n) / 960) * Math.sin((2 * Math.PI * n) / period);
    });
    // A Hann-windowed sinc that cuts at half the lower rate.
    const reach = 256;
    const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
      const x = (k - reach) / 4;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      return (sinc * (0.5 + 0.5 * Math.cos((Math.PI * (k - reach)) / reach))) / 4;
    });
    const signal = Float32Array.from({ length: length / 4 }, (_, n) => {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += (wave[4 * n + offset + k - reach] ?? 0) * (kernel[k] ?? 0);
      return sum;
    });
    const { truePeak } = measureLoudness(module, [signal, signal]);
    expect(truePeak).toBeLessThanOrEqual(0.2);
    expect(truePeak).toBeGreaterThanOrEqual(-0.4);
  });
});

describe('EBU Tech 3342', () => {
  it.each([
    [
      '1',
      [
        [-20, 20],
        [-30, 20],
      ],
      10,
    ],
    [
      '2',
      [
        [-20, 20],
        [-15, 20],
      ],
      5,
    ],
    [
      '3',
      [
        [-40, 20],
        [-20, 20],
      ],
      20,
    ],
    [
      '4',
      [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
      15,
    ],
  ] satisfies readonly (readonly [string, readonly (readonly [number, number])[], number])[])('%s: loudness range', (_, parts, wanted) => {
    expect(Math.abs(measureLoudness(module, tones(parts)).range - wanted)).toBeLessThanOrEqual(1);
  });
});

describe('a measurement', () => {
  it('counts a mono signal as one channel', () => {
    const [left, right] = tones([[-23, 5]]);
    const both = measureLoudness(module, [left, right]).integrated;
    expect(both - measureLoudness(module, [left]).integrated).toBeCloseTo(3.01, 2);
  });

  it('of silence is −Infinity', () => {
    const silence = measureLoudness(module, [new Float32Array(RATE)]);
    expect(silence.integrated).toBe(Number.NEGATIVE_INFINITY);
    expect(silence.truePeak).toBe(Number.NEGATIVE_INFINITY);
    expect(silence.range).toBe(0);
  });

  it('in pieces equals the whole, and gives a value for every 100 ms from 400 ms on', () => {
    const signal = noise(RATE * 3 + 777, 0.3);
    const whole = measureLoudness(module, [signal]);
    expect(whole.blocks.length).toBe(27);
    const meter = createLoudnessMeter(module);
    for (let from = 0; from < signal.length; from += 9600) {
      const part = signal.subarray(from, from + 9600);
      meter.add([part], part.length);
    }
    expect(meter.report()).toEqual({ ...whole, blocks: undefined });
  });

  it('finds a peak in the last sample', () => {
    const signal = new Float32Array(4800);
    signal[4799] = 0.9;
    expect(measureLoudness(module, [signal]).truePeak).toBeCloseTo(decibels(0.9), 1);
  });

  it('of the desk rests with the song: neither the fade of a stop nor the silence after it count, and play goes on', () => {
    const rig = new Rig(module);
    rig.desk.write(
      simpleConsole([
        rig.addStem(
          tones([
            [-20, 10],
            [-26, 10],
          ]),
        ),
      ]),
    );
    const levels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
    rig.play(0, RATE * 9.9);
    rig.desk.write([{ do: 'stop' }]);
    rig.render(RATE * 4);
    rig.desk.readMix(levels);
    expect(levels.integrated).toBeCloseTo(-20, 1);
    expect(levels.range).toBeCloseTo(0, 1);
    expect(levels.momentary).toBeLessThan(-100);
    rig.play(10 * RATE, RATE * 9.9);
    rig.desk.write([{ do: 'stop' }]);
    rig.render(RATE * 4);
    rig.desk.readMix(levels);
    expect(levels.integrated).toBeCloseTo(10 * Math.log10((10 ** -2 + 10 ** -2.6) / 2), 1);
    expect(levels.range).toBeCloseTo(6, 1);
  });

  it("by the desk's meters is that of the mix", () => {
    const stem = [noise(RATE * 8, 0.4, 1).map((x, n) => (n < RATE * 4 ? x : 0.2 * x)), noise(RATE * 8, 0.3, 2)];
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem(stem)]), strip(MASTER_SLOT, 'limiter.on', 1), strip(MASTER_SLOT, 'limiter.gain', 9)]);
    const mix = rig.play(0, RATE * 8);
    const levels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
    rig.desk.readMix(levels);
    const report = measureLoudness(module, mix);
    expect(Math.abs(levels.integrated - report.integrated)).toBeLessThan(0.02);
    expect(Math.abs(levels.range - report.range)).toBeLessThan(0.1);
    expect(levels.truePeak).toBeCloseTo(report.truePeak, 2);
    expect(levels.truePeak).toBeLessThan(-0.9);
    rig.desk.write([{ do: 'resetLoudness' }]);
    rig.desk.process();
    rig.desk.readMix(levels);
    expect(levels.integrated).toBe(Number.NEGATIVE_INFINITY);
  });
});

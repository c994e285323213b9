import { beforeAll, describe, expect, it } from 'vitest';
import { createLoudnessMeter } from '../desk';
import { loadDeskModule } from '../desk/node';
import { Resampler } from '../dsp';

/** EBU Tech 3341 and 3342 as sources at 44.1 kHz, resampled as stems are, and measured as stems and mixes are. */
const RATE = 44_100;
let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

type Parts = readonly (readonly [level: number, seconds: number])[];

function tones(parts: Parts): Float32Array {
  const gains = parts.flatMap(([level, seconds]) => new Array<number>(Math.round(seconds * RATE)).fill(10 ** (level / 20)));
  return Float32Array.from(gains, (gain, n) => gain * Math.sin((2 * Math.PI * 1000 * n) / RATE));
}

function measured(signal: Float32Array) {
  const resampler = new Resampler(1, RATE, 48_000);
  const parts = [resampler.push([signal]), resampler.flush()].map(([channel]) => channel ?? new Float32Array(0));
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  const meter = createLoudnessMeter(module);
  meter.add([whole, whole], whole.length);
  return meter.report();
}

const rows: string[] = [];
const note = (name: string, wanted: number, found: number) =>
  rows.push(`${name.padEnd(36)} ${wanted.toFixed(1).padStart(7)} ${found.toFixed(2).padStart(8)}`);

describe('44.1 kHz sources', () => {
  it.each([
    ['3341-1 integrated, LUFS', [[-23, 20]], -23],
    ['3341-2 integrated, LUFS', [[-33, 20]], -33],
    [
      '3341-3 integrated, LUFS',
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      '3341-4 integrated, LUFS',
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
      '3341-5 integrated, LUFS',
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ] satisfies readonly (readonly [string, Parts, number])[])('%s within 0.1', (name, parts, wanted) => {
    const { integrated } = measured(tones(parts));
    note(name, wanted, integrated);
    expect(Math.abs(integrated - wanted)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    [
      '3342-1 range, LU',
      [
        [-20, 20],
        [-30, 20],
      ],
      10,
    ],
    [
      '3342-2 range, LU',
      [
        [-20, 20],
        [-15, 20],
      ],
      5,
    ],
    [
      '3342-3 range, LU',
      [
        [-40, 20],
        [-20, 20],
      ],
      20,
    ],
    [
      '3342-4 range, LU',
      [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
      15,
    ],
  ] satisfies readonly (readonly [string, Parts, number])[])('%s within 1', (name, parts, wanted) => {
    const { range } = measured(tones(parts));
    note(name, wanted, range);
    expect(Math.abs(range - wanted)).toBeLessThanOrEqual(1);
  });

  it.each([
    [
      '3341-13 momentary maximum, LUFS',
      [
        [-Infinity, 0.13],
        [-23, 0.4],
        [-Infinity, 1],
      ],
      -23,
    ],
    [
      '3341-14 momentary maximum, LUFS',
      [
        [-Infinity, 1.9],
        [-20, 0.4],
        [-Infinity, 1],
      ],
      -20,
    ],
  ] satisfies readonly (readonly [string, Parts, number])[])('%s within 0.1', (name, parts, wanted) => {
    const { momentaryMax } = measured(tones(parts));
    note(name, wanted, momentaryMax);
    expect(Math.abs(momentaryMax - wanted)).toBeLessThanOrEqual(0.1);
  });

  it.each([
    ['3341-15 true peak, dBTP', 4, 0, 0.5, -6],
    ['3341-16 true peak, dBTP', 4, 45, 0.5, -6],
    ['3341-17 true peak, dBTP', 6, 60, 0.5, -6],
    ['3341-18 true peak, dBTP', 8, 67.5, 0.5, -6],
    ['3341-19 true peak, dBTP', 4, 45, 1.41, 3],
  ])('%s within +0.2 and −0.4', (name, divisor, phase, gain, wanted) => {
    const signal = Float32Array.from({ length: RATE }, (_, n) => {
      const fade = Math.min(1, n / 441, (RATE - 1 - n) / 441);
      return gain * fade * Math.sin((2 * Math.PI * n) / divisor + (phase * Math.PI) / 180);
    });
    const { truePeak } = measured(signal);
    note(name, wanted, truePeak);
    expect(truePeak).toBeLessThanOrEqual(wanted + 0.2);
    expect(truePeak).toBeGreaterThanOrEqual(wanted - 0.4);
  });

  it('as a table', () => {
    console.info(`44.1 kHz sources                      wanted    found\n${rows.join('\n')}`);
    expect(rows.length).toBe(16);
  });
});

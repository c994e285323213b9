import { beforeAll, describe, expect, it } from 'vitest';
import { Fft, hannWindow } from '../dsp';
import { INSERT_ROWS } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, sine } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

/** How soon each has become dense, in milliseconds: small and smooth rooms at once, halls and springs later. */
const DENSE_AFTER = { Room: 60, Hall: 120, Plate: 40, Spring: 320, Chamber: 80 } as const;
const CHARACTERS = INSERT_ROWS.reverb.find((row) => row.id === 'character')?.choices ?? [];
const everyOne = CHARACTERS.map((name, character) => ({ name: name as keyof typeof DENSE_AFTER, character }));

function withReverb(stem: readonly Float32Array[], character: number, operations: readonly Operation[] = []): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes('reverb'));
  // What the memory held before must not be heard.
  rig.desk.samples(address, rig.desk.insertBytes('reverb') / 4).fill(0.7);
  rig.desk.write([
    ...simpleConsole([rig.addStem(stem)]),
    { do: 'addInsert', slot: 0, type: 'reverb', address },
    { do: 'chain', strip: 1, inserts: [0] },
    insert('reverb', 0, 'character', character),
    ...operations,
  ]);
  return rig;
}

function click(frames: number): Float32Array {
  const signal = new Float32Array(frames);
  signal[0] = 0.5;
  return signal;
}

/** The octave around `hertz`: two band-passes, one after the other. */
function octave(signal: Float32Array, hertz: number): Float32Array {
  const angle = (2 * Math.PI * hertz) / 48_000;
  const alpha = Math.sin(angle) / (2 * Math.SQRT2);
  let now = signal;
  for (let pass = 0; pass < 2; pass++) {
    const out = new Float32Array(now.length);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    now.forEach((x, n) => {
      const y = (alpha * (x - x2) + 2 * Math.cos(angle) * y1 - (1 - alpha) * y2) / (1 + alpha);
      [x2, x1, y2, y1] = [x1, x, y1, y];
      out[n] = y;
    });
    now = out;
  }
  return now;
}

/** Seconds for −60 dB, from the backward integral between −5 and −35 dB (ISO 3382). */
function decayOf(response: Float32Array): number {
  const energy = new Float64Array(response.length);
  let sum = 0;
  for (let n = response.length - 1; n >= 0; n--) {
    sum += (response[n] ?? 0) ** 2;
    energy[n] = sum;
  }
  const at = (level: number) => energy.findIndex((e) => 10 * Math.log10(e / sum) < level);
  return (2 * (at(-35) - at(-5))) / 48_000;
}

/** Echo density of 20 ms from `from` on: the share of samples beyond one deviation against a Gaussian's (Abel and Huang, 2006). */
function density(signal: Float32Array, from: number): number {
  const part = signal.subarray(from, from + 960);
  const deviation = rms(part);
  return part.reduce((count, x) => count + Number(Math.abs(x) > deviation), 0) / 960 / 0.3173;
}

/** Geometric against arithmetic mean of the power within stretches of 32 bins, averaged: e^−γ = 0.56 for noise, near 0 for a few tones. */
function flatness(signal: Float32Array): number {
  const size = 16_384;
  const fft = new Fft(size);
  const window = hannWindow(size);
  const real = Float64Array.from({ length: size }, (_, n) => (signal[n] ?? 0) * (window[n] ?? 0));
  const imaginary = new Float64Array(size);
  fft.transform(real, imaginary);
  const bin = (hertz: number) => Math.round((hertz * size) / 48_000);
  const found: number[] = [];
  for (let from = bin(300); from < bin(4000); from += 32) {
    const power = Array.from({ length: 32 }, (_, k) => (real[from + k] ?? 0) ** 2 + (imaginary[from + k] ?? 0) ** 2);
    const geometric = Math.exp(power.reduce((sum, p) => sum + Math.log(p), 0) / 32);
    found.push(geometric / (power.reduce((sum, p) => sum + p, 0) / 32));
  }
  return found.reduce((sum, f) => sum + f, 0) / found.length;
}

describe.each(everyOne)('the character $name', ({ name, character }) => {
  it.each([
    [0.5, 100],
    [1.6, 50],
    [1.6, 150],
    [4, 100],
  ])('dies away by 60 dB in %f s in the middle of the range, at a size of %i %%, within 10 percent', (decay, size) => {
    const frames = Math.ceil(48_000 * (decay + 1));
    const settings = [insert('reverb', 0, 'decay', decay), insert('reverb', 0, 'size', size), insert('reverb', 0, 'damping', 20_000)];
    for (const side of withReverb([click(frames)], character, settings).play(0, frames)) {
      expect(Math.abs(decayOf(octave(side, 1000)) / decay - 1)).toBeLessThan(0.1);
    }
  });

  it('becomes as dense as noise in its time and stays so', () => {
    const [left] = withReverb([click(96_000)], character, [insert('reverb', 0, 'predelay', 0)]).play(0, 96_000);
    const dense = DENSE_AFTER[name] * 48;
    for (let from = dense; from < 72_000; from += 4800) expect(density(left, from)).toBeGreaterThan(0.8);
    expect(density(left, 0)).toBeLessThan(0.6);
  });

  it('is wide, and loses no more than noise does when it is heard in mono', () => {
    const [left, right] = withReverb([noise(144_000, 0.2)], character).play(0, 144_000);
    const [l, r] = [left.subarray(72_000), right.subarray(72_000)];
    const together = l.reduce((sum, x, n) => sum + x * (r[n] ?? 0), 0) / (l.length * rms(l) * rms(r));
    expect(Math.abs(together)).toBeLessThan(0.2);
    expect(Math.abs(decibels(rms(l) / rms(r)))).toBeLessThan(1.5);
    const mono = l.map((x, n) => 0.5 * (x + (r[n] ?? 0)));
    expect(decibels((Math.SQRT2 * rms(mono)) / Math.hypot(rms(l), rms(r)))).toBeGreaterThan(-4);
  });

  it('does not ring at single tones', () => {
    const settings = [insert('reverb', 0, 'decay', 2.5), insert('reverb', 0, 'damping', 20_000)];
    const [left, right] = withReverb([click(72_000)], character, settings).play(0, 72_000);
    expect(flatness(left.subarray(24_000))).toBeGreaterThan(0.35);
    expect(flatness(right.subarray(24_000))).toBeGreaterThan(0.35);
  });

  it('is about as loud as the others', () => {
    const [left] = withReverb([noise(192_000, 0.2, 1), noise(192_000, 0.2, 2)], character).play(0, 192_000);
    expect(Math.abs(decibels(rms(left.subarray(96_000)) / (0.2 / Math.sqrt(3))))).toBeLessThan(5);
  });

  it('ends in silence, exactly', () => {
    const rig = withReverb([click(480)], character, [insert('reverb', 0, 'decay', 0.2)]);
    rig.play(0, 144_000);
    expect(rig.render(48_000)[0].every((x) => x === 0)).toBe(true);
  });

  it('sounds the same to the bit, in blocks of any size, and unlike any other', () => {
    const [once] = withReverb([noise(9600, 0.2)], character).play(0, 9600);
    const [again] = withReverb([noise(9600, 0.2)], character).play(0, 9600, 57);
    expect(difference(once, again)).toBe(0);
    const [other] = withReverb([noise(9600, 0.2)], (character + 1) % CHARACTERS.length).play(0, 9600);
    expect(difference(once, other)).toBeGreaterThan(0.01);
  });
});

const steepest = (signal: Float32Array) => Math.max(...signal.map((x, n) => (n === 0 ? 0 : Math.abs(x - (signal[n - 1] ?? 0)))));

describe('a reverb that plays', () => {
  it('takes another character or size, more or less of its early reflections, without a step', () => {
    const tone = sine(60, 192_000, 0.3);
    const rig = withReverb([tone], 0, [insert('reverb', 0, 'lowcut', 20)]);
    rig.play(0, 24_000);
    const steady = steepest(rig.render(4800)[0]);
    const changes = [
      insert('reverb', 0, 'size', 150, false),
      insert('reverb', 0, 'early', 100, false),
      ...everyOne.map((one) => insert('reverb', 0, 'character', (one.character + 1) % CHARACTERS.length, false)),
      insert('reverb', 0, 'size', 60, false),
    ];
    for (const change of changes) {
      rig.desk.write([change]);

      expect(steepest(rig.render(9600)[0])).toBeLessThan(2.5 * steady);
    }
  });

  it('answers sooner in a smaller room, and at its early reflections', () => {
    const heardAt = (size: number, early: number) =>
      withReverb([click(24_000)], 1, [
        insert('reverb', 0, 'predelay', 0),
        insert('reverb', 0, 'size', size),
        insert('reverb', 0, 'early', early),
      ])
        .play(0, 24_000)[0]
        .findIndex((x) => Math.abs(x) > 1e-4);
    expect(heardAt(50, 0)).toBeLessThan(heardAt(100, 0));
    expect(heardAt(100, 0)).toBeLessThan(heardAt(150, 0));
    expect(heardAt(100, 50)).toBeLessThan(heardAt(100, 0));
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Fft } from '../dsp';
import { loadDeskModule } from './node';
import { decibels, difference, noise, Rig, rms, simpleConsole, sine } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

interface Ordered {
  readonly at: number;
  readonly frames: number;
}

/** What goes to the device of a console that plays one stem, with slews asked for at frames of the output; and how far it slipped. */
function deliver(stem: readonly Float32Array[], frames: number, orders: readonly Ordered[], block: () => number = () => 128) {
  const rig = new Rig(module);
  const { desk } = rig;
  desk.write(simpleConsole([rig.addStem(stem)]));
  rig.fill(0);
  desk.write([{ do: 'start', position: 0 }]);
  const sides = [new Float32Array(frames), new Float32Array(frames)] as const;
  const speeds: number[] = [];
  const waiting = [...orders];
  for (let done = 0; done < frames; ) {
    while ((waiting[0]?.at ?? Number.POSITIVE_INFINITY) <= done) desk.write([{ do: 'slew', frames: waiting.shift()?.frames ?? 0 }]);
    const count = Math.min(block(), frames - done);
    const before = desk.slipped;
    if (done > 0) rig.fill(desk.position);
    desk.process(count);
    for (const side of [0, 1] as const) sides[side].set(desk.output(side, count), done);
    done += count;
    speeds.push((desk.slipped - before) / count);
    expect(desk.delivered).toBe(done);
    expect(Math.abs(desk.outputFrame - desk.ahead - desk.delivered - desk.slipped)).toBeLessThan(1);
  }
  return { sides, speeds, desk };
}

/** The greatest line of a spectrum farther than 20 Hz from `hertz`, against the greatest of all, dB. */
function besides(signal: Float32Array, hertz: number): number {
  const size = signal.length;
  const real = Float64Array.from(signal, (x, n) => {
    const turn = (2 * Math.PI * n) / size;
    return x * (0.35875 - 0.48829 * Math.cos(turn) + 0.14128 * Math.cos(2 * turn) - 0.01168 * Math.cos(3 * turn));
  });
  const imaginary = new Float64Array(size);
  new Fft(size).transform(real, imaginary);
  let most = 0;
  let other = 0;
  for (let bin = 0; bin < size / 2; bin++) {
    const line = Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0);
    most = Math.max(most, line);
    if (Math.abs((bin * 48_000) / size - hertz) > 20) other = Math.max(other, line);
  }
  return decibels(other / most);
}

const SECOND = 48_000;

describe('the output led faster or slower', () => {
  it.each([1, 144, -144])('arrives after %i frames, and is the mix again, bit for bit', (frames) => {
    const length = 16 * SECOND;
    const stem = [noise(length + 1000, 0.3, 1), noise(length + 1000, 0.3, 2)];
    const plain = deliver(stem, length + 144, []).sides;
    const { sides, desk } = deliver(stem, length, [{ at: SECOND, frames }]);
    expect([desk.slipped, desk.slewing]).toEqual([frames, 0]);
    for (const side of [0, 1] as const) {
      expect(difference(sides[side].subarray(0, SECOND), plain[side].subarray(0, SECOND))).toBe(0);
      const end = length - 2 * SECOND;
      expect(difference(sides[side].subarray(end), plain[side].subarray(end + frames, length + frames))).toBe(0);
    }
  });

  it('takes no more than 300 millionths, and a second to get there', () => {
    const { speeds } = deliver([sine(440, 5 * SECOND)], 5 * SECOND, [{ at: 0, frames: 300 }]);
    expect(Math.max(...speeds)).toBeLessThanOrEqual(300.001e-6);
    expect(Math.max(...speeds)).toBeGreaterThan(299e-6);
    const steps = speeds.slice(1).map((speed, n) => Math.abs(speed - (speeds[n] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(1e-6);
  });

  it.each([50, 997, 10_000])('leaves a held sine of %i Hz a sine, from beginning to end', (hertz) => {
    const size = 65_536;
    const tone = sine(hertz, 14 * size, 0.5);
    const [left] = deliver([tone], 13 * size, [{ at: size, frames: 144 }]).sides;
    const worst = Math.max(...Array.from({ length: 12 }, (_, n) => besides(left.subarray((n + 1) * size, (n + 2) * size), hertz)));
    console.log(`slew: beside a held sine of ${hertz} Hz nothing above ${worst.toFixed(1)} dB`);
    expect(worst).toBeLessThan(-85);
  });

  it('keeps the highs: 20 kHz within 0.01 dB', () => {
    const tone = sine(20_000, 11 * SECOND, 0.5);
    const [left] = deliver([tone], 10 * SECOND, [{ at: 0, frames: 400 }]).sides;
    const levels = Array.from({ length: 80 }, (_, n) =>
      decibels(rms(left.subarray((n + 10) * 4800, (n + 11) * 4800)) / (0.5 * Math.SQRT1_2)),
    );
    for (const level of levels) expect(Math.abs(level)).toBeLessThan(0.01);
  });

  it('goes where it was told last, whatever was asked before and in whatever blocks it is delivered', () => {
    const length = 12 * SECOND;
    const stem = [noise(length + 2000, 0.3, 1)];
    const plain = deliver(stem, length + 1000, []).sides[0];
    const order = fc.record({ at: fc.integer({ min: 0, max: 6 * SECOND }), frames: fc.integer({ min: -200, max: 200 }) });
    fc.assert(
      fc.property(
        fc.array(order, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 2048 }), { minLength: 1, maxLength: 9 }),
        (orders, blocks) => {
          let turn = 0;
          const sorted = [...orders].sort((a, b) => a.at - b.at);
          // The last one asks to stay: the way ends at a whole frame once what went too far in slowing down has come back.
          const { sides, desk } = deliver(
            stem,
            length,
            [...sorted, { at: 7 * SECOND, frames: 0 }],
            () => blocks[turn++ % blocks.length] ?? 128,
          );
          expect(desk.slewing).toBe(0);
          expect(Number.isInteger(desk.slipped)).toBe(true);
          const from = length - SECOND;
          expect(difference(sides[0].subarray(from), plain.subarray(from + desk.slipped, length + desk.slipped))).toBe(0);
        },
      ),
      { numRuns: 5 },
    );
  });

  it('does not heed what is no number, or too far', () => {
    const { desk } = deliver(
      [noise(SECOND, 0.3)],
      4800,
      [Number.NaN, Number.POSITIVE_INFINITY, 50_000].map((frames) => ({ at: 0, frames })),
    );
    expect([desk.slipped, desk.slewing]).toEqual([0, 0]);
  });
});

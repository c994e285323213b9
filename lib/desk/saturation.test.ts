import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, noise, Rig, rms, simpleConsole, sine, strip } from './rig';
import { lineAt, roughness } from './spectrum';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

function saturated(stem: Float32Array, operations: readonly Operation[] = [], on: 0 | 1 = 1): Rig {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([stem])]), strip(1, 'sat.on', on), ...operations]);
  return rig;
}

const LINES = Array.from({ length: 9 }, (_, index) => 2000 * (index + 1)).filter((hertz) => hertz % 10_000 !== 0);

/** The loudest line, in dB, below a 10 kHz tone that it must not have: its overtones lie above hearing. (Up to 20 kHz.) */
function aliasing(signal: Float32Array): number {
  return decibels(Math.max(...LINES.map((hertz) => lineAt(signal, hertz))) / lineAt(signal, 10_000));
}

describe("a strip's saturation", () => {
  it.each([
    { curve: 0, name: 'tape' },
    { curve: 1, name: 'tube' },
    { curve: 2, name: 'transistor' },
  ])('of $name keeps what folds back of 10 kHz below −80 dB', ({ curve }) => {
    for (const [peak, drive] of [
      [0.25, 24],
      [0.5, 18],
      [1, 12],
      [1, 0],
    ] as const) {
      const rig = saturated(sine(10_000, 24_000, peak), [strip(1, 'sat.curve', curve), strip(1, 'sat.drive', drive)]);
      expect(aliasing(rig.play(0, 24_000)[0].subarray(4800, 9600))).toBeLessThan(-80);
    }
  });

  it('off is bit-identical to none', () => {
    const stem = noise(24_000, 0.5);
    expect(difference(saturated(stem, [], 0).play(0, 24_000)[0], stem)).toBe(0);
  });

  it('adds odd overtones as tape, even ones too as a tube, and nothing at 0 Hz', () => {
    const overtones = (curve: number) => {
      const [left] = saturated(sine(1000, 96_000, 0.5), [strip(1, 'sat.curve', curve), strip(1, 'sat.drive', 12)]).play(0, 96_000);
      const steady = left.subarray(48_000);
      const mean = steady.reduce((sum, x) => sum + x, 0) / steady.length;
      return [2000, 3000].map((hertz) => decibels(lineAt(steady, hertz) / lineAt(steady, 1000))).concat(Math.abs(mean));
    };
    const [tapeSecond, tapeThird, tapeMean] = overtones(0);
    expect(tapeSecond).toBeLessThan(-100);
    expect(tapeThird).toBeGreaterThan(-25);
    expect(tapeMean).toBeLessThan(1e-4);
    const [tubeSecond, tubeThird, tubeMean] = overtones(1);
    expect(tubeSecond).toBeGreaterThan(-30);
    expect(tubeThird).toBeGreaterThan(-25);
    expect(tubeMean).toBeLessThan(1e-4);
  });

  it('keeps a level of −12 dB about as loud, however hard it is driven', () => {
    for (const drive of [0, 6, 12, 18, 24]) {
      const [left] = saturated(sine(440, 48_000, 0.25), [strip(1, 'sat.drive', drive)]).play(0, 48_000);
      expect(Math.abs(decibels(rms(left.subarray(24_000)) / rms(sine(440, 24_000, 0.25))))).toBeLessThan(2.5);
    }
  });

  it('with no mix passes what comes, up to 18 kHz within half a decibel', () => {
    for (const hertz of [100, 1000, 10_000, 18_000]) {
      const [left] = saturated(sine(hertz, 24_000, 0.5), [strip(1, 'sat.mix', 0), strip(1, 'sat.drive', 24)]).play(0, 24_000);
      expect(Math.abs(decibels(lineAt(left.subarray(12_000), hertz) / 0.5))).toBeLessThan(0.5);
    }
  });

  it('is switched, changed and driven without a click', () => {
    const stem = sine(200, 96_000, 0.5);
    const rig = saturated(stem, [strip(1, 'sat.drive', 12)], 0);
    rig.play(0, 4800);
    const smooth = { snap: false };
    const moves: readonly Operation[] = [
      strip(1, 'sat.on', 1, smooth),
      strip(1, 'sat.curve', 2, smooth),
      strip(1, 'sat.drive', 24, smooth),
      strip(1, 'sat.curve', 1, smooth),
      strip(1, 'sat.mix', 30, smooth),
      strip(1, 'sat.output', -6, smooth),
      strip(1, 'sat.on', 0, smooth),
    ];
    const [left] = rig.render(48_000, 128, (done) => {
      const move = done % 6144 === 0 ? moves[done / 6144] : undefined;
      if (move) rig.desk.write([move]);
    });
    const steady = saturated(stem, [strip(1, 'sat.drive', 24), strip(1, 'sat.curve', 2)]).play(0, 48_000)[0];
    expect(roughness(left)).toBeLessThan(2 * roughness(steady.subarray(4800)));
  });

  it('falls back to exact silence', () => {
    const stem = new Float32Array(240_000);
    stem.set(noise(4800, 0.9));
    for (const curve of [0, 1, 2]) {
      const [left] = saturated(stem, [strip(1, 'sat.curve', curve), strip(1, 'sat.drive', 24)]).play(0, 240_000);
      expect(left.subarray(200_000).every((x) => x === 0)).toBe(true);
    }
  });
});

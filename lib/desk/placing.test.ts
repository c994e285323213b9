import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, noise, Rig, rms, simpleConsole, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 4800;
const mono = noise(FRAMES, 0.3, 21);
const left = noise(FRAMES, 0.3, 22);
const right = noise(FRAMES, 0.3, 23);
const [POWER, BETWEEN, AMPLITUDE, NONE] = [0, 1, 2, 3];

function played(stem: readonly Float32Array[], operations: readonly Operation[]): [Float32Array, Float32Array] {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem(stem)]), ...operations]);
  return rig.play(0, FRAMES);
}

const gains = (law: number, pan: number) =>
  played([mono], [strip(1, 'pan.law', law), strip(1, 'pan', pan)]).map((side) => rms(side) / rms(mono)) as [number, number];

describe('the pan law', () => {
  it.each([POWER, BETWEEN, AMPLITUDE, NONE])('number %i leaves the middle to the bit and the other side silent when hard over', (law) => {
    const [l, r] = played([mono], [strip(1, 'pan.law', law)]);
    expect(difference(l, mono)).toBe(0);
    expect(difference(r, mono)).toBe(0);
    expect(gains(law, 100)[0]).toBe(0);
    expect(gains(law, -100)[1]).toBe(0);
  });

  it.each([
    [POWER, 3.01],
    [BETWEEN, 4.52],
    [AMPLITUDE, 6.02],
    [NONE, 0],
  ])('number %i gives %f dB to the side it is hard over to', (law, wanted) => {
    expect(decibels(gains(law, 100)[1])).toBeCloseTo(wanted, 1);
    expect(decibels(gains(law, -100)[0])).toBeCloseTo(wanted, 1);
  });

  it('keeps the power (−3 dB), the sum (−6 dB), or lies in the middle of both (−4.5 dB)', () => {
    for (const pan of [-80, -33, 10, 55, 90]) {
      const [pl, pr] = gains(POWER, pan);
      expect(pl ** 2 + pr ** 2).toBeCloseTo(2, 5);
      const [al, ar] = gains(AMPLITUDE, pan);
      expect(al + ar).toBeCloseTo(2, 5);
      const [bl, br] = gains(BETWEEN, pan);
      expect(decibels(bl)).toBeCloseTo((decibels(pl) + decibels(al)) / 2, 4);
      expect(decibels(br)).toBeCloseTo((decibels(pr) + decibels(ar)) / 2, 4);
      expect(Math.max(...gains(NONE, pan))).toBeCloseTo(1, 6);
    }
  });

  it('changed while it plays makes no step', () => {
    const rig = new Rig(module);
    const flat = new Float32Array(24_000).fill(0.25);
    rig.desk.write([...simpleConsole([rig.addStem([flat])]), strip(1, 'pan', 100), strip(1, 'pan.law', AMPLITUDE)]);
    rig.play(0, 4800);
    rig.desk.write([strip(1, 'pan.law', NONE)]);
    const [, r] = rig.render(2400);
    expect(Math.max(...r.map((x, n) => (n === 0 ? 0 : Math.abs(x - (r[n - 1] ?? 0)))))).toBeLessThan(0.003);
    expect(r[2399]).toBeCloseTo(0.25, 6);
  });
});

describe('dual pan', () => {
  const dual = (l: number, r: number, law = POWER): readonly Operation[] => [
    strip(1, 'pan.mode', 1),
    strip(1, 'pan.left', l),
    strip(1, 'pan.right', r),
    strip(1, 'pan.law', law),
  ];

  it('wide open is the same as balance in the middle, to the bit', () => {
    const [l, r] = played([left, right], dual(-100, 100));
    expect(difference(l, left)).toBe(0);
    expect(difference(r, right)).toBe(0);
  });

  it('turned round swaps the sides', () => {
    const [l, r] = played([left, right], dual(100, -100));
    expect(difference(l, right)).toBe(0);
    expect(difference(r, left)).toBe(0);
  });

  it.each([
    [POWER, Math.SQRT1_2],
    [AMPLITUDE, 0.5],
  ])('puts each side by the law number %i', (law, middle) => {
    const [l, r] = played([left, right], dual(0, 100, law));
    expect(
      difference(
        l,
        left.map((x) => x * middle),
      ),
    ).toBeLessThan(1e-7);
    expect(
      difference(
        r,
        right.map((x, n) => x + middle * (left[n] ?? 0)),
      ),
    ).toBeLessThan(1e-7);
  });

  it('leaves a mono strip to its pan', () => {
    const [l, r] = played([mono], dual(-100, -100));
    expect(difference(l, mono) + difference(r, mono)).toBe(0);
  });
});

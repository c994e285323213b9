import { beforeAll, describe, expect, it } from 'vitest';
import { measureLoudness } from './loudness';
import { loadDeskModule } from './node';
import { decibels, MASTER_SLOT, newLevels, noise, Rig, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 96_000;

function levelsOf(stem: readonly Float32Array[], slot = 1, before: (rig: Rig) => void = () => {}) {
  const rig = new Rig(module);
  rig.desk.write(simpleConsole([rig.addStem(stem)]));
  before(rig);
  rig.play(0, (stem[0]?.length ?? 0) - rig.desk.layout.latency);
  const levels = newLevels();
  rig.desk.readStrip(slot, levels);
  return levels;
}

describe('correlation', () => {
  const one = noise(FRAMES, 0.3, 1);
  const two = noise(FRAMES, 0.3, 2);
  it.each([
    ['in phase', [one, one], 1],
    ['in phase, one side quieter', [one, one.map((x) => 0.1 * x)], 1],
    ['turned round', [one, one.map((x) => -x)], -1],
    ['nothing in common', [one, two], 0],
    ['half in common', [one, one.map((x, n) => x + Math.sqrt(3) * (two[n] ?? 0))], 0.5],
    ['a quarter of a turn', [sine(1000, FRAMES), Float32Array.from({ length: FRAMES }, (_, n) => Math.cos((2 * Math.PI * n) / 48))], 0],
    ['silence', [new Float32Array(FRAMES), new Float32Array(FRAMES)], 0],
  ] as const)('%s', (_, stem, wanted) => {
    expect(Math.abs(levelsOf(stem).correlation - wanted)).toBeLessThan(wanted === 0 || wanted === 0.5 ? 0.04 : 1e-6);
    expect(Math.abs(levelsOf(stem, MASTER_SLOT).correlation - wanted)).toBeLessThan(wanted === 0 || wanted === 0.5 ? 0.04 : 1e-6);
  });

  it('is slow: 63 % of the way after 300 ms', () => {
    const turned = one.map((x, n) => (n < FRAMES / 2 ? x : -x));
    const levels = levelsOf([one, turned].map((side) => side.subarray(0, FRAMES / 2 + 14_400)));
    expect(Math.abs(levels.correlation - (1 - 2 * (1 - Math.exp(-1))))).toBeLessThan(0.06);
  });
});

describe('the highest peak and the clips', () => {
  it('of the master are those of the mix, after its limiter', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([noise(FRAMES, 1.8, 5)])]), strip(MASTER_SLOT, 'limiter.on', 1)]);
    const [mix] = rig.play(0, FRAMES / 2);
    const levels = newLevels();
    rig.desk.readStrip(MASTER_SLOT, levels);
    expect(levels.highest).toBeCloseTo(Math.max(...mix.map(Math.abs)), 6);
    expect(decibels(levels.highest)).toBeLessThanOrEqual(-1);
    expect(levels.clips).toBe(0);
  });

  it('are kept until they are cleared', () => {
    const stem = new Float32Array(48_000).fill(0.1);
    for (const [at, value] of [
      [5000, 1.5],
      [5001, -1.2],
      [9000, 1.1],
      [20_000, -2],
    ] as const)
      stem[at] = value;
    const rig = new Rig(module);
    rig.desk.write(simpleConsole([rig.addStem([stem])]));
    rig.play(0, 40_000);
    const levels = newLevels();
    rig.desk.readStrip(1, levels);
    expect(levels).toMatchObject({ clips: 3, clipped: true });
    expect(levels.highest).toBeCloseTo(2, 6);
    rig.desk.write([{ do: 'clearClips' }]);
    rig.render(256);
    rig.desk.readStrip(1, levels);
    expect(levels).toMatchObject({ clips: 0, clipped: false });
    expect(levels.highest).toBeCloseTo(0.1, 6);
  });
});

describe("a strip's loudness", () => {
  it('is that of its sound, in LUFS, and costs nothing while nobody asks', () => {
    const stem = [noise(FRAMES * 2, 0.2, 3), noise(FRAMES * 2, 0.1, 4)];
    const weighed = levelsOf(stem, 1, (rig) => rig.desk.write([{ do: 'weigh', on: true }, strip(1, 'fader', -6)]));
    const whole = measureLoudness(module, stem).integrated;
    expect(weighed.momentary).toBeCloseTo(whole - 6, 0);
    expect(Math.abs(weighed.shortTerm - (whole - 6))).toBeLessThan(0.05);
    expect(levelsOf(stem).momentary).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is measured over exactly 400 ms', () => {
    const level = 10 ** (-23 / 20);
    const tone = sine(1000, FRAMES, level).map((x, n) => (n >= 48_000 && n < 48_000 + 19_200 ? x : 0));
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([tone, tone])]), { do: 'weigh', on: true }]);
    const levels = newLevels();
    let most = Number.NEGATIVE_INFINITY;
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0 }]);
    rig.render(FRAMES, 128, () => {
      if (rig.desk.readStrip(1, levels)) most = Math.max(most, levels.momentary);
    });
    expect(Math.abs(most + 23)).toBeLessThan(0.1);
  });
});

describe('the loudness history', () => {
  it('has a value for every 100 ms of the song, with its place, and begins anew with the measurement', () => {
    const tone = sine(1000, FRAMES * 2, 0.1);
    const rig = new Rig(module);
    rig.desk.write(simpleConsole([rig.addStem([tone, tone])]));
    rig.play(24_000, FRAMES);
    const into = { momentary: new Float32Array(64), shortTerm: new Float32Array(64), place: new Int32Array(64) };
    const count = rig.desk.readHistory(0, into);
    expect(count).toBe(rig.desk.historyLength);
    expect(Math.abs(count - FRAMES / 4800)).toBeLessThanOrEqual(1);
    expect(into.momentary[2]).toBe(Number.NEGATIVE_INFINITY);
    expect(into.momentary[count - 1]).toBeCloseTo(decibels(0.1), 0);
    for (let n = 1; n < count; n++) expect(Math.abs((into.place[n] ?? 0) - (into.place[n - 1] ?? 0) - 4800)).toBeLessThanOrEqual(128);
    expect(rig.desk.readHistory(count - 3, into)).toBe(3);
    rig.desk.write([{ do: 'resetLoudness' }]);
    rig.render(128);
    expect(rig.desk.historyLength).toBe(0);
  });
});

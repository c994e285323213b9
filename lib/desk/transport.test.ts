import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import { difference, noise, Rig, simpleConsole, sine } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const LONG = 192_000 * 4 + 1234;
const left = noise(LONG, 0.4, 1);
const right = noise(LONG, 0.4, 2);
const mono = noise(LONG - 50_000, 0.3, 3);
/** What a desk with nothing switched on must give: the stems' sum. */
const sum = (side: Float32Array, from: number, frames: number) =>
  Float32Array.from({ length: frames }, (_, n) => (side[from + n] ?? 0) + (mono[from + n] ?? 0));

function rigged(withheld?: (source: number, segment: number) => boolean): Rig {
  const rig = new Rig(module, withheld);
  const sources = [rig.addStem([left, right]), rig.addStem([mono])];
  rig.desk.write(simpleConsole(sources));
  return rig;
}

describe('stems in segments', () => {
  it.each([0, 1, 127, 191_999, 192_000, 192_001, 383_950, 700_001])('equal the whole, sample by sample, started at %i', (from) => {
    const [l, r] = rigged().play(from, 40_000);
    expect(difference(l, sum(left, from, 40_000))).toBe(0);
    expect(difference(r, sum(right, from, 40_000))).toBe(0);
  });

  it('equal the whole through every join', () => {
    expect(difference(rigged().play(0, LONG)[0], sum(left, 0, LONG))).toBe(0);
  });

  it('go around a loop in the middle of a block without losing a sample', () => {
    const rig = rigged();
    const [from, until] = [190_000, 500_011];
    rig.loopFrom = from;
    rig.desk.write([{ do: 'loop', range: { from, until } }]);
    const start = 480_000;
    const got = rig.play(start, 400_000)[0];
    const path = Float32Array.from({ length: 400_000 }, (_, n) => {
      const at = start + n < until ? start + n : from + ((start + n - until) % (until - from));
      return (left[at] ?? 0) + (mono[at] ?? 0);
    });
    expect(difference(got, path)).toBe(0);
  });
});

describe('a start', () => {
  it('counts at its very frame, whatever the block', () => {
    const rig = rigged();
    rig.fill(1000);
    rig.desk.write([{ do: 'start', position: 1000, at: 301 }]);
    const [l] = rig.render(2000 + rig.desk.layout.latency);
    const first = 301 + rig.desk.layout.latency;
    expect(l.subarray(0, first).every((sample) => sample === 0)).toBe(true);
    expect(difference(l.subarray(first, first + 1500), sum(left, 1000, 1500))).toBe(0);
  });

  it('that comes too late begins further on by as much', () => {
    const rig = rigged();
    rig.fill(0);
    rig.render(1280);
    rig.desk.write([{ do: 'start', position: 5000, at: 1000 }]);
    const [l] = rig.render(2560);
    const { latency } = rig.desk.layout;
    expect(difference(l.subarray(latency, latency + 1000), sum(left, 5280, 1000))).toBe(0);
  });

  it('gives the same bits in blocks of any size', () => {
    const whole = rigged().play(77, 20_000, 128);
    expect(difference(rigged().play(77, 20_000, 441)[0], whole[0])).toBe(0);
    expect(difference(rigged().play(77, 20_000, 2048)[0], whole[0])).toBe(0);
  });
});

describe('late data', () => {
  it('lets the whole song wait, and goes on where it was', () => {
    let here = false;
    const rig = rigged((source, segment) => source === 1 && segment === 1 && !here);
    rig.fill(191_000);
    rig.desk.write([{ do: 'start', position: 191_000 }]);
    const waited = rig.render(12_800)[0];
    expect(rig.desk.waiting).toBe(true);
    expect(rig.desk.lateEvents).toBe(1);
    expect(rig.desk.position).toBeLessThan(192_000);
    expect(Math.max(...waited.subarray(6000))).toBe(0);
    here = true;
    const { position: at, ahead } = rig.desk;
    rig.fill(at);
    const [l] = rig.render(12_800);
    expect(rig.desk.waiting).toBe(false);
    const { latency } = rig.desk.layout;
    expect(difference(l.subarray(ahead + latency + 480, 12_800), sum(left, at + 480, 12_320 - latency - ahead))).toBe(0);
  });
});

describe('a seek while playing', () => {
  it('fades across within 10 ms and lands exactly', () => {
    const rig = rigged();
    rig.play(0, 12_800 - rig.desk.layout.latency);
    rig.fill(12_800, 100_000);
    rig.desk.write([{ do: 'seek', position: 100_000 }]);
    const [l] = rig.render(6400);
    const { latency } = rig.desk.layout;
    expect(difference(l.subarray(latency + 480), sum(left, 100_480, 6400 - 480 - latency))).toBe(0);
    expect(difference(l.subarray(0, latency), sum(left, 12_800 - latency, latency))).toBe(0);
  });

  it('by jump moves from where it is', () => {
    const rig = rigged();
    rig.play(0, 12_800 - rig.desk.layout.latency);
    rig.desk.write([{ do: 'jump', frames: -37 }]);
    rig.render(1280);
    expect(rig.desk.position - rig.desk.ahead).toBe(12_800 - 37 + 1280);
  });
});

describe('a stop while a seek fades', () => {
  it.each([64, 128, 200, 239, 241, 320, 440])('leaves no edge, %i frames into it', (into) => {
    const rig = new Rig(module);
    const tone = (frames: number) => sine(100, frames, 0.5);
    rig.desk.write(simpleConsole([rig.addStem([tone(LONG)])]));
    rig.play(0, 12_800 - rig.desk.layout.latency);
    // Half a period on, where the old and the new place cannot be taken for each other.
    rig.fill(12_800, 100_240);
    rig.desk.write([{ do: 'seek', position: 100_240 }]);
    const before = rig.render(into, into)[0];
    rig.desk.write([{ do: 'stop' }]);
    const after = rig.render(2560, 128)[0];
    const sound = [...before, ...after];
    const step = Math.max(...sound.slice(1).map((x, n) => Math.abs(x - (sound[n] ?? 0))));
    // A tone of 100 Hz goes 0.0066 a frame, a fade of 10 ms at most 0.001 more.
    expect(step).toBeLessThan(0.015);
    expect(Math.max(...after.slice(rig.desk.layout.latency + 960).map(Math.abs))).toBe(0);
  });
});

describe('a stop', () => {
  it('fades within 10 ms and stays where it was told', () => {
    const rig = rigged();
    rig.play(0, 12_800 - rig.desk.layout.latency);
    rig.desk.write([{ do: 'stop' }]);
    const [l] = rig.render(2560);
    expect(rig.desk.position).toBe(12_800);
    expect(rig.desk.playing).toBe(false);
    expect(l.subarray(480 + rig.desk.layout.latency).every((sample) => sample === 0)).toBe(true);
    expect(Math.max(...l.subarray(rig.desk.layout.latency, rig.desk.layout.latency + 200))).toBeGreaterThan(0.1);
  });
});

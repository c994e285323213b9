import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { difference, noise, Rig, simpleConsole, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 36_000;
const left = noise(FRAMES, 0.3, 31);
const right = noise(FRAMES, 0.3, 32);

function rigged(operations: readonly Operation[]): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.layout.delayLineBytes);
  // What the memory held before must not be heard.
  rig.desk.samples(address, rig.desk.layout.delayLineBytes / 4).fill(0.7);
  rig.desk.write([...simpleConsole([rig.addStem([left, right])]), { do: 'delayLine', strip: 1, address }, ...operations]);
  return rig;
}

describe('the delay of a strip', () => {
  it.each([0, 0.02, 1, 17.3, 499.98, 500])('of %f ms lets both sides come later by exactly that many samples', (time) => {
    const frames = Math.round(time * 48);
    const [l, r] = rigged([strip(1, 'delay.on', 1), strip(1, 'delay.time', time)]).play(0, FRAMES);
    expect(l.subarray(0, frames).every((x) => x === 0)).toBe(true);
    expect(difference(l.subarray(frames), left.subarray(0, FRAMES - frames))).toBe(0);
    expect(difference(r.subarray(frames), right.subarray(0, FRAMES - frames))).toBe(0);
  });

  it('switched off is bit-identical to none', () => {
    expect(difference(rigged([strip(1, 'delay.time', 200)]).play(0, FRAMES)[0], left)).toBe(0);
  });

  it('without memory does nothing', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([left, right])]), strip(1, 'delay.on', 1), strip(1, 'delay.time', 100)]);
    expect(difference(rig.play(0, FRAMES)[0], left)).toBe(0);
  });

  it('takes another time, and goes on and off, by a cross-fade', () => {
    const tone = Float32Array.from({ length: 96_000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * 60 * n) / 48_000));
    const rig = new Rig(module);
    const address = rig.desk.heap.allocate(rig.desk.layout.delayLineBytes);
    rig.desk.write([...simpleConsole([rig.addStem([tone])]), { do: 'delayLine', strip: 1, address }, strip(1, 'delay.on', 1)]);
    rig.play(0, 9600);
    // Half a wave: the farthest that two times can be apart.
    for (const change of [strip(1, 'delay.time', 8.333), strip(1, 'delay.on', 0), strip(1, 'delay.on', 1)]) {
      rig.desk.write([change]);
      const [l] = rig.render(4800);
      expect(Math.max(...l.map((x, n) => (n === 0 ? 0 : Math.abs(x - (l[n - 1] ?? 0)))))).toBeLessThan(0.008);
    }
  });

  it('starts again from nothing, to the same bits', () => {
    const rig = rigged([strip(1, 'delay.on', 1), strip(1, 'delay.time', 250)]);
    const first = rig.play(0, 24_000)[0].slice();
    rig.desk.write([{ do: 'stop' }]);
    rig.render(12_800);
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0, at: rig.desk.outputFrame + 100 }]);
    const { latency } = rig.desk.layout;
    expect(difference(rig.render(100 + 24_000 + latency)[0].subarray(100 + latency), first)).toBe(0);
  });

  it('ends in silence', () => {
    const rig = rigged([strip(1, 'delay.on', 1), strip(1, 'delay.time', 500)]);
    rig.play(0, FRAMES);
    expect(
      rig
        .render(48_000)[0]
        .subarray(24_100)
        .every((x) => x === 0),
    ).toBe(true);
  });
});

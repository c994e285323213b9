import { beforeAll, describe, expect, it } from 'vitest';
import { DELAY_NOTES } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

function withInsert(type: 'reverb' | 'delay', stem: readonly Float32Array[], operations: readonly Operation[] = []): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes(type));
  // What the memory held before must not be heard.
  rig.desk.samples(address, rig.desk.insertBytes(type) / 4).fill(0.7);
  rig.desk.write([
    ...simpleConsole([rig.addStem(stem)]),
    { do: 'addInsert', slot: 0, type, address },
    { do: 'chain', strip: 1, inserts: [0] },
    ...operations,
  ]);
  return rig;
}

function click(frames: number): Float32Array {
  const signal = new Float32Array(frames);
  signal[0] = 0.5;
  return signal;
}

describe('the reverb', () => {
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

  it.each([0.4, 1.6, 5])('dies away by 60 dB in %f s below its damping, within 10 percent', (decay) => {
    const frames = Math.ceil(48_000 * (decay + 1));
    const rig = withInsert(
      'reverb',
      [click(frames)],
      [insert('reverb', 0, 'decay', decay), insert('reverb', 0, 'damping', 20_000), strip(1, 'lpf.on', 1), strip(1, 'lpf.freq', 2000)],
    );
    const [left, right] = rig.play(0, frames);
    expect(Math.abs(decayOf(left) / decay - 1)).toBeLessThan(0.1);
    expect(Math.abs(decayOf(right) / decay - 1)).toBeLessThan(0.1);
  });

  it('dies away sooner above its damping frequency', () => {
    const hissing = (damping: number) => {
      const signal = click(72_000);
      const late = withInsert('reverb', [signal], [insert('reverb', 0, 'damping', damping)])
        .play(0, 72_000)[0]
        .subarray(48_000);
      return rms(late.map((x, n) => x - (late[n - 1] ?? 0)));
    };
    expect(decibels(hissing(2000) / hissing(20_000))).toBeLessThan(-10);
  });

  it('answers after its pre-delay, on both sides differently; width 0 is mono', () => {
    const rig = withInsert('reverb', [click(24_000)], [insert('reverb', 0, 'predelay', 100)]);
    const [left, right] = rig.play(0, 24_000);
    expect(left.subarray(0, 4800).every((x) => x === 0)).toBe(true);
    expect(rms(left.subarray(6000, 12_000))).toBeGreaterThan(1e-5);
    const [middle, side] = [left.map((x, n) => x + (right[n] ?? 0)), left.map((x, n) => x - (right[n] ?? 0))];
    expect(Math.abs(decibels(rms(side) / rms(middle)))).toBeLessThan(3);
    const narrow = withInsert('reverb', [click(24_000)], [insert('reverb', 0, 'width', 0)]).play(0, 24_000);
    expect(difference(narrow[0], narrow[1])).toBe(0);
  });

  const dull = [strip(1, 'lpf.on', 1), strip(1, 'lpf.freq', 2000)];

  it('is about as loud as what goes in, however long the decay', () => {
    for (const decay of [0.5, 1.6, 6]) {
      const signal = [noise(240_000, 0.2, 1), noise(240_000, 0.2, 2)];
      const heard = withInsert('reverb', signal, [insert('reverb', 0, 'on', 0), ...dull]).play(0, 48_000)[0];
      const [left] = withInsert('reverb', signal, [insert('reverb', 0, 'decay', decay), ...dull]).play(0, 240_000);
      expect(Math.abs(decibels(rms(left.subarray(192_000)) / rms(heard)))).toBeLessThan(6);
    }
  });
});

describe('the delay', () => {
  const open = [insert('delay', 0, 'lowcut', 20), insert('delay', 0, 'highcut', 20_000), insert('delay', 0, 'pingpong', 0)];

  /** Frames at which something louder than −40 dB begins after quiet. */
  function onsets(signal: Float32Array): number[] {
    const found: number[] = [];
    signal.forEach((x, n) => {
      if (Math.abs(x) > 0.005 && n - (found.at(-1) ?? -1000) > 500) found.push(n);
    });
    return found;
  }

  it.each([1, 7.5, 375, 2000])('of %f ms repeats at exactly that many frames', (time) => {
    const frames = Math.round(time * 48);
    const rig = withInsert('delay', [click(4 * frames + 4800)], [...open, insert('delay', 0, 'sync', 0), insert('delay', 0, 'time', time)]);
    const [left] = rig.play(0, 3 * frames + 4800);
    expect(left.subarray(0, frames).every((x) => x === 0)).toBe(true);
    expect(Math.abs(left[frames] ?? 0)).toBeGreaterThan(0.4);
    if (time > 100) expect(onsets(left)).toEqual([frames, 2 * frames, 3 * frames]);
  });

  it.each(DELAY_NOTES.map(({ name, quarters }, note) => ({ name, quarters, note })))('of $name follows the tempo', ({ quarters, note }) => {
    const frames = Math.round((quarters * 60 * 48_000) / 102);
    const rig = withInsert('delay', [click(frames + 4800)], [{ do: 'tempo', tempo: 102 }, ...open, insert('delay', 0, 'note', note)]);
    const [left] = rig.play(0, frames + 100);
    expect(left.findIndex((x) => Math.abs(x) > 0.1)).toBe(frames);
  });

  it('goes from side to side', () => {
    const rig = withInsert(
      'delay',
      [click(48_000)],
      [
        ...open,
        insert('delay', 0, 'pingpong', 1),
        insert('delay', 0, 'sync', 0),
        insert('delay', 0, 'time', 200),
        insert('delay', 0, 'feedback', 60),
      ],
    );
    const [left, right] = rig.play(0, 48_000);
    expect(onsets(left)).toEqual([9600, 28_800, 48_000].filter((at) => at < 48_000));
    expect(onsets(right)).toEqual([19_200, 38_400]);
  });

  it('takes another time by a cross-fade: no step, no glide', () => {
    const rig = withInsert(
      'delay',
      [noise(96_000, 0.3)],
      [...open, insert('delay', 0, 'sync', 0), insert('delay', 0, 'feedback', 0), insert('delay', 0, 'time', 100)],
    );
    rig.play(0, 24_000);
    rig.desk.write([insert('delay', 0, 'time', 150)]);
    const reference = withInsert(
      'delay',
      [noise(96_000, 0.3)],
      [...open, insert('delay', 0, 'sync', 0), insert('delay', 0, 'feedback', 0), insert('delay', 0, 'time', 150)],
    );
    const [wanted] = reference.play(0, 36_000);
    const { latency } = rig.desk.layout;
    const [got] = rig.render(9600 + latency);
    expect(
      difference(got.subarray(4800 + latency, 9600 + latency), wanted.subarray(24_000 + latency + 4800, 24_000 + latency + 9600)),
    ).toBeLessThan(1e-3);
  });
});

describe('an insert', () => {
  it('switched off is bit-identical to none, and begins empty when switched on again', () => {
    const signal = noise(24_000, 0.3);
    const off = withInsert('reverb', [signal], [insert('reverb', 0, 'on', 0)]);
    expect(difference(off.play(0, 24_000)[0], signal)).toBe(0);
  });

  it('starts again from rest to the very same bits', () => {
    const rig = withInsert('reverb', [noise(24_000, 0.3)]);
    const first = rig.play(0, 24_000)[0].slice();
    rig.desk.write([{ do: 'stop' }]);
    rig.render(1280);
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0, at: rig.desk.outputFrame + 777 }]);
    const again = rig.render(777 + 24_000 + rig.desk.layout.latency)[0].subarray(777 + rig.desk.layout.latency);
    expect(difference(again, first)).toBe(0);
  });

  it('taken out of the chain gives its memory back', () => {
    const rig = withInsert('delay', [noise(24_000, 0.3)]);
    rig.play(0, 2400);
    rig.desk.write([
      { do: 'removeInsert', slot: 0 },
      { do: 'chain', strip: 1, inserts: [] },
    ]);
    expect(rig.desk.insertUsed(0)).toBe(true);
    rig.render(1280);
    expect(rig.desk.insertUsed(0)).toBe(false);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, sine } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const delay = (id: string, value: number, snap = true): Operation => insert('delay', 0, id, value, snap);
/** Nothing but one echo as exact as can be. */
const PLAIN = [delay('lowcut', 20), delay('highcut', 20_000), delay('pingpong', 0), delay('sync', 0), delay('feedback', 0)];

function withDelay(stem: readonly Float32Array[], operations: readonly Operation[]): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes('delay'));
  rig.desk.samples(address, rig.desk.insertBytes('delay') / 4).fill(0.7);
  rig.desk.write([
    ...simpleConsole([rig.addStem(stem)]),
    { do: 'addInsert', slot: 0, type: 'delay', address },
    { do: 'chain', strip: 1, inserts: [0] },
    ...PLAIN,
    ...operations,
  ]);
  return rig;
}

function click(frames: number): Float32Array {
  const signal = new Float32Array(frames);
  signal[0] = 0.5;
  return signal;
}

const firstAt = (signal: Float32Array) => signal.findIndex((x) => Math.abs(x) > 0.1);

describe('a delay with two times', () => {
  it('repeats each side after its own, to the sample', () => {
    const settings = [delay('link', 0), delay('time', 250), delay('time.right', 333)];
    const [left, right] = withDelay([click(24_000)], settings).play(0, 24_000);
    expect([firstAt(left), firstAt(right)]).toEqual([12_000, 15_984]);
  });

  it('takes both from the tempo', () => {
    const settings: Operation[] = [
      { do: 'tempo', tempo: 96 },
      delay('sync', 1),
      delay('link', 0),
      delay('note', 4),
      delay('note.right', 6),
    ];
    const [left, right] = withDelay([click(36_000)], settings).play(0, 36_000);
    expect([firstAt(left), firstAt(right)]).toEqual([15_000, 22_500]);
  });

  it('linked again has the left one on both sides', () => {
    const [left, right] = withDelay([click(24_000)], [delay('time', 100), delay('time.right', 333)]).play(0, 24_000);
    expect([firstAt(left), firstAt(right)]).toEqual([4800, 4800]);
  });

  it('and ping-pong counts the way there and the way back', () => {
    const settings = [delay('link', 0), delay('time', 100), delay('time.right', 150), delay('pingpong', 1), delay('feedback', 80)];
    const [left, right] = withDelay([click(36_000)], settings).play(0, 36_000);
    expect(firstAt(left)).toBe(4800);
    expect(firstAt(right)).toBe(4800 + 7200);
    expect(firstAt(left.subarray(4801)) + 4801).toBe(4800 + 7200 + 4800);
  });
});

describe('a delay on tape', () => {
  const tone = sine(1000, 192_000, 0.25);

  /** Lengths of the waves in frames, from where they rise through nothing. */
  function waves(signal: Float32Array): number[] {
    const risings: number[] = [];
    for (let n = 1; n < signal.length; n++) {
      const [before, now] = [signal[n - 1] ?? 0, signal[n] ?? 0];
      if (before < 0 && now >= 0) risings.push(n - now / (now - before));
    }
    return risings.slice(1).map((at, index) => at - (risings[index] ?? 0));
  }

  it('wavers in pitch by less than a percent and a half, and about the pitch it was given', () => {
    const [left] = withDelay([tone], [delay('time', 50), delay('wow', 100)]).play(0, 192_000);
    const lengths = waves(left.subarray(48_000));
    expect(Math.max(...lengths)).toBeGreaterThan(48 * 1.005);
    expect(Math.max(...lengths)).toBeLessThan(48 * 1.015);
    expect(Math.min(...lengths)).toBeLessThan(48 / 1.005);
    expect(Math.min(...lengths)).toBeGreaterThan(48 / 1.015);
    expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeCloseTo(48, 0);
  });

  it('is the same in blocks of any size, moves in without a step, and is exact again without it', () => {
    const settings = [delay('time', 50), delay('wow', 70), delay('feedback', 40)];
    const [once] = withDelay([noise(24_000, 0.2)], settings).play(0, 24_000);
    const [again] = withDelay([noise(24_000, 0.2)], settings).play(0, 24_000, 77);
    expect(difference(once, again)).toBe(0);

    const rig = withDelay([tone], [delay('time', 50)]);
    const steepest = (signal: Float32Array) => Math.max(...signal.map((x, n) => (n === 0 ? 0 : Math.abs(x - (signal[n - 1] ?? 0)))));
    const steady = steepest(rig.play(0, 24_000)[0].subarray(9600));
    for (const wow of [100, 0]) {
      rig.desk.write([delay('wow', wow, false)]);
      expect(steepest(rig.render(24_000)[0])).toBeLessThan(steady * 1.15);
    }
    const [plain] = withDelay([tone], [delay('time', 50)]).play(0, 76_800);
    expect(difference(rig.render(4800)[0], plain.subarray(72_000))).toBeLessThan(1e-6);
  });
});

describe('a delay that ducks', () => {
  /** A tone for a second, then nothing. */
  const phrase = sine(440, 48_000, 0.4);
  const played = (duck: number) =>
    withDelay([Float32Array.from([...phrase, ...new Float32Array(48_000)])], [delay('time', 500), delay('duck', duck)]).play(0, 96_000)[0];

  it('holds its echoes down while something plays, by what it says, and lets them come up after it', () => {
    const [open, ducked] = [played(0), played(12)];
    const change = (from: number, until: number) => decibels(rms(ducked.subarray(from, until)) / rms(open.subarray(from, until)));
    expect(change(30_000, 47_000)).toBeCloseTo(-12, 1);
    expect(change(66_000, 71_000)).toBeGreaterThan(-0.5);
    expect(change(66_000, 71_000)).toBeLessThanOrEqual(0.01);
  });

  it('leaves the input alone: it is no compressor', () => {
    const settings = [delay('time', 2000), delay('duck', 24), delay('mix', 50)];
    const [left] = withDelay([phrase], settings).play(0, 48_000);
    expect(
      difference(
        left,
        phrase.map((x) => 0.5 * x),
      ),
    ).toBeLessThan(1e-6);
  });

  it('ends in silence, exactly, with tape and feedback', () => {
    const rig = withDelay([phrase], [delay('time', 50), delay('duck', 12), delay('wow', 60), delay('feedback', 60)]);
    rig.play(0, 384_000);
    expect(rig.render(24_000)[0].every((x) => x === 0)).toBe(true);
  });
});

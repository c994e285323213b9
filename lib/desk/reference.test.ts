import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, noise, Rig, rms, simpleConsole, sine } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const BLOCK = 128;
type Side = Float32Array<ArrayBuffer>;

interface Heard {
  readonly output: Side;
  readonly mix: Side;
}

const reference = (change: Partial<Extract<Operation, { do: 'reference' }>> = {}): Operation => ({
  do: 'reference',
  source: 1,
  on: true,
  offset: 0,
  loop: null,
  level: 0,
  ...change,
});

/** The left side of what goes to the speakers, and of the mix, of a console that plays `stem`, without the latency before it. */
function listen(
  stem: Float32Array,
  references: readonly Float32Array[],
  at: ReadonlyMap<number, Operation>,
  withheld?: (source: number, segment: number) => boolean,
): Heard {
  const rig = new Rig(module, withheld);
  rig.desk.write(simpleConsole([rig.addStem([stem])]));
  for (const one of references) rig.addStem([one]);
  const frames = stem.length;
  const { latency } = rig.desk.layout;
  const output = new Float32Array(frames + latency);
  const mix = new Float32Array(frames + latency);
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  for (let done = 0; done + BLOCK <= frames + latency; done += BLOCK) {
    const operation = at.get(done / BLOCK);
    if (operation) rig.desk.write([operation]);
    rig.desk.process(BLOCK);
    mix.set(rig.desk.mix(0), done);
    output.set(rig.desk.output(0), done);
  }
  return { output: output.subarray(latency), mix: mix.subarray(latency) };
}

const SECOND = 48_000;
const block = (seconds: number) => Math.round((seconds * SECOND) / BLOCK);
const steepest = (signal: Float32Array) =>
  signal.reduce((most, value, n) => Math.max(most, n ? Math.abs(value - (signal[n - 1] ?? 0)) : 0), 0);

describe('a reference beside the mix', () => {
  it('plays the frame that the song has, to the sample, and changes no bit of the mix', () => {
    const [stem, other] = [noise(2 * SECOND, 0.3, 1), noise(2 * SECOND, 0.3, 2)];
    const plain = listen(stem, [other], new Map());
    const { output, mix } = listen(stem, [other], new Map([[block(0.5), reference()]]));
    expect(difference(mix, plain.mix)).toBe(0);
    expect(difference(output.subarray(SECOND, 2 * SECOND - 512), other.subarray(SECOND, 2 * SECOND - 512))).toBe(0);
    const back = listen(
      stem,
      [other],
      new Map([
        [block(0.5), reference()],
        [block(1), reference({ on: false })],
      ]),
    );
    expect(difference(back.output.subarray(1.2 * SECOND), plain.output.subarray(1.2 * SECOND))).toBe(0);
  });

  it('is moved by its offset, folded into its own stretch, and as loud as asked', () => {
    const other = noise(3 * SECOND, 0.3, 2);
    const loop = { from: SECOND, until: 2 * SECOND };
    const { output } = listen(noise(2 * SECOND, 0.3, 1), [other], new Map([[0, reference({ offset: 12_000, loop, level: -6 })]]));
    for (const from of [0.4, 1.2]) {
      const heard = output.subarray(from * SECOND, (from + 0.2) * SECOND);
      // Offset a quarter of a second, folded into the second second.
      const within = SECOND + ((from * SECOND + 12_000 - SECOND + 4 * SECOND) % SECOND);
      const wanted = other.subarray(within, within + heard.length).map((x) => x * 10 ** (-6 / 20));
      expect(difference(heard, wanted)).toBeLessThan(1e-6);
    }
  });

  it('waits for its data while the mix goes on', () => {
    const stem = noise(SECOND, 0.3, 1);
    const { output, mix } = listen(stem, [noise(SECOND, 0.3, 2)], new Map([[block(0.2), reference()]]), (source) => source === 1);
    expect(difference(output, mix)).toBe(0);
  });

  it('never sounds while the song stands', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([noise(SECOND, 0.3, 1)])])]);
    rig.addStem([noise(SECOND, 0.3, 2)]);
    rig.fill(0);
    rig.desk.write([reference()]);
    for (let n = 0; n < 100; n++) {
      rig.desk.process(BLOCK);
      expect(rms(rig.desk.output(0))).toBe(0);
    }
  });
});

describe('changing over', () => {
  const low = sine(60, 2 * SECOND, 0.7);
  const turned = low.map((x) => -0.5 * x);
  const third = sine(80, 2 * SECOND, 0.5);
  const on = [block(0.2), reference()] as const;
  const changes: Readonly<Record<string, Operation>> = {
    'to the mix': reference({ on: false }),
    'to another reference': reference({ source: 2 }),
    'to another offset': reference({ offset: 401 }),
    'into a stretch of its own': reference({ loop: { from: 20_123, until: 33_333 } }),
    'to another level': reference({ level: -9 }),
    'with the song elsewhere': { do: 'seek', position: 71_234 },
    'with the song at an end': { do: 'stop' },
    'with a stretch of the song': { do: 'loop', range: { from: 10_001, until: 60_007 } },
  };

  it.each(Object.entries(changes))('%s makes no click', (_name, change) => {
    const { output } = listen(low, [turned, third], new Map([on, [block(0.7), change]]));
    // Of the steepest sine here and of a cross-fade in 5 ms; a jump would be ten times as much.
    expect(steepest(output.subarray(0.1 * SECOND, 1.9 * SECOND))).toBeLessThan(0.025);
  });

  it('shows no click in the spectrum: above a low tone there is nothing but the fade', () => {
    const tone = sine(100, 2 * SECOND, 0.5);
    const { output } = listen(
      tone,
      [tone.map((x) => -x)],
      new Map([
        [block(0.5), reference()],
        [block(1), reference({ on: false })],
      ]),
    );
    // Third differences lift what is steep: of the tone itself they are nothing, of a jump of 1 they are 3.
    const third = output.map((_, n) => (output[n] ?? 0) - 3 * (output[n - 1] ?? 0) + 3 * (output[n - 2] ?? 0) - (output[n - 3] ?? 0));
    const most = third.subarray(0.2 * SECOND, 1.8 * SECOND).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(decibels(most)).toBeLessThan(-40);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { MonitorSettings, Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

type Stereo = readonly [Float32Array, Float32Array];
const BLOCK = 128;
const SILENT_KEY: Operation = { do: 'listenKey', of: 'none', slot: -1 };

/** What goes to the speakers of a console that plays `stems`, without the latency before it. `at` gives operations by frame. */
function listen(
  stems: readonly (readonly Float32Array[])[],
  begin: readonly Operation[] | ((rig: Rig) => readonly Operation[]),
  at: ReadonlyMap<number, Operation> = new Map(),
) {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole(stems.map((stem) => rig.addStem(stem))), ...(typeof begin === 'function' ? begin(rig) : begin)]);
  const frames = stems[0]?.[0]?.length ?? 0;
  const { latency } = rig.desk.layout;
  const output: Stereo = [new Float32Array(frames + latency), new Float32Array(frames + latency)];
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  const mix: Stereo = [new Float32Array(frames + latency), new Float32Array(frames + latency)];
  for (let done = 0; done + BLOCK <= frames + latency; done += BLOCK) {
    const operation = at.get(done);
    if (operation) rig.desk.write([operation]);
    if (done > 0) rig.fill(rig.desk.position);
    rig.desk.process(BLOCK);
    for (const side of [0, 1] as const) {
      mix[side].set(rig.desk.mix(side), done);
      output[side].set(rig.desk.output(side), done);
    }
  }
  const heard = (signal: Stereo): Stereo => [signal[0].subarray(latency), signal[1].subarray(latency)];
  return { output: heard(output), mix: heard(mix) };
}

const monitor = (settings: Partial<MonitorSettings>): Operation => ({ do: 'monitor', level: 0, ...settings });
/** Level of a sine's steady part against what went in. */
const gainOf = (out: Float32Array, wentIn: Float32Array) =>
  decibels(rms(out.subarray(24_000, 43_200)) / rms(wentIn.subarray(24_000, 43_200)));

describe('the monitor at rest', () => {
  it('gives the mix, bit for bit', () => {
    const { output, mix } = listen([[noise(48_000, 0.3, 1), noise(48_000, 0.3, 2)]], []);
    expect(difference(output[0], mix[0])).toBe(0);
    expect(difference(output[1], mix[1])).toBe(0);
  });
});

describe('nothing of the monitor', () => {
  const every: readonly Operation[] = [
    monitor({ level: -7 }),
    monitor({ dim: true }),
    { do: 'dip', level: -12 },
    monitor({ mono: true, swap: true }),
    monitor({ side: true, invert: true }),
    monitor({ band: 'lows' }),
    monitor({ band: 'mids', crossfeed: 'strong' }),
    monitor({ band: 'highs', crossfeed: 'light' }),
    { do: 'listen', strip: 1, where: 'before' },
    { do: 'listen', strip: 2, where: 'after' },
    { do: 'listen', strip: 1, where: 'off' },
    { do: 'listenKey', of: 'comp', slot: 1 },
    { do: 'listenKey', of: 'gate', slot: 2 },
    { do: 'listenKey', of: 'none', slot: -1 },
    { do: 'weigh', on: true },
    { do: 'tap', tap: 1, strip: 2, where: 'before' },
  ];

  it('changes a bit of the mix', () => {
    const stems = [[noise(96_000, 0.2, 1), noise(96_000, 0.2, 2)], [noise(96_000, 0.2, 3)]];
    const begin = [strip(1, 'comp.on', 1), strip(2, 'mute', 1), strip(2, 'pan', 30), strip(1, 'fader', -4)];
    const at = new Map(Array.from({ length: 36 }, (_, n) => [(n + 1) * 20 * BLOCK, every[n % every.length] ?? monitor({})] as const));
    const plain = listen(stems, begin);
    const changed = listen(stems, begin, at);
    expect(difference(changed.mix[0], plain.mix[0])).toBe(0);
    expect(difference(changed.mix[1], plain.mix[1])).toBe(0);
    expect(difference(changed.output[0], plain.output[0])).toBeGreaterThan(0.1);
  });

  it.each(every)('clicks: %o', (operation) => {
    const low = sine(60, 48_000, 0.7);
    const stems = [[low, low.map((x) => -0.5 * x)], [sine(70, 48_000, 0.2)]];
    const back =
      operation.do === 'listen' ? { ...operation, where: 'off' as const } : operation.do === 'listenKey' ? SILENT_KEY : monitor({});
    const { output } = listen(
      stems,
      [],
      new Map([
        [100 * BLOCK, operation],
        [240 * BLOCK, back],
      ]),
    );
    // Of the steepest sine here and of a cross-fade in 5 ms; a jump would be ten times as much.
    for (const side of output) expect(steepest(side)).toBeLessThan(0.025);
  });

  function steepest(signal: Float32Array): number {
    let most = 0;
    for (let n = 12_000; n < 40_000; n++) most = Math.max(most, Math.abs((signal[n] ?? 0) - (signal[n - 1] ?? 0)));
    return most;
  }
});

describe('the dip while somebody speaks', () => {
  const from = 96 * BLOCK;
  const until = 400 * BLOCK;
  /** The output of a tone that is turned down between `from` and `until`, with its level against the mix over 20 ms, dB. */
  function dipped() {
    // Back to the last bit takes seconds, long after it is heard as the same.
    const tone = sine(440, 256_000, 0.5);
    const operations = new Map<number, Operation>([
      [from, { do: 'dip', level: -12 }],
      [until, { do: 'dip', level: 0 }],
    ]);
    const { output, mix } = listen([[tone, tone]], [], operations);
    const level = ([left]: Stereo, frame: number) => decibels(rms(left.subarray(frame, frame + 960)));
    return { output, mix, levelAt: (frame: number) => level(output, frame) - level(mix, frame) };
  }
  it('turns the mix down by as much as is set, and brings it back, bit for bit', () => {
    const { output, mix, levelAt } = dipped();
    expect(levelAt(9000)).toBeCloseTo(0, 6);
    expect(levelAt(36_000)).toBeCloseTo(-12, 2);
    expect(difference(output[0].subarray(-960), mix[0].subarray(-960))).toBe(0);
  });
  it('is down within 150 ms, and takes its time to come back', () => {
    const { levelAt } = dipped();
    expect(levelAt(from + 7200)).toBeLessThan(-11);
    expect(levelAt(until + 2400)).toBeLessThan(-6);
    expect(levelAt(until + 36_000)).toBeGreaterThan(-1);
  });
});

describe('sides', () => {
  const [left, right] = [noise(24_000, 0.3, 5), noise(24_000, 0.3, 6)];
  const half = (sign: number) => left.map((x, n) => 0.5 * (x + sign * (right[n] ?? 0)));
  it.each([
    ['mono: both get the middle', { mono: true }, half(1), half(1)],
    ['side: both get the difference', { side: true }, half(-1), half(-1)],
    ['swap', { swap: true }, right, left],
    ['invert: the left is turned round', { invert: true }, left.map((x) => -x), right],
    [
      'invert and mono: what is the same on both sides is gone',
      { invert: true, mono: true },
      half(-1).map((x) => -x),
      half(-1).map((x) => -x),
    ],
    ['swap and invert', { swap: true, invert: true }, right.map((x) => -x), left],
    ['level and dim', { level: -10, dim: true }, left.map((x) => x * 10 ** -1.5), right.map((x) => x * 10 ** -1.5)],
  ] as const)('%s', (_, settings, wantedLeft, wantedRight) => {
    const { output } = listen([[left, right]], [monitor(settings)]);
    expect(difference(output[0].subarray(9600, 23_000), wantedLeft.subarray(9600, 23_000))).toBeLessThan(2e-7);
    expect(difference(output[1].subarray(9600, 23_000), wantedRight.subarray(9600, 23_000))).toBeLessThan(2e-7);
  });
});

describe('bands', () => {
  const at = (band: 'lows' | 'mids' | 'highs', hertz: number) => {
    const tone = sine(hertz, 48_000, 0.25);
    return gainOf(listen([[tone, tone]], [monitor({ band })]).output[0], tone);
  };
  it.each([
    ['lows', 60, 0],
    ['lows', 250, -6.02],
    ['lows', 500, -48.2],
    ['mids', 125, -48.2],
    ['mids', 250, -6.02],
    ['mids', 1000, 0],
    ['mids', 4000, -6.02],
    ['mids', 8000, -53.3],
    ['highs', 2000, -49.4],
    ['highs', 4000, -6.02],
    ['highs', 12_000, 0],
  ] as const)('%s at %f Hz: %f dB', (band, hertz, wanted) => {
    expect(Math.abs(at(band, hertz) - wanted)).toBeLessThan(wanted < -40 ? 0.5 : 0.1);
  });

  it('together are the whole, within 0.3 dB', () => {
    const tones = [40, 120, 250, 400, 1000, 3000, 4000, 6000, 15_000].map((hertz) => sine(hertz, 48_000, 0.1));
    for (const tone of tones) {
      const parts = (['lows', 'mids', 'highs'] as const).map((band) => listen([[tone, tone]], [monitor({ band })]).output[0]);
      const sum = tone.map((_, n) => parts.reduce((total, part) => total + (part[n] ?? 0), 0));
      expect(Math.abs(gainOf(sum, tone))).toBeLessThan(0.3);
    }
  });
});

describe('crossfeed', () => {
  const silence = new Float32Array(48_000);
  it.each([
    ['light', 650, 9.5],
    ['medium', 700, 6],
    ['strong', 700, 4.5],
  ] as const)('%s: the other ear through a low-pass at %i Hz, %f dB lower at the bottom', (crossfeed, corner, feed) => {
    const heard = (hertz: number) => {
      const tone = sine(hertz, 48_000, 0.25);
      const [own, other] = listen([[tone, silence]], [monitor({ crossfeed })]).output;
      return { own: gainOf(own, tone), other: gainOf(other, tone) };
    };
    const bottom = heard(20);
    expect(bottom.own - bottom.other).toBeCloseTo(feed, 1);
    for (const hertz of [200, 700, 2000]) {
      const lowPass = -10 * Math.log10((1 + (hertz / corner) ** 2) / (1 + (20 / corner) ** 2));
      expect(Math.abs(heard(hertz).other - bottom.other - lowPass)).toBeLessThan(0.1);
    }
    expect(heard(10_000).own).toBeGreaterThan(bottom.own);
  });

  it('leaves what is the same on both sides at its level in the lows', () => {
    const tone = sine(30, 48_000, 0.25);
    const { output } = listen([[tone, tone]], [monitor({ crossfeed: 'strong' })]);
    expect(gainOf(output[0], tone)).toBeCloseTo(0, 1);
    expect(difference(output[0].subarray(9600), output[1].subarray(9600))).toBe(0);
  });
});

describe('listening to a strip alone', () => {
  const [left, right] = [noise(48_000, 0.2, 8), noise(48_000, 0.2, 9)];
  const other = noise(48_000, 0.2, 10);
  const stems = [[left, right], [other]];
  const begin = [strip(1, 'fader', -12), strip(1, 'pan', 100), strip(1, 'trim', -3), strip(2, 'fader', -6), strip(2, 'pan', -100)];
  const late = (signal: Float32Array) => signal.subarray(9600, 47_000);

  it('before the fader is before mute and pan too, after its processing', () => {
    const { output } = listen(stems, [...begin, strip(1, 'mute', 1), { do: 'listen', strip: 1, where: 'before' }]);
    const trim = 10 ** (-3 / 20);
    expect(
      difference(
        late(output[0]),
        late(left).map((x) => trim * x),
      ),
    ).toBeLessThan(1e-6);
    expect(
      difference(
        late(output[1]),
        late(right).map((x) => trim * x),
      ),
    ).toBeLessThan(1e-6);
  });

  it('after the fader is as it goes into the mix, in time with it', () => {
    const { output } = listen(stems, [...begin, { do: 'listen', strip: 2, where: 'after' }]);
    const gain = Math.SQRT2 * 10 ** (-6 / 20);
    expect(
      difference(
        late(output[0]),
        late(other).map((x) => gain * x),
      ),
    ).toBeLessThan(1e-6);
    expect(rms(late(output[1]))).toBeLessThan(1e-9);
    const alone = listen(stems, [...begin, strip(1, 'mute', 1)]);
    expect(difference(late(output[0]), late(alone.mix[0]))).toBeLessThan(1e-6);
  });

  it('several are heard together, and the mix again when the last one ends', () => {
    const both: readonly Operation[] = [
      { do: 'listen', strip: 1, where: 'after' },
      { do: 'listen', strip: 2, where: 'after' },
    ];
    const { output, mix } = listen(stems, [...begin, ...both]);
    expect(difference(late(output[0]), late(mix[0]))).toBeLessThan(1e-6);
    const off: Operation = { do: 'listen', strip: 1, where: 'off' };
    const ended = listen(stems, [...begin, { do: 'listen', strip: 1, where: 'before' }], new Map([[200 * BLOCK, off]]));
    expect(difference(ended.output[0].subarray(30_000), ended.mix[0].subarray(30_000))).toBe(0);
  });

  it('never goes above full scale, however loud the strips are, and survives what is no number', () => {
    const bad = noise(48_000, 0.9, 11);
    bad[20_000] = Number.NaN;
    const settings = monitor({ band: 'mids', crossfeed: 'medium' });
    const { output } = listen(
      [[bad], [noise(48_000, 0.9, 12)]],
      [strip(1, 'trim', 18), settings, { do: 'listen', strip: 1, where: 'before' }, { do: 'listen', strip: 2, where: 'before' }],
    );
    for (const side of output) expect(side.every((x) => Math.abs(x) <= 1)).toBe(true);
    expect(rms(output[0].subarray(40_000, 47_000))).toBeGreaterThan(0.1);
  });
});

describe('the key of a processor', () => {
  const both = sine(60, 48_000, 0.3).map((x, n) => x + 0.1 * Math.sin((2 * Math.PI * 6000 * n) / 48_000));
  const highs = sine(6000, 48_000, 0.1);
  const other = noise(48_000, 0.2, 7);
  const own = (type: 'compressor' | 'gate' | 'deesser', on: number): Operation[] => {
    const filter = type === 'deesser' ? 'freq' : 'sc.hpf';
    return [insert(type, 3, filter, 1000), insert(type, 3, 'on', on)];
  };

  it.each(['comp', 'gate'] as const)('of a %s is heard through its filter, whether it is on or off', (of) => {
    for (const on of [0, 1]) {
      const begin = [strip(1, `${of}.sc.hpf`, 1000), strip(1, `${of}.on`, on), strip(1, `${of}.threshold`, 0), strip(2, 'fader', -6)];
      const plain = listen([[both], [other]], begin);
      const { output, mix } = listen([[both], [other]], [...begin, { do: 'listenKey', of, slot: 1 }]);
      expect(Math.abs(gainOf(output[0], highs))).toBeLessThan(0.5);
      expect(difference(mix[0], plain.mix[0])).toBe(0);
      expect(difference(mix[1], plain.mix[1])).toBe(0);
    }
  });

  it.each(['compressor', 'gate', 'deesser'] as const)('of the effect %s as well', (type) => {
    for (const on of [0, 1]) {
      const { output, mix } = withInsert(type, [...own(type, on), { do: 'listenKey', of: 'insert', slot: 3 }]);
      expect(Math.abs(gainOf(output[0], highs))).toBeLessThan(0.5);
      expect(difference(mix[0], withInsert(type, own(type, on)).mix[0])).toBe(0);
    }
  });

  it('is the sound of the other strip where that is listened to', () => {
    const begin: Operation[] = [
      { do: 'order', strips: [2, 1, 0] },
      { do: 'key', strip: 1, key: 2 },
    ];
    const { output } = listen([[both], [other]], [...begin, { do: 'listenKey', of: 'comp', slot: 1 }]);
    expect(difference(output[0].subarray(9600, 40_000), other.subarray(9600, 40_000))).toBeLessThan(1e-6);
  });

  it('leaves nothing behind in a processor that is switched on afterwards', () => {
    const begin = [strip(1, 'comp.sc.hpf', 300), strip(1, 'comp.threshold', -40)];
    const on = new Map([[200 * BLOCK, strip(1, 'comp.on', 1, { snap: false })]]);
    const plain = listen([[both]], begin, on);
    const heard = listen([[both]], [...begin, { do: 'listenKey', of: 'comp', slot: 1 }], on);
    expect(difference(heard.mix[0], plain.mix[0])).toBe(0);
  });

  function withInsert(type: 'compressor' | 'gate' | 'deesser', begin: readonly Operation[]) {
    return listen([[both]], (rig) => [
      { do: 'addInsert', slot: 3, type, address: rig.desk.heap.allocate(rig.desk.insertBytes(type)) },
      { do: 'chain', strip: 1, inserts: [3] },
      ...begin,
    ]);
  }
});

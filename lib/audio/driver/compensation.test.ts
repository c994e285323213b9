import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../../desk/node';
import { decibels, difference, noise, Rig, rms, sine } from '../../desk/rig';
import {
  type Insert,
  type Lane,
  MASTER,
  type Mix,
  type Send,
  type Strip,
  type StripKind,
  sendId,
  type Target,
  targetKey,
  type Values,
} from '../../mix';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 48_000;

const strip = (id: string, kind: StripKind, values: Values = {}, more: Partial<Strip> = {}): Strip => ({
  ...{
    id,
    kind,
    name: id,
    color: 0,
    order: id,
    stem: kind === 'stem' ? 'one' : null,
    output: id === MASTER ? null : MASTER,
    vcas: [],
    values,
  },
  ...more,
});

const master = (values: Values = {}) => strip(MASTER, 'master', { 'limiter.on': 0, ...values });
const send = (from: string, to: string, values: Values): Send => ({ id: sendId(from, to), from, to, values });
const insert = (id: string, on: string, type: Insert['type'], values: Values = {}): Insert => ({
  id,
  strip: on,
  type,
  order: 'a0',
  values,
});

function mixOf(strips: readonly Strip[], sends: readonly Send[] = [], inserts: readonly Insert[] = []): Mix {
  return {
    strips: new Map(strips.map((one) => [one.id, one])),
    sends: new Map(sends.map((one) => [one.id, one])),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    markers: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
    automation: new Map(),
    presets: new Map(),
  };
}

/** The mix of one stem of noise from the song's beginning, as long as that, and its latency. */
function heard(
  mix: Mix,
  signal: Float32Array = noise(FRAMES, 0.25, 3),
  other: Float32Array = noise(FRAMES, 0.25, 4),
): { left: Float32Array; latency: number; rig: Rig; driver: DeskDriver; signal: Float32Array } {
  const rig = new Rig(module);
  const sources = new Map([
    ['one', rig.addStem([signal])],
    ['other', rig.addStem([other])],
  ]);
  const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
  driver.show({ mix, sources, soloed: new Set(), mode: 'in place', remote: false });
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  const [all] = rig.render(FRAMES + driver.latency);
  return { left: all.subarray(driver.latency), latency: driver.latency, rig, driver, signal };
}

const LATE: Values = { 'comp.on': 1, 'comp.ratio': 1, 'comp.lookahead': 5 };
const FLIPPED: Values = { polarity: 1 };
const silent = (left: Float32Array) => left.every((x) => x === 0);

describe('what took two ways meets as it parted: a copy with its polarity turned round leaves exact silence', () => {
  it('beside a strip that looks ahead', () => {
    const { left, latency, rig } = heard(mixOf([strip('a', 'stem', LATE), strip('b', 'stem', FLIPPED), master()]));
    expect(silent(left)).toBe(true);
    expect(latency).toBe(rig.desk.layout.latency + 240);
    expect(rig.desk.latency).toBe(latency);
  });

  it('through a group that looks ahead, with another look-ahead before it', () => {
    const strips = [
      strip('a', 'stem', { ...LATE, 'gate.on': 1, 'gate.lookahead': 3, 'gate.range': 0 }, { output: 'g' }),
      strip('b', 'stem', FLIPPED, { output: 'g' }),
      strip('c', 'stem'),
      strip('d', 'stem', { ...FLIPPED, ...LATE }),
      strip('g', 'group', { ...LATE, 'comp.lookahead': 2 }),
      master(LATE),
    ];
    const { left, latency, rig } = heard(mixOf(strips));
    expect(silent(left)).toBe(true);
    expect(latency).toBe(rig.desk.layout.latency + 240 + 144 + 96 + 240);
  });

  it.each([0, 1])('through an effect return with a limiter, sends before the fader: %i', (pre) => {
    const strips = [strip('a', 'stem', FLIPPED), strip('b', 'stem', LATE), strip('c', 'stem', FLIPPED), strip('fx', 'aux'), master()];
    const level = { level: 0, pre };
    const sends = [send('a', 'fx', level), send('b', 'fx', level)];
    const inserts = [insert('i', 'fx', 'limiter')];
    // a and b leave nothing on the way to the effect return; b and c (or a) leave nothing at the master, and one a too many.
    const { left, signal } = heard(mixOf([...strips, strip('d', 'stem')], sends, inserts));
    expect(silent(left)).toBe(true);
    expect(signal.some((x) => x !== 0)).toBe(true);
  });

  it('what comes out is what went in, at its place of the song', () => {
    const { left, signal } = heard(mixOf([strip('a', 'stem', LATE), strip('b', 'stem', { mute: 1 }), master()]));
    expect(difference(left, signal)).toBe(0);
  });
});

describe('the latency of the mix', () => {
  it('counts effects, on or off', () => {
    const with_ = (values: Values) => heard(mixOf([strip('a', 'stem'), master()], [], [insert('i', 'a', 'limiter', values)]));
    const { latency, rig, left, signal } = with_({});
    expect(latency - rig.desk.layout.latency).toBe(rig.desk.insertLatency('limiter'));
    expect(difference(left, signal)).toBe(0);
    const off = with_({ on: 0 });
    expect(off.latency).toBe(latency);
    expect(difference(off.left, off.signal)).toBe(0);
  });

  it('a capture gives the song at its place, whatever is late', async () => {
    const mix = mixOf([strip('a', 'stem', LATE), strip('b', 'stem', { fader: -120 }), master()]);
    const { rig, driver, signal } = heard(mix);
    const address = rig.desk.heap.allocate(8 * 1000);
    rig.desk.write([{ do: 'stop' }]);
    rig.render(4800);
    rig.fill(0);
    rig.desk.write([
      { do: 'start', position: 0 },
      { do: 'capture', from: 5000, frames: 1000, address },
    ]);
    rig.render(8000);
    expect(rig.desk.captured).toBe(1000);
    expect(difference(rig.desk.samples(address, 1000), signal.subarray(5000, 6000))).toBe(0);
    expect(rig.desk.position - (rig.desk.heard ?? 0)).toBe(driver.latency);
  });

  it('is taken up while the song plays without a click, and then silence is exact again', () => {
    const rig = new Rig(module);
    // A low tone, whose eighth difference is nothing and that of a click is not.
    const signal = Float32Array.from({ length: 3 * FRAMES }, (_, n) => 0.25 * Math.sin((2 * Math.PI * 100 * n) / 48_000));
    const source = rig.addStem([signal]);
    const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
    const show = (values: Values) =>
      driver.show({
        mix: mixOf([strip('a', 'stem', values), strip('b', 'stem', FLIPPED), strip('c', 'stem'), master()]),
        sources: new Map([['one', source]]),
        soloed: new Set(),
        mode: 'in place',
        remote: false,
      });
    show({ 'comp.ratio': 1 });
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0 }]);
    const before = rig.render(FRAMES / 2)[0];
    show(LATE);
    const after = rig.render(FRAMES)[0];
    const late = driver.latency;
    let edges = Float32Array.from([...before, ...after]);
    for (let n = 0; n < 8; n++) edges = edges.map((x, at) => (at === 0 ? 0 : (x - (edges[at - 1] ?? 0)) / 2));
    expect(Math.max(...edges.subarray(1000).map(Math.abs))).toBeLessThan(1e-3);
    const begin = FRAMES / 2 + 4800;
    expect(difference(after.subarray(4800), signal.subarray(begin - late, begin - late + after.length - 4800))).toBe(0);
  });
});

describe('a saturation that is on', () => {
  /** By how many frames a tone in `out` is behind the same tone in `tone`. */
  function behind(out: Float32Array, tone: Float32Array, hertz: number): number {
    const phase = (signal: Float32Array) => {
      let [real, imaginary] = [0, 0];
      for (let n = 9600; n < 38_400; n++) {
        real += (signal[n] ?? 0) * Math.cos((2 * Math.PI * hertz * n) / 48_000);
        imaginary += (signal[n] ?? 0) * Math.sin((2 * Math.PI * hertz * n) / 48_000);
      }
      return Math.atan2(imaginary, real);
    };
    return ((phase(out) - phase(tone)) / (2 * Math.PI * hertz)) * 48_000;
  }

  it.each([500, 1000, 2000])('is reckoned with: a tone of %i Hz comes out at its place of the song, within 0.7 frames', (hertz) => {
    const tone = sine(hertz, FRAMES, 0.01);
    const strips = (on: number) => [strip('a', 'stem', { 'sat.on': on, 'sat.drive': 0 }), master()];
    const { left, latency, rig } = heard(mixOf(strips(1)), tone);
    expect(latency).toBe(rig.desk.layout.latency + rig.desk.layout.saturationLatency);
    expect(Math.abs(behind(left, tone, hertz))).toBeLessThan(0.7);
    expect(heard(mixOf(strips(0)), tone).latency).toBe(rig.desk.layout.latency);
  });
});

describe('what a compressor listens to is in time with what it turns down', () => {
  // A hit every 8000 frames turns noise down quickly.
  const hits = Float32Array.from({ length: FRAMES }, (_, n) => (n % 8000 < 1000 ? 0.8 : 0));
  const duck: Values = { 'comp.on': 1, 'comp.threshold': -40, 'comp.ratio': 20, 'comp.attack': 0.1, 'comp.release': 30 };
  const strips = (own: Values, feeding: Values) => [
    strip('a', 'stem', { ...duck, ...own }, { key: 'g' }),
    strip('x', 'stem', feeding, { stem: 'other', output: 'g' }),
    strip('g', 'group', { mute: 1 }),
    master(),
  ];
  const play = (own: Values, feeding: Values) => heard(mixOf(strips(own, feeding)), undefined, hits);
  const plain = () => play({}, {}).left.subarray(0, 40_000);

  it('where the key is late', () => {
    const late = play({}, LATE);
    expect(late.latency - late.rig.desk.layout.latency).toBe(240);
    expect(difference(late.left.subarray(0, 40_000), plain())).toBe(0);
  });

  it('where what it turns down is late', () => {
    const own: Values = { 'gate.on': 1, 'gate.lookahead': 3, 'gate.range': 0 };
    expect(difference(play(own, {}).left.subarray(0, 40_000), plain())).toBe(0);
  });
});

describe('automation acts at the song’s place that is heard', () => {
  const lane = (target: Target): Lane => ({
    id: targetKey(target),
    target,
    read: true,
    points: [
      { id: 'p', at: 0.128, value: 0, curve: 'linear' },
      { id: 'q', at: 0.256, value: -18, curve: 'linear' },
      { id: 'r', at: 0.384, value: 0, curve: 'hold' },
      { id: 's', at: 0.64, value: -24, curve: 'hold' },
    ],
  });
  const play = (target: Target, ahead: number, send_: boolean) => {
    const strips = [
      strip('a', 'stem', { 'comp.on': 1, 'comp.ratio': 1, 'comp.lookahead': ahead }, send_ ? { output: null } : {}),
      strip('g', 'aux', {}),
      master(),
    ];
    const mix = mixOf(strips, send_ ? [send('a', 'g', { level: 0, pre: 0 })] : [], [insert('i', 'a', 'eq')]);
    return heard({ ...mix, automation: new Map([[targetKey(target), lane(target)]]) }).left.subarray(0, 40_000);
  };
  const targets: readonly (readonly [string, Target, boolean])[] = [
    ['the fader', { on: 'strip', id: 'a', parameter: 'fader' }, false],
    ['a gain of an effect', { on: 'insert', id: 'i', parameter: 'eq.3.gain' }, false],
    ['a send', { on: 'send', id: sendId('a', 'g'), parameter: 'level' }, true],
    ['the trim, which is not late', { on: 'strip', id: 'a', parameter: 'trim' }, false],
  ];
  it.each(targets)('%s, whatever is late before it', (_, target, send_) => {
    const plain = play(target, 0, send_);
    const [before, low] = [plain.subarray(0, 5000), plain.subarray(12_000, 12_600)];
    expect(decibels(rms(low) / rms(before))).toBeLessThan(-0.3);
    // Later by a whole chunk: the same bits. Else what lies between two ends of chunks is another straight line.
    expect(difference(play(target, 128 / 48, send_), plain)).toBe(0);
    expect(difference(play(target, 5, send_).subarray(0, 30_000), plain.subarray(0, 30_000))).toBeLessThan(0.002);
  });
});

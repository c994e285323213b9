import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../../desk/node';
import { difference, noise, Rig } from '../../desk/rig';
import { type Insert, MASTER, type Mix, type Send, type Strip, type StripKind, sendId, type Values } from '../../mix';
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
  };
}

/** The mix of one stem of noise from the song's beginning, as long as that, and its latency. */
function heard(mix: Mix): { left: Float32Array; latency: number; rig: Rig; driver: DeskDriver; signal: Float32Array } {
  const rig = new Rig(module);
  const signal = noise(FRAMES, 0.25, 3);
  const source = rig.addStem([signal]);
  const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
  driver.show({ mix, sources: new Map([['one', source]]), soloed: new Set(), mode: 'in place', remote: false });
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

import { beforeAll, describe, expect, it } from 'vitest';
import { bandsResponse, transientGains, upperShare } from '../dsp';
import type { InsertType } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, insert, noise, Rig, rms, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SECOND = 48_000;
type Settings = Readonly<Record<string, number>>;

function rigWith(type: InsertType, stem: readonly Float32Array[], settings: Settings = {}): Rig {
  const rig = new Rig(module);
  const address = rig.desk.heap.allocate(rig.desk.insertBytes(type));
  // What the memory held before must not be heard.
  rig.desk.samples(address, rig.desk.insertBytes(type) / 4).fill(0.7);
  rig.desk.write([
    ...simpleConsole([rig.addStem(stem)]),
    { do: 'addInsert', slot: 0, type, address },
    { do: 'chain', strip: 1, inserts: [0] },
    ...Object.entries(settings).map(([id, value]) => insert(type, 0, id, value)),
  ]);
  return rig;
}

const through = (type: InsertType, signal: Float32Array, settings: Settings = {}) =>
  rigWith(type, [signal], settings).play(0, signal.length)[0];

function onStrip(signal: Float32Array, operations: readonly Operation[]): Float32Array {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([signal])]), ...operations]);
  return rig.play(0, signal.length)[0];
}

/** Gain in dB from one steady tone to what came of it, over the second half. */
const gainOf = (out: Float32Array, signal: Float32Array) =>
  decibels(rms(out.subarray(out.length / 2)) / rms(signal.subarray(signal.length / 2)));

/** Magnitude in dB at `hertz` of an impulse response. */
function magnitude(response: Float32Array, hertz: number): number {
  let [real, imaginary] = [0, 0];
  response.forEach((x, n) => {
    real += x * Math.cos((2 * Math.PI * hertz * n) / SECOND);
    imaginary -= x * Math.sin((2 * Math.PI * hertz * n) / SECOND);
  });
  return decibels(Math.hypot(real, imaginary));
}

const TYPES: readonly InsertType[] = ['compressor', 'gate', 'eq', 'limiter', 'deesser', 'transient', 'multiband'];

describe('every effect of the dynamics and the tone', () => {
  it.each(TYPES)('%s: off changes no bit', (type) => {
    const signal = noise(SECOND / 2, 0.9, 5);
    const late = rigWith(type, [signal]).desk.insertLatency(type);
    const off = through(type, signal, { on: 0 });
    expect(difference(off.subarray(late), onStrip(signal, []).subarray(0, signal.length - late))).toBe(0);
  });

  it.each(TYPES)('%s: silence ends in exact zeros', (type) => {
    const signal = noise(SECOND * 12, 0.5, 6).map((x, n) => (n < 4800 ? x : 0));
    const out = through(type, signal, type === 'eq' ? { 'eq.1.gain': 12, 'eq.6.gain': -9 } : {});
    expect(out.subarray(SECOND * 11).every((x) => x === 0)).toBe(true);
  });

  const moves: readonly (readonly [InsertType, string, number, number])[] = [
    ['compressor', 'threshold', -10, -40],
    ['compressor', 'ratio', 1, 100],
    ['compressor', 'makeup', -12, 12],
    ['compressor', 'lookahead', 0, 5],
    ['compressor', 'mix', 100, 0],
    ['gate', 'range', 0, -40],
    ['gate', 'lookahead', 0, 5],
    ['eq', 'eq.3.gain', -6, 6],
    ['limiter', 'ceiling', 0, -20],
    ['limiter', 'mix', 100, 0],
    ['deesser', 'freq', 2000, 12_000],
    ['transient', 'attack', -100, 100],
    ['multiband', 'split.2', 300, 3000],
    ['multiband', '2.gain', -6, 6],
    ['multiband', '3.solo', 0, 1],
    ['multiband', '2.on', 0, 1],
    ['multiband', 'bands', 0, 4],
    ['multiband', 'bands', 4, 1],
  ];
  it.each(moves)('%s: moving %s shows no step in the spectrum', (type, id, from, to) => {
    const signal = sine(500, SECOND, 0.5);
    const settings: Settings = type === 'compressor' ? { threshold: -30, attack: 20 } : {};
    const rig = rigWith(type, [signal], { ...settings, [id]: from });
    rig.play(0, SECOND / 4);
    rig.desk.write([insert(type, 0, id, to, false)]);
    const out = rig.render(SECOND / 4)[0];
    // The eighth difference keeps 500 Hz 98 dB down and lets a step through whole.
    let edges = out;
    for (let n = 0; n < 8; n++) edges = edges.map((x, at) => (at === 0 ? 0 : (x - (edges[at - 1] ?? 0)) / 2));
    expect(decibels(Math.max(...edges.subarray(16).map(Math.abs)))).toBeLessThan(-70);
  });
});

describe('what a strip has, once more as an effect', () => {
  const signal = noise(SECOND, 0.8, 9).map((x, n) => x * (n % 9600 < 4000 ? 1 : 0.01));
  it('the compressor sounds as the strip does, bit for bit', () => {
    const settings = { threshold: -30, ratio: 6, attack: 3, lookahead: 2, 'sc.hpf': 120, makeup: 4, mix: 80 };
    const own = Object.entries(settings).map(([id, value]) => strip(1, `comp.${id}`, value));
    expect(difference(through('compressor', signal, settings), onStrip(signal, [strip(1, 'comp.on', 1), ...own]))).toBe(0);
  });

  it('the gate sounds as the strip does, bit for bit', () => {
    const settings = { threshold: -20, range: -30, hold: 5, ratio: 3, lookahead: 1, 'sc.lpf': 5000 };
    const own = Object.entries(settings).map(([id, value]) => strip(1, `gate.${id}`, value));
    expect(difference(through('gate', signal, settings), onStrip(signal, [strip(1, 'gate.on', 1), ...own]))).toBe(0);
  });

  it('the equaliser sounds as the strip does, bit for bit', () => {
    const settings = { 'eq.1.gain': 6, 'eq.3.gain': -9, 'eq.3.q': 4, 'eq.6.gain': 3, 'eq.4.type': 3 };
    const own = Object.entries(settings).map(([id, value]) => strip(1, id, value));
    expect(difference(through('eq', signal, settings), onStrip(signal, own))).toBe(0);
  });
});

describe('the limiter as an effect', () => {
  it('says its delay, and with nothing to do changes no bit', () => {
    const signal = noise(SECOND / 2, 0.3);
    const late = rigWith('limiter', [signal]).desk.insertLatency('limiter');
    expect(late).toBeGreaterThan(0);
    const out = through('limiter', signal, {});
    expect(difference(out.subarray(late), signal.subarray(0, signal.length - late))).toBe(0);
    expect(difference(through('limiter', signal, { mix: 50 }).subarray(late), signal.subarray(0, signal.length - late))).toBeLessThan(1e-7);
  });

  it('keeps to its ceiling', () => {
    const out = through('limiter', noise(SECOND, 1), { gain: 12, ceiling: -6 });
    expect(decibels(Math.max(...out.map(Math.abs)))).toBeLessThan(-5.9);
    expect(decibels(Math.max(...out.map(Math.abs)))).toBeGreaterThan(-9.5);
  });
});

describe('the de-esser', () => {
  it('with nothing to do is flat, within 0.01 dB', () => {
    const click = new Float32Array(SECOND).map((_, n) => (n === 100 ? 0.01 : 0));
    const out = through('deesser', click, { threshold: 0 });
    for (const hertz of [50, 1000, 4000, 6000, 10_000, 20_000]) expect(Math.abs(magnitude(out, hertz) + 40)).toBeLessThan(0.01);
  });

  it.each([
    ['split', 0],
    ['wide', 1],
  ])('%s: turns a loud sibilant down to its curve, and by its range at the most', (_, mode) => {
    const hiss = sine(11_117, SECOND, 0.5);
    const gain = gainOf(through('deesser', hiss, { mode, freq: 4000, threshold: -20, range: 24 }), hiss);
    // Fourteen over the threshold become three and a half.
    // Split, what little of it lies below the corner stays.
    expect(Math.abs(gain + 13.98 * 0.75)).toBeLessThan(mode === 1 ? 0.1 : 0.3);
    const held = gainOf(through('deesser', hiss, { mode: 1, freq: 4000, threshold: -50, range: 6 }), hiss);
    expect(Math.abs(held + 6)).toBeLessThan(0.1);
  });

  it('split leaves the voice below as it is while it turns the sibilant down', () => {
    const both = sine(300, SECOND, 0.3).map((x, n) => x + 0.3 * Math.sin((2 * Math.PI * 10_000 * n) / SECOND));
    const out = through('deesser', both, { threshold: -40, range: 12, freq: 6000 }).subarray(SECOND / 2);
    expect(Math.abs(magnitude(out, 300) - magnitude(both.subarray(SECOND / 2), 300))).toBeLessThan(0.1);
    expect(magnitude(out, 10_000) - magnitude(both.subarray(SECOND / 2), 10_000)).toBeLessThan(-8);
  });
});

describe('the transient shaper', () => {
  /** Hits of 1 kHz that ring for a while. */
  const hits = sine(1000, SECOND, 0.3).map((x, n) => x * Math.exp(-(n % 12_000) / 3000));
  const part = (out: Float32Array, from: number, until: number) => decibels(rms(out.subarray(24_000 + from, 24_000 + until)));

  it('leaves a steady tone alone', () => {
    const tone = sine(1000, SECOND * 2, 0.3);
    expect(Math.abs(gainOf(through('transient', tone, { attack: 100, sustain: 100 }), tone))).toBeLessThan(0.1);
  });

  it.each([0.3, 0.03])('lifts and softens beginnings, whatever the level (%f)', (level) => {
    const signal = hits.map((x) => (x * level) / 0.3);
    const lifted = through('transient', signal, { attack: 100 });
    const softened = through('transient', signal, { attack: -100 });
    expect(part(lifted, 48, 480) - part(signal, 48, 480)).toBeGreaterThan(4);
    expect(part(softened, 48, 480) - part(signal, 48, 480)).toBeLessThan(-4);
    expect(Math.abs(part(lifted, 9600, 11_000) - part(signal, 9600, 11_000))).toBeLessThan(0.3);
  });

  it('lifts and shortens what rings', () => {
    expect(part(through('transient', hits, { sustain: 100 }), 6000, 10_000) - part(hits, 6000, 10_000)).toBeGreaterThan(3);
    expect(part(through('transient', hits, { sustain: -100 }), 6000, 10_000) - part(hits, 6000, 10_000)).toBeLessThan(-3);
    expect(Math.abs(part(through('transient', hits, { sustain: 100 }), 100, 400) - part(hits, 100, 400))).toBeLessThan(1.5);
  });
});

describe('the multiband compressor', () => {
  const flat: Settings = { '1.threshold': 0, '2.threshold': 0, '3.threshold': 0, '4.threshold': 0, knee: 0 };
  const click = new Float32Array(SECOND).map((_, n) => (n === 100 ? 0.5 : 0));

  it.each([
    [120, 800, 5000],
    [40, 60, 16_000],
    [3000, 500, 100],
  ])('splits at %i, %i and %i Hz that add up flat, within 0.01 dB', (low, middle, high) => {
    const out = through('multiband', click, { ...flat, 'split.1': low, 'split.2': middle, 'split.3': high });
    for (const hertz of [20, 50, 100, 120, 300, 800, 2000, 5000, 10_000, 16_000, 20_000, 23_000]) {
      expect(Math.abs(magnitude(out, hertz) - decibels(0.5))).toBeLessThan(0.01);
    }
  });

  it.each([0, 1, 2, 3, 4])('adds up flat with two to six bands, and each of them is heard alone (choice %i)', (bands) => {
    const splits = { 'split.1': 100, 'split.2': 400, 'split.3': 1600, 'split.4': 6400, 'split.5': 12_800 };
    const silent = { '5.threshold': 0, '6.threshold': 0 };
    const out = through('multiband', click, { ...flat, ...silent, ...splits, bands });
    for (const hertz of [20, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000]) {
      expect(Math.abs(magnitude(out, hertz) - decibels(0.5))).toBeLessThan(0.01);
    }
    const middles = [30, 200, 800, 3200, 9050, 20_000];
    for (let band = 1; band <= bands + 2; band++) {
      const alone = through('multiband', click, { ...flat, ...silent, ...splits, bands, [`${band}.solo`]: 1 });
      const hertz = band === bands + 2 ? 20_000 : (middles[band - 1] ?? 0);
      expect(Math.abs(magnitude(alone, hertz) - decibels(0.5)), `band ${band}`).toBeLessThan(3);
    }
  });

  it('keeps its bands apart by 24 dB an octave', () => {
    const out = through('multiband', click, { ...flat, 'split.1': 100, 'split.2': 1000, 'split.3': 8000, '2.solo': 1 });
    const at = (hertz: number) => magnitude(out, hertz) - decibels(0.5);
    expect(Math.abs(at(316))).toBeLessThan(0.2);
    expect(Math.abs(at(100) + 6.02)).toBeLessThan(0.1);
    expect(Math.abs(at(1000) + 6.02)).toBeLessThan(0.1);
    expect(at(2000)).toBeLessThan(-23);
    expect(at(50)).toBeLessThan(-23);
  });

  it.each([
    [1, 60],
    [2, 300],
    [3, 2000],
    [4, 11_117],
  ])('band %i follows its own curve, within 0.1 dB', (band, hertz) => {
    const settings = {
      ...flat,
      detector: 0,
      [`${band}.threshold`]: -30,
      [`${band}.ratio`]: 4,
      [`${band}.attack`]: 5,
      [`${band}.release`]: 1000,
    };
    const tone = sine(hertz, SECOND * 2, 0.5);
    const out = through('multiband', tone, { ...settings, [`${band}.solo`]: 1 });
    const band0 = through('multiband', tone, { ...flat, [`${band}.solo`]: 1 });
    const level = decibels(rms(band0.subarray(SECOND)) * Math.SQRT2);
    expect(Math.abs(gainOf(out, band0) - (level + 30) * -0.75)).toBeLessThan(0.1);
  });
});

describe('the pictures of effects', () => {
  const impulse = Float32Array.from({ length: SECOND }, (_, n) => (n === 0 ? 0.5 : 0));

  it.each([0, 35, 100])('an equaliser with %i % of its mix does what is drawn, within 0.1 dB', (mix) => {
    const bands = [
      { type: 1, freq: 120, gain: 9, q: 0.71 },
      { type: 0, freq: 900, gain: -12, q: 2 },
      { type: 3, freq: 3000, gain: 0, q: 4 },
      { type: 4, freq: 1000, gain: 6, q: 0.71 },
    ];
    const settings = bands.flatMap((band, index) =>
      Object.entries(band).map(([name, value]) => [`eq.${index + 1}.${name}`, value] as const),
    );
    const out = through('eq', impulse, { mix, ...Object.fromEntries(settings) });
    const frequencies = Float64Array.from([30, 120, 500, 900, 1500, 2900, 3100, 7000, 15_000, 20_000]);
    bandsResponse(bands, frequencies, mix / 100).forEach((drawn, index) => {
      expect(Math.abs(magnitude(out, frequencies[index] ?? 0) - decibels(0.5) - drawn)).toBeLessThan(0.1);
    });
  });

  it.each([120, 1000, 9000])('a crossover at %i Hz shares as drawn, within 0.1 dB', (split) => {
    const settings = { bands: 0, 'split.1': split, '1.on': 0, '2.on': 0 };
    const upper = through('multiband', impulse, { ...settings, '2.solo': 1 });
    const lower = through('multiband', impulse, { ...settings, '1.solo': 1 });
    for (const hertz of [60, 200, 800, 2000, 7000, 15_000]) {
      const share = upperShare(split, hertz);
      for (const [drawn, heard] of [
        [share, upper],
        [1 - share, lower],
      ] as const) {
        if (drawn > 0.003) expect(Math.abs(magnitude(heard, hertz) + 6.0206 - decibels(drawn))).toBeLessThan(0.1);
      }
    }
  });

  it('the transient shaper shapes a hit as drawn', () => {
    const settings = { attack: 60, sustain: -40, speed: 15 };
    const levels = Array.from({ length: 500 }, (_, at) => (at < 50 ? -70 : -6 - (at - 50) / 12));
    const signal = sine(4000, levels.length * 48).map((x, n) => (n < 50 * 48 ? 0 : x * 10 ** ((-6 - (n / 48 - 50) / 12) / 20)));
    const out = through('transient', signal, settings);
    const drawn = transientGains(settings, levels, 1);
    for (let at = 54; at < 480; at += 6) {
      const part = (samples: Float32Array) => rms(samples.subarray(at * 48, at * 48 + 48));
      // The drawing goes by milliseconds, and so is not as quick as the beginning itself.
      expect(Math.abs(decibels(part(out) / part(signal)) - (drawn[at] ?? 0))).toBeLessThan(at < 120 ? 3 : 0.7);
    }
  });

  it('the level a compressor listens to is told, and nothing while it is off', () => {
    const rig = rigWith('compressor', [sine(1000, SECOND, 0.25)]);
    rig.play(0, SECOND / 2);
    expect(Math.abs(rig.desk.insertDetector(0) - decibels(0.25))).toBeLessThan(0.1);
    rig.desk.write([insert('compressor', 0, 'on', 0)]);
    rig.render(SECOND / 8);
    expect(rig.desk.insertDetector(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});

import { describe, expect, it } from 'vitest';
import { addPoint, writeRange } from '../commands/automation';
import { type Insert, MASTER, type Mix, type Send, type Strip, sendId, type Values } from '../model/mix';
import { targetKey } from '../model/target';
import type { StripKind } from '../parameters/row';
import { mend } from '../repair/mend';
import { processingOrder } from './graph';
import { soundKeys, whyNotKey } from './keys';
import { type Compensation, comesOn, compensation, lateness, type StripPath, stripPath } from './latency';

const strip = (id: string, kind: StripKind, more: Partial<Strip> = {}): Strip => ({
  ...{ id, kind, name: id, color: 0, order: id, stem: null, output: id === MASTER ? null : MASTER, vcas: [], values: {} },
  ...more,
});

function mixOf(strips: readonly Strip[], sends: readonly Send[] = []): Mix {
  return {
    strips: new Map([...strips, strip(MASTER, 'master')].map((one) => [one.id, one])),
    sends: new Map(sends.map((one) => [one.id, one])),
    inserts: new Map(),
    markers: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
    automation: new Map(),
    presets: new Map(),
  };
}

const send = (from: string, to: string): Send => ({ id: sendId(from, to), from, to, values: {} });

const FIXED = { insert: (type: string) => (type === 'limiter' ? 112 : 0), saturation: 5 };

/** Paths that are late at their ends alone. */
const pathsOf = (ends: Readonly<Record<string, number>>): ReadonlyMap<string, StripPath> =>
  new Map(Object.entries(ends).map(([id, end]) => [id, { equaliser: 0, saturation: 0, inserts: new Map(), end }]));

describe('the latency of a strip', () => {
  it('is its look-aheads and its inserts, on or off', () => {
    const values: Values = { 'gate.lookahead': 1, 'comp.lookahead': 2.5, 'comp.on': 1 };
    const insert = (id: string, type: Insert['type'], own: Values): Insert => ({ id, strip: 'a', type, order: id, values: own });
    const chain = [insert('i', 'limiter', { on: 0 }), insert('j', 'compressor', { lookahead: 5 }), insert('k', 'reverb', {})];
    const path = stripPath(strip('a', 'stem', { values }), chain, false, FIXED);
    expect(path.end).toBe(48 + 120 + 112 + 240);
    expect([path.equaliser, path.saturation]).toEqual([48, 168]);
    expect(Object.fromEntries(path.inserts)).toEqual({ i: 168, j: 280, k: 520 });
    expect(stripPath(strip('a', 'stem'), [], false, FIXED).end).toBe(0);
  });

  it('counts its saturation while that is on, or may come on by automation', () => {
    expect(stripPath(strip('a', 'stem'), [], true, FIXED).end).toBe(5);
    const [off, on] = [strip('a', 'stem'), strip('b', 'stem', { values: { 'sat.on': 1 } })];
    const mix = mixOf([off, on]);
    expect([comesOn(mix, off, 'sat'), comesOn(mix, on, 'sat')]).toEqual([false, true]);
    const target = { on: 'strip', id: 'a', parameter: 'sat.on' } as const;
    const lane = { id: targetKey(target), target, read: true, points: [{ id: 'p', at: 0, value: 1, curve: 'hold' as const }] };
    expect(comesOn({ ...mix, automation: new Map([[lane.id, lane]]) }, off, 'sat')).toBe(true);
  });
});

describe('a look-ahead', () => {
  const target = { on: 'strip', id: 'a', parameter: 'comp.lookahead' } as const;

  it('has no lane, for what it delays by has to be known: one that was drawn once moves nothing', () => {
    const lane = { id: targetKey(target), target, read: true, points: [{ id: 'p', at: 0, value: 5, curve: 'hold' as const }] };
    const mix = mixOf([strip('a', 'stem')]);
    expect(mend({ ...mix, automation: new Map([[lane.id, lane]]) }).automation.size).toBe(0);
  });

  it('takes no points', () => {
    const mix = mixOf([strip('a', 'stem')]);
    expect(addPoint(mix, target, { at: 1, value: 2, curve: 'linear' })).toEqual([]);
    expect(writeRange(mix, target, [{ at: 1, value: 2, curve: 'linear' }])).toEqual([]);
  });
});

describe('compensation', () => {
  it('nothing late, nothing waits', () => {
    const { outputs, sends, total } = compensation(mixOf([strip('a', 'stem'), strip('b', 'stem')]), new Map(), 4000);
    expect([outputs.size, sends.size, total]).toEqual([0, 0, 0]);
  });

  it('at every place where sounds meet, all are as late as the latest', () => {
    const strips = [
      strip('a', 'stem', { output: 'g' }),
      strip('b', 'stem', { output: 'g' }),
      strip('c', 'stem'),
      strip('fx', 'aux'),
      strip('g', 'group'),
    ];
    const paths = pathsOf({ a: 100, g: 30, fx: 200, [MASTER]: 7 });
    const { outputs, sends, total } = compensation(mixOf(strips, [send('a', 'fx'), send('c', 'fx')]), paths, 4000);
    // The effect return hears a after 100 frames and gives it after 300: for that everything waits.
    expect(Object.fromEntries(outputs)).toEqual({ b: 100, g: 170, c: 300 });
    expect(Object.fromEntries(sends)).toEqual({ 'c>fx': 100 });
    expect(total).toBe(307);
  });

  it('waits no longer than the desk can', () => {
    const { outputs } = compensation(mixOf([strip('a', 'stem'), strip('b', 'stem')]), pathsOf({ a: 9000 }), 4000);
    expect(outputs.get('b')).toBe(4000);
  });

  it('tells who would have to wait longer than that, on any of its ways', () => {
    const ahead = (waits: Compensation) => Object.fromEntries(waits.ahead);
    expect(ahead(compensation(mixOf([strip('a', 'stem'), strip('b', 'stem')]), pathsOf({ a: 4000 }), 4000))).toEqual({});
    expect(ahead(compensation(mixOf([strip('a', 'stem'), strip('b', 'stem')]), pathsOf({ a: 9000 }), 4000))).toEqual({ b: 5000 });
    const sending = mixOf([strip('a', 'stem'), strip('b', 'stem'), strip('fx', 'aux')], [send('a', 'fx'), send('b', 'fx')]);
    expect(ahead(compensation(sending, pathsOf({ a: 4100 }), 4000))).toEqual({ b: 100 });
    const keyed = mixOf([strip('a', 'stem', { key: 'g' }), strip('x', 'stem', { output: 'g' }), strip('g', 'group')]);
    expect(ahead(compensation(keyed, pathsOf({ x: 4500 }), 4000))).toEqual({ a: 500 });
  });
});

describe('what a compressor listens to, and what it turns down', () => {
  const keyed = (id: string, key: string) => strip(id, 'stem', { key });
  const meeting = (waits: Compensation, key: string, late: number, by: string, own: number) =>
    (waits.arrivals.get(key) ?? 0) + late + (waits.keys.get(by) ?? 0) === (waits.arrivals.get(by) ?? 0) + own;

  it('meet: the key waits where it is early', () => {
    const path = { equaliser: 96, saturation: 96, inserts: new Map(), end: 96 };
    const waits = compensation(mixOf([keyed('a', 'k'), strip('k', 'stem')]), new Map([['a', path]]), 4000);
    expect([Object.fromEntries(waits.keys), waits.inputs.size]).toEqual([{ a: 96 }, 0]);
    expect(meeting(waits, 'k', 0, 'a', 96)).toBe(true);
  });

  it('meet: what is turned down waits where the key is late, and all that meets it later', () => {
    const strips = [keyed('a', 'g'), strip('x', 'stem', { output: 'g' }), strip('g', 'group'), strip('b', 'stem')];
    const waits = compensation(mixOf(strips), pathsOf({ x: 240 }), 4000);
    expect([Object.fromEntries(waits.inputs), waits.keys.size]).toEqual([{ a: 240 }, 0]);
    expect(Object.fromEntries(waits.outputs)).toEqual({ b: 240 });
    expect(meeting(waits, 'g', 0, 'a', 0)).toBe(true);
    expect(waits.total).toBe(240);
  });
});

describe('the song is late where a control acts by what lies before it', () => {
  const chain: Insert[] = [
    { id: 'i', strip: 'g', type: 'limiter', order: 'a', values: {} },
    { id: 'j', strip: 'g', type: 'chorus', order: 'b', values: {} },
  ];
  const strips = [
    strip('a', 'stem', { output: 'g', values: { 'comp.lookahead': 5 }, vcas: ['v'] }),
    strip('g', 'group', { values: { 'gate.lookahead': 1 } }),
    strip('fx', 'aux'),
    strip('v', 'vca', { output: null }),
  ];
  const mix: Mix = { ...mixOf(strips, [send('g', 'fx')]), inserts: new Map(chain.map((one) => [one.id, one])) };
  const paths = new Map(strips.slice(0, 3).map((one) => [one.id, stripPath(one, one.id === 'g' ? chain : [], false, FIXED)]));
  const { arrivals } = compensation(mix, paths, 4000);
  it.each([
    ['strip', 'a', 'trim', 0],
    ['strip', 'a', 'fader', 240],
    ['strip', 'g', 'trim', 240],
    ['strip', 'g', 'eq.1.gain', 288],
    ['strip', 'g', 'pan', 400],
    ['insert', 'i', 'gain', 288],
    ['insert', 'j', 'rate', 400],
    ['send', 'g>fx', 'level', 400],
    ['strip', 'fx', 'fader', 400],
    ['strip', 'v', 'fader', 240],
  ] as const)('%s %s %s', (on, id, parameter, wanted) => {
    expect(lateness(mix, { on, id, parameter }, paths, arrivals)).toBe(wanted);
  });
});

describe('what a compressor listens to', () => {
  const keyed = (id: string, key: string, more: Partial<Strip> = {}) => strip(id, 'stem', { key, ...more });

  it('comes before it in the order', () => {
    const ids = processingOrder(mixOf([keyed('a', 'z'), strip('m', 'stem'), strip('z', 'stem')])).map(({ id }) => id);
    expect(ids.indexOf('z')).toBeLessThan(ids.indexOf('a'));
  });

  it('is nothing that its own sound flows into, nor what listens to it, nor a VCA', () => {
    const mix = mixOf([strip('a', 'stem', { output: 'g' }), strip('g', 'group'), keyed('b', 'a'), strip('v', 'vca', { output: null })]);
    expect(whyNotKey(mix, 'a', 'g')).toMatch(/already sounds in/);
    expect(whyNotKey(mix, 'a', MASTER)).toMatch(/already sounds in/);
    expect(whyNotKey(mix, 'a', 'b')).toMatch(/already sounds in/);
    expect(whyNotKey(mix, 'a', 'v')).toMatch(/no sound/);
    expect(whyNotKey(mix, 'a', 'a')).not.toBeNull();
    expect(whyNotKey(mix, 'g', 'b')).toBeNull();
    expect(whyNotKey(mix, 'b', 'gone')).toMatch(/Nothing was changed/);
  });

  it('is mended alike everywhere: a circle is cut at the last listener by id', () => {
    const strips = new Map([keyed('a', 'b'), keyed('b', 'a'), keyed('c', 'gone')].map((one) => [one.id, one]));
    expect([...soundKeys(strips, new Map([...strips.keys()].map((id) => [id, []])))]).toEqual([['a', 'b']]);
    const { settings, automation, markers, presets } = mixOf([]);
    const mix = mend({ strips, sends: new Map(), inserts: new Map(), markers, settings, automation, presets });
    expect([...mix.strips.values()].map(({ id, key }) => [id, key])).toEqual([
      ['a', 'b'],
      ['b', undefined],
      ['c', undefined],
      [MASTER, undefined],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Insert, MASTER, type Mix, type Send, type Strip, sendId, type Values } from '../model/mix';
import type { StripKind } from '../parameters/row';
import { mend } from '../repair/mend';
import { processingOrder } from './graph';
import { soundKeys, whyNotKey } from './keys';
import { compensation, stripLatency } from './latency';

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
  };
}

const send = (from: string, to: string): Send => ({ id: sendId(from, to), from, to, values: {} });

describe('the latency of a strip', () => {
  it('is its look-aheads and its inserts, on or off', () => {
    const values: Values = { 'gate.lookahead': 1, 'comp.lookahead': 2.5, 'comp.on': 1 };
    const insert = (id: string, type: Insert['type'], own: Values): Insert => ({ id, strip: 'a', type, order: id, values: own });
    const chain = [insert('i', 'limiter', { on: 0 }), insert('j', 'compressor', { lookahead: 5 }), insert('k', 'reverb', {})];
    const fixed = (type: string) => (type === 'limiter' ? 112 : 0);
    expect(stripLatency(strip('a', 'stem', { values }), chain, fixed)).toBe(48 + 120 + 112 + 240);
    expect(stripLatency(strip('a', 'stem'), [], fixed)).toBe(0);
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
    const latency = new Map([
      ['a', 100],
      ['g', 30],
      ['fx', 200],
      [MASTER, 7],
    ]);
    const { outputs, sends, total } = compensation(mixOf(strips, [send('a', 'fx'), send('c', 'fx')]), latency, 4000);
    // The effect return hears a after 100 frames and gives it after 300: for that everything waits.
    expect(Object.fromEntries(outputs)).toEqual({ b: 100, g: 170, c: 300 });
    expect(Object.fromEntries(sends)).toEqual({ 'c>fx': 100 });
    expect(total).toBe(307);
  });

  it('waits no longer than the desk can', () => {
    const { outputs } = compensation(mixOf([strip('a', 'stem'), strip('b', 'stem')]), new Map([['a', 9000]]), 4000);
    expect(outputs.get('b')).toBe(4000);
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
    const { settings, automation, markers } = mixOf([]);
    const mix = mend({ strips, sends: new Map(), inserts: new Map(), markers, settings, automation });
    expect([...mix.strips.values()].map(({ id, key }) => [id, key])).toEqual([
      ['a', 'b'],
      ['b', undefined],
      ['c', undefined],
      [MASTER, undefined],
    ]);
  });
});

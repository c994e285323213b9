import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Insert,
  type Lane,
  MASTER,
  type Mix,
  type Send,
  STRIP_ROWS,
  type Strip,
  type StripKind,
  sendId,
  soloGates,
  targetOf,
  type Values,
} from '../../mix';
import type { PlannedOperation } from './operation';
import { type DeskPicture, NO_PICTURE, pictureOf, placeOf } from './picture';
import { planPictures } from './plan';

const ROOM = {
  strips: 16,
  sends: 16,
  inserts: 8,
  insertsOfStrip: 4,
  lanes: 8,
  longestWait: 4000,
  latencies: { insert: () => 0, saturation: 0 },
};
const SOURCES = new Map([
  ['stem-a', 3],
  ['stem-b', 4],
]);

const AROUND = { sources: SOURCES, solo: null, room: ROOM };

const strip = (id: string, kind: StripKind, more: Partial<Strip> = {}): Strip => ({
  ...{ id, kind, name: id, color: 0, order: id, stem: null, output: id === MASTER ? null : MASTER, vcas: [], values: {} },
  ...more,
});

function mixOf(strips: readonly Strip[], sends: readonly Send[] = [], inserts: readonly Insert[] = [], tempo = 120): Mix {
  return {
    strips: new Map(strips.map((one) => [one.id, one])),
    sends: new Map(sends.map((one) => [one.id, one])),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo, metre: [4, 4], key: '' },
  };
}

const master = strip(MASTER, 'master');
const show = (mix: Mix, before = NO_PICTURE) => pictureOf(mix, before, AROUND);

/** What a desk remembers of operations, slot by slot. Throws where an operation points at an empty slot. */
class Ledger {
  readonly owners = new Map<string, Map<number, number> & { about?: unknown }>();
  readonly links = new Map<string, unknown>();

  private owner(on: string, slot: number) {
    const values = this.owners.get(`${on} ${slot}`);
    if (!values) throw new Error(`There is no ${on} in slot ${slot}.`);
    return values;
  }

  private add(on: string, slot: number, about: unknown) {
    if (this.owners.has(`${on} ${slot}`)) throw new Error(`Slot ${slot} already has a ${on}.`);
    this.owners.set(`${on} ${slot}`, Object.assign(new Map<number, number>(), { about }));
  }

  private remove(on: string, slot: number) {
    this.owner(on, slot);
    this.owners.delete(`${on} ${slot}`);
    if (on === 'strip') for (const key of ['source', 'output', 'audible', 'chain', 'key', 'wait']) this.links.delete(`${key} ${slot}`);
  }

  private link(key: string, strip: number, value: unknown, empty: boolean) {
    this.owner('strip', strip);
    if (empty) this.links.delete(`${key} ${strip}`);
    else this.links.set(`${key} ${strip}`, value);
  }

  apply(op: PlannedOperation): void {
    if (op.do === 'addStrip') this.add('strip', op.slot, op.kind);
    else if (op.do === 'removeStrip') this.remove('strip', op.slot);
    else if (op.do === 'addInsert') this.add('insert', op.slot, op.type);
    else if (op.do === 'removeInsert') this.remove('insert', op.slot);
    else if (op.do === 'removeSend') this.remove('send', op.slot);
    else if (op.do === 'addSend') {
      this.owner('strip', op.from);
      this.owner('strip', op.to);
      this.add('send', op.slot, [op.from, op.to]);
    } else if (op.do === 'value') this.owner(op.on, op.slot).set(op.parameter, op.value);
    else if (op.do === 'source') this.link('source', op.strip, op.source, op.source < 0);
    else if (op.do === 'output') {
      if (op.to >= 0) this.owner('strip', op.to);
      this.link('output', op.strip, op.to, op.to < 0);
    } else if (op.do === 'audible') this.link('audible', op.strip, op.on, op.on);
    else if (op.do === 'chain') {
      for (const insert of op.inserts) this.owner('insert', insert);
      this.link('chain', op.strip, op.inserts, op.inserts.length === 0);
    } else if (op.do === 'order') {
      for (const slot of op.strips) this.owner('strip', slot);
      this.links.set('order', op.strips);
    } else if (op.do === 'key') this.link('key', op.strip, op.key, op.key < 0);
    else if (op.do === 'outputWait') this.link('wait', op.strip, op.frames, op.frames === 0);
    else if (op.do === 'sendWait') this.owner('send', op.slot);
    else if (op.do === 'latency') this.links.set('latency', op.frames);
    else if (op.do === 'tempo') this.links.set('tempo', op.tempo);
  }

  /** All of it in terms of ids, defaults left out. */
  inIds(picture: DeskPicture): unknown {
    const names = new Map<string, string>();
    const all = { strip: picture.strips, send: picture.sends, insert: picture.inserts };
    const rows = new Map([...Object.values(all)].flatMap((map) => [...map]).map(([id, one]) => [id as string, one.rows]));
    for (const [on, map] of Object.entries(all)) for (const [id, one] of map) names.set(`${on} ${one.slot}`, id);
    const stripName = (slot: number) => names.get(`strip ${slot}`) ?? slot;
    const owners = [...this.owners].map(([key, values]) => {
      const id = names.get(key) ?? key;
      const said = [...values].filter(([parameter, value]) => rows.get(id)?.[parameter]?.default !== value).sort(([a], [b]) => a - b);
      return [id, Array.isArray(values.about) ? values.about.map(stripName) : values.about, said];
    });
    const links = [...this.links].map(([key, value]) => {
      const [what = '', slot] = key.split(' ');
      const name = slot === undefined ? what : `${what} ${stripName(Number(slot))}`;
      if (what === 'output') return [name, stripName(value as number)];
      if (what === 'order') return [name, (value as number[]).map(stripName)];
      if (what === 'chain') return [name, (value as number[]).map((insert) => names.get(`insert ${insert}`))];
      return [name, value];
    });
    return [...owners, ...links].map((entry) => JSON.stringify(entry)).sort();
  }
}

const stripValues = fc
  .record(
    { fader: fc.constantFrom(-120, -6, 0, 3), pan: fc.integer({ min: -100, max: 100 }), 'eq.1.gain': fc.integer({ min: -9, max: 9 }) },
    { requiredKeys: [] },
  )
  .map((values) => values as Values);

const anyMix: fc.Arbitrary<Mix> = fc
  .record({
    strips: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        kind: fc.constantFrom<StripKind>('stem', 'group', 'aux'),
        values: stripValues,
        stem: fc.constantFrom(null, 'stem-a', 'stem-b', 'gone'),
      }),
      { selector: (one) => one.id },
    ),
    sends: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('d', 'e'), fc.integer({ min: -20, max: 6 }))),
    inserts: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('i', 'j', 'k'),
        strip: fc.constantFrom('a', 'd', 'e'),
        type: fc.constantFrom<'reverb' | 'delay'>('reverb', 'delay'),
        order: fc.constantFrom('a0', 'a1'),
        values: fc.constantFrom({}, { mix: 40 }),
      }),
      { selector: (one) => one.id },
    ),
    tempo: fc.constantFrom(120, 102),
  })
  .map(({ strips, sends, inserts, tempo }) => {
    const present = new Set(strips.map((one) => one.id));
    // Sends only lead from earlier letters to later ones, so that there are no loops.
    const valid = sends.filter(([from, to]) => present.has(from) && present.has(to) && from < to);
    return mixOf(
      [...strips.map(({ id, kind, ...more }) => strip(id, kind, more)), master],
      valid.map(([from, to, level]) => ({ id: sendId(from, to), from, to, values: { level } })),
      inserts.filter((one) => present.has(one.strip)),
      tempo,
    );
  });

describe('the plan', () => {
  it('step by step leads to the same desk as at once', () => {
    fc.assert(
      fc.property(fc.array(anyMix, { minLength: 1, maxLength: 6 }), (mixes) => {
        const gradual = new Ledger();
        let picture = NO_PICTURE;
        for (const mix of mixes) {
          const next = show(mix, picture);
          for (const operation of planPictures(picture, next, false)) gradual.apply(operation);
          picture = next;
        }
        const atOnce = new Ledger();
        const fresh = show(mixes.at(-1) ?? mixOf([master]));
        atOnce.links.set('tempo', 120);
        gradual.links.set('tempo', gradual.links.get('tempo') ?? 120);
        for (const operation of planPictures(NO_PICTURE, fresh, false)) atOnce.apply(operation);
        expect(gradual.inIds(picture)).toEqual(atOnce.inIds(fresh));
      }),
    );
  });

  it('of an unchanged mix is empty', () => {
    fc.assert(
      fc.property(anyMix, (mix) => {
        const picture = show(mix);
        expect(planPictures(picture, show(mix, picture), false)).toEqual([]);
      }),
    );
  });

  it('of one moved fader is one operation, and of its return to rest the default', () => {
    const before = show(mixOf([strip('a', 'stem', { values: { fader: -3 } }), master]));
    const place = placeOf(before, { on: 'strip', id: 'a', parameter: 'fader' });
    const after = show(mixOf([strip('a', 'stem', { values: {} }), master]), before);
    expect(planPictures(before, after, false)).toEqual([{ do: 'value', ...place, value: 0, snap: false, remote: false }]);
  });

  it('of what somebody else changed says so of every value but those of what is new', () => {
    const before = show(mixOf([strip('a', 'stem', { values: { fader: -30 } }), master]));
    const after = show(mixOf([strip('a', 'stem'), strip('b', 'stem', { values: { fader: 3 } }), master]), before);
    const values = planPictures(before, after, true).flatMap((operation) => (operation.do === 'value' ? [operation] : []));
    expect(values).toEqual([
      expect.objectContaining({ slot: before.strips.get('a')?.slot, value: 0, snap: false, remote: true }),
      expect.objectContaining({ slot: after.strips.get('b')?.slot, value: 3, snap: true }),
    ]);
    expect(values[1]).not.toHaveProperty('remote');
  });

  it('connects a stem when it arrives, and takes it away when it is gone', () => {
    const mix = mixOf([strip('a', 'stem', { stem: 'stem-a' }), master]);
    const without = pictureOf(mix, NO_PICTURE, { ...AROUND, sources: new Map() });
    const slot = without.strips.get('a')?.slot;
    const arrived = show(mix, without);
    expect(planPictures(without, arrived, false)).toEqual([{ do: 'source', strip: slot, source: 3 }]);
    const gone = pictureOf(mix, arrived, { ...AROUND, sources: new Map() });
    expect(planPictures(arrived, gone, false)).toEqual([{ do: 'source', strip: slot, source: -1 }]);
  });

  it('of a solo leaves the mix alone but for what is heard, and its end takes all of it back', () => {
    const mix = mixOf(
      [strip('a', 'stem'), strip('b', 'stem'), strip('x', 'aux'), master],
      [{ id: sendId('a', 'x'), from: 'a', to: 'x', values: {} }],
    );
    const open = show(mix);
    const soloed = pictureOf(mix, open, { ...AROUND, solo: soloGates(mix, new Set(['x'])) });
    const slot = (id: string) => open.strips.get(id)?.slot;
    expect(planPictures(open, soloed, false)).toEqual([
      { do: 'output', strip: slot('a'), to: -1 },
      { do: 'audible', strip: slot('b'), on: false },
    ]);
    expect(planPictures(soloed, show(mix, soloed), false)).toEqual([
      { do: 'output', strip: slot('a'), to: slot(MASTER) },
      { do: 'audible', strip: slot('b'), on: true },
    ]);
  });

  it('puts VCAs before all that follow them, and a delay line where a delay is on', () => {
    const before = show(mixOf([strip('a', 'stem'), strip('z', 'vca', { output: null }), master]));
    const slot = (id: string) => before.strips.get(id)?.slot;
    expect(before.order).toEqual([slot('z'), slot('a'), slot(MASTER)]);
    const after = show(
      mixOf([strip('a', 'stem', { vcas: ['z'], values: { 'delay.on': 1 } }), strip('z', 'vca', { output: null }), master]),
      before,
    );
    expect(planPictures(before, after, false)).toEqual([
      { do: 'value', ...placeOf(before, { on: 'strip', id: 'a', parameter: 'delay.on' }), value: 1, snap: false, remote: false },
      { do: 'vcas', strip: slot('a'), vcas: [slot('z')] },
      { do: 'delayLine', strip: slot('a') },
    ]);
    expect(planPictures(after, before, false)).toEqual([
      { do: 'value', ...placeOf(before, { on: 'strip', id: 'a', parameter: 'delay.on' }), value: 0, snap: false, remote: false },
      { do: 'vcas', strip: slot('a'), vcas: [] },
    ]);
  });

  it('leaves out what the desk has no room for', () => {
    const many = Array.from({ length: 40 }, (_, n) => strip(`s${n}`, 'stem'));
    expect(show(mixOf([master, ...many])).order.length).toBe(ROOM.strips);
  });
});

describe('lanes', () => {
  const lane = (key: string, points: readonly number[], read = true): Lane => ({
    ...{ id: key, target: targetOf(key) ?? { on: 'strip', id: 'none', parameter: 'fader' }, read },
    points: points.map((value, index) => ({ id: `p${index}`, at: index, value, curve: 'linear' })),
  });
  const withLanes = (...lanes: readonly Lane[]): Mix => ({
    ...mixOf([strip('kick', 'stem', { values: { fader: -7 } })]),
    automation: new Map(lanes.map((one) => [one.id, one])),
  });
  const showing = (mix: Mix, before = NO_PICTURE) => pictureOf(mix, before, AROUND);
  const fader = STRIP_ROWS.findIndex((row) => row.id === 'fader');

  it('come with their points, keep their numbers, and give their control back', () => {
    const one = showing(withLanes(lane('strip/kick/fader', [-3, 0])));
    const slot = one.strips.get('kick')?.slot ?? -1;
    expect(planPictures(NO_PICTURE, one, false).at(-1)).toMatchObject({
      do: 'lane',
      lane: 0,
      on: 'strip',
      slot,
      parameter: fader,
      points: [{ value: -3 }, { value: 0 }],
    });
    const two = showing(withLanes(lane('strip/kick/pan', [50]), lane('strip/kick/fader', [-3, -6])), one);
    expect(planPictures(one, two, false).map((operation) => operation.do === 'lane' && operation.lane)).toEqual([1, 0]);
    const none = showing(withLanes(lane('strip/kick/fader', [-3, -6], false)), two);
    for (const remote of [false, true])
      expect(planPictures(two, none, remote)).toContainEqual({ do: 'value', on: 'strip', slot, parameter: fader, value: -7, remote });
    expect(planPictures(none, showing(withLanes(lane('strip/kick/fader', [-3, -6], false)), none), false)).toEqual([]);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { clampToRow, insertRow, MASTER, type Mix, type ParameterRow, processingOrder, sendRow, stripRow, type Values } from '../mix';
import { MAPS, MOST } from './layout';
import { newMix } from './new-mix';
import { readMix } from './read';

/** Only parameters of the table, in range, and none at its default. */
function expectInRange(values: Values, rowFor: (id: string) => ParameterRow | undefined): void {
  for (const [id, value] of Object.entries(values)) {
    const row = rowFor(id);
    expect(row && clampToRow(row, value)).toBe(value);
    expect(row?.default).not.toBe(value);
  }
}

/** Everything that a mix promises to whoever reads it. */
function expectValid(mix: Mix): void {
  const strips = [...mix.strips.values()];
  expect(strips.filter(({ kind }) => kind === 'master').map(({ id }) => id)).toEqual([MASTER]);
  expect(strips.at(-1)?.id).toBe(MASTER);
  expect(strips.length).toBeLessThanOrEqual(MOST.strips + 1);
  for (const strip of strips) {
    const output = strip.output === null ? undefined : mix.strips.get(strip.output);
    if (strip.kind === 'master') expect(strip.output).toBeNull();
    else expect(output?.kind === 'group' || output?.kind === 'master').toBe(true);
    expectInRange(strip.values, (id) => stripRow(id, strip.kind));
    expect(Number.isInteger(strip.color) && strip.color >= 0 && strip.color < 12).toBe(true);
    expect(strip.name.length).toBeGreaterThan(0);
  }
  for (const send of mix.sends.values()) {
    expect(mix.strips.get(send.to)?.kind).toBe('aux');
    expect(mix.strips.has(send.from) && send.from !== MASTER && send.id === `${send.from}>${send.to}`).toBe(true);
    expectInRange(send.values, sendRow);
  }
  for (const insert of mix.inserts.values()) {
    expect(mix.strips.has(insert.strip)).toBe(true);
    expectInRange(insert.values, (id) => insertRow(insert.type, id));
  }
  for (const marker of mix.markers.values()) expect(marker.at >= 0 && Number.isFinite(marker.at)).toBe(true);
  expect(mix.settings.tempo >= 20 && mix.settings.tempo <= 400).toBe(true);
  // No loops: everything comes after all that feeds it.
  const place = new Map(processingOrder(mix).map(({ id }, index) => [id, index]));
  for (const strip of strips) if (strip.output) expect(place.get(strip.id)).toBeLessThan(place.get(strip.output) ?? -1);
  for (const send of mix.sends.values()) expect(place.get(send.from)).toBeLessThan(place.get(send.to) ?? -1);
}

const FIELDS = [
  'kind',
  'name',
  'color',
  'order',
  'stem',
  'output',
  'strip',
  'type',
  'at',
  'tempo',
  'beats',
  'beat.unit',
  'fader',
  'eq.1.type',
  'mute',
  'level',
  'mix',
  'nonsense',
  '__proto__',
];
const IDS = [
  'a',
  'b',
  'c',
  'd',
  'room',
  'master',
  'mix',
  'a>b',
  'b>a',
  'a>room',
  'room>b',
  'b>room',
  'a>a',
  'a>b>c',
  '',
  '__proto__',
  'x'.repeat(300),
];
const words = fc.constantFrom(
  'stem',
  'group',
  'aux',
  'master',
  'reverb',
  'delay',
  'a',
  'b',
  'c',
  'room',
  'a0',
  'a00',
  'Zz',
  '\u0000',
  '__proto__',
);
const value = fc.oneof(
  words,
  words,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
  fc.constant({ deep: [1, { er: 2 }] }),
  fc.constant(new Uint8Array(3)),
);
const record = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 8 }) },
  fc.constant(null),
);
const content = fc.array(fc.tuple(fc.constantFrom(...MAPS), fc.constantFrom(...IDS), record, fc.nat(3)), { maxLength: 40 });

function hostile(doc: Y.Doc, parts: typeof content extends fc.Arbitrary<infer T> ? T : never): void {
  for (const [map, id, fields, shape] of parts) {
    const root = doc.getMap<unknown>(map);
    if (fields === null) root.set(id, shape === 0 ? 'text' : shape === 1 ? new Y.Array() : shape === 2 ? new Y.Text('x') : 7);
    else root.set(id, new Y.Map(fields as [string, unknown][]));
  }
}

test('a document of any content is a valid mix', () => {
  fc.assert(
    fc.property(content, fc.boolean(), (parts, begun) => {
      const doc = new Y.Doc();
      if (begun) newMix(doc);
      hostile(doc, parts);
      expectValid(readMix(doc));
    }),
    { numRuns: 300 },
  );
});

test('an empty document is a mix with a master', () => {
  const mix = readMix(new Y.Doc());
  expectValid(mix);
  expect(mix.strips.size).toBe(1);
  expect(mix.settings).toEqual({ tempo: 120, metre: [4, 4], key: '' });
});

test('a new mix has a master, a room and a delay, each with its effect', () => {
  const doc = new Y.Doc();
  newMix(doc);
  const mix = readMix(doc);
  expect([...mix.strips.values()].map(({ id, kind, name }) => [id, kind, name])).toEqual([
    ['room', 'aux', 'Room'],
    ['delay', 'aux', 'Delay'],
    ['master', 'master', 'Master'],
  ]);
  expect([...mix.inserts.values()].map(({ strip, type }) => [strip, type])).toEqual([
    ['delay', 'delay'],
    ['room', 'reverb'],
  ]);
});

test('a stored default reads as no value, a switch stored as a boolean as 0 or 1, what is out of range as its end', () => {
  const doc = new Y.Doc();
  doc.getMap('strips').set(
    'a',
    new Y.Map<unknown>([
      ['kind', 'stem'],
      ['fader', 0],
      ['mute', true],
      ['pan', 900],
      ['trim', Number.NaN],
    ]),
  );
  expect(readMix(doc).strips.get('a')?.values).toEqual({ mute: 1, pan: 100 });
});

test('listening to a key, which older mixes kept for everybody, is read as nothing', () => {
  const doc = new Y.Doc();
  doc.getMap('strips').set(
    'a',
    new Y.Map<unknown>([
      ['kind', 'stem'],
      ['comp.sc.listen', true],
      ['gate.sc.listen', 1],
    ]),
  );
  doc.getMap('inserts').set(
    'd',
    new Y.Map<unknown>([
      ['strip', 'a'],
      ['type', 'deesser'],
      ['listen', true],
    ]),
  );
  const mix = readMix(doc);
  expect(mix.strips.get('a')?.values).toEqual({});
  expect(mix.inserts.get('d')?.values).toEqual({});
});

test('a strip more than a mix may hold is left out, the same one everywhere', () => {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (let index = 0; index < MOST.strips + 20; index++) doc.getMap('strips').set(`s${1000 + index}`, new Y.Map([['kind', 'stem']]));
  });
  const mix = readMix(doc);
  expectValid(mix);
  expect(mix.strips.has('s1000')).toBe(true);
  expect(mix.strips.has(`s${1000 + MOST.strips + 19}`)).toBe(false);
});

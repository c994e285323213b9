import { beforeAll, describe, expect, it } from 'vitest';
import { createDeskMemory, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import {
  INSERT_ROWS,
  INSERT_TYPES,
  type Insert,
  type InsertType,
  type Lane,
  MASTER,
  type Mix,
  type ParameterRow,
  SEND_ROWS,
  type Send,
  STRIP_ROWS,
  type Strip,
  type StripKind,
  sendId,
  targetKey,
  type Values,
} from '../../mix';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

/** Every control somewhere else than at its default, and nothing silenced. */
const moved = (rows: readonly ParameterRow[]): Values =>
  Object.fromEntries(
    rows.map(({ id, min, max, default: rest }) => [id, id === 'mute' || id === 'polarity' ? rest : rest === max ? min : max]),
  );

/** The type of insert with the most controls. */
const LARGEST: InsertType = INSERT_TYPES.reduce((most, type) => (INSERT_ROWS[type].length > INSERT_ROWS[most].length ? type : most));

const STRIPS = 256;
const VCAS = 100;
const EFFECTS = 9;

/** As much as a desk has room for, all of it worked on. */
function fullMix(): Mix {
  const named = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${String(n).padStart(3, '0')}`);
  const vcas = named('v', VCAS);
  const effects = named('x', EFFECTS);
  const stems = named('a', STRIPS - VCAS - EFFECTS - 1);
  const strip = (id: string, kind: StripKind, more: Partial<Strip> = {}): Strip => ({
    ...{ id, kind, name: id, color: 0, order: id, stem: null, output: MASTER, vcas: [], values: moved(STRIP_ROWS) },
    ...more,
  });
  const strips = [
    ...stems.map((id, n) => strip(id, 'stem', { vcas, ...(n > 0 && { key: stems[0] ?? MASTER }) })),
    ...effects.map((id) => strip(id, 'aux', { vcas })),
    ...vcas.map((id) => strip(id, 'vca', { output: null })),
    strip(MASTER, 'master', { output: null }),
  ];
  const sends = stems.flatMap((from) => effects.map((to): Send => ({ id: sendId(from, to), from, to, values: moved(SEND_ROWS) })));
  const inserts = Array.from(
    { length: 256 },
    (_, n): Insert => ({ id: `i${n}`, strip: stems[n >> 3] ?? MASTER, type: LARGEST, order: 'a', values: moved(INSERT_ROWS[LARGEST]) }),
  );
  const lanes = stems.flatMap((id) =>
    STRIP_ROWS.slice(0, 7).map((row): Lane => {
      const target = { on: 'strip', id, parameter: row.id } as const;
      return { id: targetKey(target), target, read: true, points: [{ id: 'p', at: 0, value: row.default, curve: 'linear' }] };
    }),
  );
  return {
    strips: new Map(strips.map((one) => [one.id, one])),
    sends: new Map(sends.slice(0, 1024).map((one) => [one.id, one])),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    automation: new Map(lanes.slice(0, 1024).map((one) => [one.id, one])),
    ...{ markers: new Map(), presets: new Map(), settings: { tempo: 97, metre: [4, 4], key: '' } },
  };
}

describe('a desk filled to the last slot', () => {
  it('is shown in one plan, whatever its controls stand at, and plays', () => {
    const desk = instantiateDesk(module, createDeskMemory());
    const driver = new DeskDriver(new DeskLine(desk, () => true));
    const show = (mix: Mix) => driver.show({ mix, sources: new Map(), soloed: new Set(), mode: 'in place', remote: false });
    const mix = fullMix();
    expect(mix.strips.size).toBe(desk.layout.maxStrips);
    expect(show(mix)).toBe(true);
    desk.process();
    const ticket = desk.write([]);
    expect(desk.applied(ticket)).toBe(true);
    expect(driver.slotOf(MASTER)).toBeGreaterThanOrEqual(0);
    expect([...mix.inserts.keys()].every((id) => desk.insertUsed(driver.slotOfInsert(id)))).toBe(true);
    // All of it leaves and other things come, in one plan too.
    const renamed = new Map(
      [...mix.strips].map(([id, one]) => (id === MASTER ? [id, one] : [id, { ...one, kind: one.kind === 'vca' ? 'stem' : one.kind }])),
    );
    expect(show({ ...mix, strips: renamed as Mix['strips'] })).toBe(true);
    desk.process();
    expect(desk.applied(ticket)).toBe(true);
  });

  it('has a ring for more than the largest plan there can be: all of it replaced by something else', () => {
    const desk = instantiateDesk(module, createDeskMemory());
    const { maxStrips, maxSends, maxInserts, maxLanes } = desk.layout;
    const items = [
      // Gone, come, source, output, audible, key, wait, delay, the beginnings of VCAs and chain; VCAs of all others; chains.
      maxStrips * (10 + STRIP_ROWS.length) + (maxStrips / 2) ** 2 + maxInserts,
      maxSends * (3 + SEND_ROWS.length),
      maxInserts * (2 + INSERT_ROWS[LARGEST].length),
      // A lane gone, its control put back, another come.
      maxLanes * 3,
      // The order with its beginning and end, latency, tempo.
      maxStrips + 4,
    ].reduce((sum, count) => sum + count, 0);
    const operations = Array.from({ length: items }, () => ({ do: 'tempo', tempo: 100 }) as const);
    expect(() => desk.write(operations)).not.toThrow();
  });
});

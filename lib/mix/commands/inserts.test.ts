import { describe, expect, it } from 'vitest';
import { type Insert, MASTER, type Mix, type Strip } from '../model/mix';
import { INSERT_ROWS, INSERT_TYPES, type InsertType } from '../parameters/insert';
import { INSERT_PRESETS } from '../presets/presets';
import { mend } from '../repair/mend';
import type { Change } from './change';
import { copyInsert, insertsOf, MOST_INSERTS, moveInsert } from './inserts';
import { applySetting } from './settings';
import { addInsert } from './strip';

const insert = (id: string, order: string, type: InsertType = 'chorus', values: Insert['values'] = {}): Insert => ({
  id,
  strip: MASTER,
  type,
  order,
  values,
});

function mixWith(inserts: readonly Insert[], strips: readonly Strip[] = []): Mix {
  return mend({
    strips: new Map(strips.map((strip) => [strip.id, strip])),
    sends: new Map(),
    automation: new Map(),
    presets: new Map(),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    markers: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  });
}

/** The inserts after changes of theirs. */
function applied(mix: Mix, changes: readonly Change[]): Mix {
  const inserts = new Map(mix.inserts);
  for (const change of changes) {
    if (change.do === 'remove') inserts.delete(change.id);
    else {
      const { strip, type, order, ...fields } = change.fields;
      const old = inserts.get(change.id);
      const values = Object.entries({ ...old?.values, ...fields }).filter(([, value]) => value !== undefined);
      inserts.set(change.id, {
        id: change.id,
        strip: String(strip ?? old?.strip),
        type: (type ?? old?.type) as InsertType,
        order: String(order ?? old?.order),
        values: Object.fromEntries(values.map(([key, value]) => [key, Number(value)])),
      });
    }
  }
  return mixWith([...inserts.values()]);
}

const names = (mix: Mix) => insertsOf(mix, MASTER).map(({ id }) => id);

describe('effects of a strip', () => {
  const mix = mixWith([insert('a', 'a0'), insert('b', 'a1'), insert('c', 'a2')]);

  it('are put before one another, or last', () => {
    expect(names(applied(mix, moveInsert(mix, 'c', 'a')))).toEqual(['c', 'a', 'b']);
    expect(names(applied(mix, moveInsert(mix, 'a', null)))).toEqual(['b', 'c', 'a']);
    expect(names(applied(mix, moveInsert(mix, 'a', 'c')))).toEqual(['b', 'a', 'c']);
  });

  it('stay where they stand without a change', () => {
    expect(moveInsert(mix, 'a', 'b')).toEqual([]);
    expect(moveInsert(mix, 'c', null)).toEqual([]);
    expect(moveInsert(mix, 'b', 'b')).toEqual([]);
  });

  it('find room between two of the same order', () => {
    const equal = mixWith([insert('a', 'a0'), insert('b', 'a0'), insert('c', 'a0')]);
    expect(names(applied(equal, moveInsert(equal, 'c', 'b')))).toEqual(['a', 'c', 'b']);
  });

  it('are copied right behind themselves, values and all', () => {
    const tuned = mixWith([insert('a', 'a0', 'phaser', { rate: 2 }), insert('b', 'a1')]);
    const copied = insertsOf(applied(tuned, copyInsert(tuned, 'a')), MASTER);
    expect(copied.map(({ type }) => type)).toEqual(['phaser', 'phaser', 'chorus']);
    expect(copied[1]?.values).toEqual({ rate: 2 });
  });

  it('are as many as the desk runs, and no more', () => {
    const full = mixWith(Array.from({ length: MOST_INSERTS }, (_, index) => insert(`i${index}`, `a${index}`)));
    expect(addInsert(full, MASTER, 'delay')).toEqual([]);
    expect(copyInsert(full, 'i0')).toEqual([]);
  });

  it('begin with a mix that suits: a third of a room on a strip, all of it on an effect return', () => {
    const returns = mixWith([], [{ ...(mix.strips.get(MASTER) as Strip), id: 'fx', kind: 'aux', output: MASTER }]);
    const mixOf = (changes: readonly Change[]) => changes.map((change) => (change.do === 'put' ? change.fields['mix'] : null));
    expect(mixOf(addInsert(mix, MASTER, 'reverb'))).toEqual([33]);
    expect(mixOf(addInsert(mix, MASTER, 'chorus'))).toEqual([undefined]);
    expect(mixOf(addInsert(returns, 'fx', 'chorus'))).toEqual([100]);
    expect(mixOf(addInsert(returns, 'fx', 'reverb'))).toEqual([undefined]);
  });
});

describe('a preset', () => {
  it('sets what it names, puts the rest back, and leaves the switch and an unnamed mix alone', () => {
    const mix = mixWith([insert('a', 'a0', 'reverb', { on: 0, mix: 20, decay: 9, width: 10 })]);
    const values = applied(mix, applySetting(mix, { on: 'insert', id: 'a' }, { values: { decay: 0.5 } })).inserts.get('a')?.values;
    expect(values).toEqual({ on: 0, mix: 20, decay: 0.5 });
  });

  it('is one change, and none where everything is so already', () => {
    const mix = mixWith([insert('a', 'a0', 'tremolo')]);
    const preset = INSERT_PRESETS.tremolo?.[2];
    if (!preset) throw new Error('The tremolo has no third preset.');
    const changes = applySetting(mix, { on: 'insert', id: 'a' }, preset);
    expect(changes).toHaveLength(1);
    expect(applySetting(applied(mix, changes), { on: 'insert', id: 'a' }, preset)).toEqual([]);
  });

  it.each(INSERT_TYPES.map((type) => ({ type })))('of $type names only what there is, within its range', ({ type }) => {
    const presets = INSERT_PRESETS[type] ?? [];
    expect(presets.length).toBeGreaterThanOrEqual(4);
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
    for (const { values } of presets) {
      for (const [id, value] of Object.entries(values)) {
        const row = INSERT_ROWS[type].find((one) => one.id === id);
        expect(row, `${type} ${id}`).toBeDefined();
        expect(value).toBeGreaterThanOrEqual(row?.min ?? Number.POSITIVE_INFINITY);
        expect(value).toBeLessThanOrEqual(row?.max ?? Number.NEGATIVE_INFINITY);
      }
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, MapName, Primitive } from '../commands/change';
import type { Records } from '../history/difference';
import { recallChanges } from './recall';

type Plain = Partial<Record<MapName, Record<string, Record<string, Primitive>>>>;

const MAPS: readonly MapName[] = ['strips', 'sends', 'inserts', 'markers', 'settings', 'automation'];
const recordsOf = (plain: Plain): Records =>
  new Map(MAPS.map((map) => [map, new Map(Object.entries(plain[map] ?? {}).map(([id, fields]) => [id, new Map(Object.entries(fields))]))]));
const plainOf = (records: Records) =>
  Object.fromEntries(
    [...records].map(([map, all]) => [map, Object.fromEntries([...all].map(([id, fields]) => [id, Object.fromEntries(fields)]))]),
  );

function carriedOut(records: Records, changes: readonly Change[]): Records {
  const after = recordsOf(plainOf(records) as Plain);
  for (const change of changes) {
    const map = after.get(change.map);
    if (change.do === 'remove') {
      map?.delete(change.id);
      continue;
    }
    const record = map?.get(change.id) ?? new Map<string, Primitive>();
    for (const [field, value] of Object.entries(change.fields)) {
      if (value === undefined) record.delete(field);
      else record.set(field, value);
    }
    map?.set(change.id, record);
  }
  return after;
}

const bass = { kind: 'stem', name: 'Bass', stem: 's1', order: 'a1' };
const then = recordsOf({
  strips: { bass: { ...bass, fader: -6, 'eq.1.gain': 3 }, keys: { kind: 'stem', name: 'Keys', order: 'a2' } },
  inserts: { one: { strip: 'bass', type: 'chorus', order: 'a1', mix: 40 } },
  sends: { 'bass>room': { level: -12 } },
  markers: { verse: { at: 10, name: 'Verse' } },
  automation: { 'strip/bass/fader': { read: true }, 'insert/one/mix': { read: false } },
  settings: { mix: { tempo: 102 } },
});

describe('a recall', () => {
  it('brings back values, effects, sends, lanes, markers and tempo', () => {
    const now = recordsOf({
      strips: { bass: { ...bass, fader: 0, 'comp.on': 1 }, keys: { kind: 'stem', name: 'Keys', order: 'a2', fader: -3 } },
      inserts: { two: { strip: 'bass', type: 'reverb', order: 'a2' } },
      sends: { 'bass>room': { level: 0, pre: 1 }, 'keys>room': { level: -3 } },
      markers: { chorus: { at: 40, name: 'Chorus' } },
      automation: { 'insert/two/mix': { read: true } },
      settings: { mix: { tempo: 90, key: 'C' } },
    });
    expect(plainOf(carriedOut(now, recallChanges(now, then)))).toEqual(plainOf(then));
  });

  it('leaves what has come since: a strip with its effects, sends and lanes', () => {
    const since = {
      strips: { vox: { kind: 'stem', name: 'Vox', fader: -2 } },
      inserts: { three: { strip: 'vox', type: 'deesser' } },
      sends: { 'vox>room': { level: -9 } },
      automation: { 'strip/vox/fader': { read: true }, 'insert/three/mix': { read: true }, 'send/vox>room/level': { read: true } },
    };
    const before = plainOf(then) as Required<Plain>;
    const merged = Object.fromEntries(MAPS.map((map) => [map, { ...before[map], ...(since as Plain)[map] }]));
    expect(recallChanges(recordsOf(merged), then)).toEqual([]);
  });

  it('of one strip touches no other, and not what it is', () => {
    const now = recordsOf({
      strips: { bass: { ...bass, name: 'Bass DI', output: 'low', fader: 0 }, keys: { kind: 'stem', name: 'Keys', order: 'a2', fader: -3 } },
      markers: { chorus: { at: 40 } },
      settings: { mix: { tempo: 90 } },
    });
    const after = plainOf(carriedOut(now, recallChanges(now, then, new Set(['bass'])))) as Required<Plain>;
    expect(after.strips['bass']).toEqual({ ...bass, name: 'Bass DI', output: 'low', fader: -6, 'eq.1.gain': 3 });
    expect(after.strips['keys']).toEqual({ kind: 'stem', name: 'Keys', order: 'a2', fader: -3 });
    expect([Object.keys(after.inserts), Object.keys(after.sends), Object.keys(after.markers)]).toEqual([
      ['one'],
      ['bass>room'],
      ['chorus'],
    ]);
    expect(after.settings).toEqual({ mix: { tempo: 90 } });
  });

  it('of a strip that is gone brings back nothing; of the whole mix it brings the strip', () => {
    const now = recordsOf({ strips: { keys: { kind: 'stem', name: 'Keys', order: 'a2' } } });
    expect(recallChanges(now, then, new Set(['bass'])).filter(({ map }) => map === 'strips')).toEqual([]);
    expect(carriedOut(now, recallChanges(now, then)).get('strips')?.get('bass')?.get('fader')).toBe(-6);
  });

  it('twice changes nothing the second time, whatever both hold', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.boolean());
    const strip = fc.constantFrom('a', 'b', 'c');
    const mixes = fc.record({
      strips: fc.dictionary(strip, fc.dictionary(fc.constantFrom('fader', 'pan', 'name'), value)),
      // An effect stays on its strip for life.
      inserts: fc.record(
        { x: fc.record({ strip: fc.constant('a'), mix: value }), y: fc.record({ strip: fc.constant('c'), mix: value }) },
        { requiredKeys: [] },
      ),
      sends: fc.dictionary(fc.constantFrom('a>b', 'c>b'), fc.dictionary(fc.constant('level'), value)),
      automation: fc.dictionary(
        fc.constantFrom('strip/a/fader', 'insert/x/mix', 'send/c>b/level'),
        fc.dictionary(fc.constant('read'), value),
      ),
    });
    fc.assert(
      fc.property(mixes, mixes, (one, other) => {
        const [now, wanted] = [recordsOf(one), recordsOf(other)];
        const after = carriedOut(now, recallChanges(now, wanted));
        expect(recallChanges(after, wanted)).toEqual([]);
        for (const [id, fields] of wanted.get('strips') ?? []) expect(after.get('strips')?.get(id)).toEqual(fields);
      }),
    );
  });
});

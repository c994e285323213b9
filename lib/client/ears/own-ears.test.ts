import { expect, it } from 'vitest';
import type { EngineState, Hearing, KeyHeard, Listening, SoloMode } from '../../audio';
import { earsSchema, NAMED_LACKS } from '../../protocol';
import { createStore } from '../../std';
import { OwnEars } from './own-ears';

const PLAIN: Listening = { level: 0, dim: false, mono: false, side: false, swap: false, invert: false, band: 'all', crossfeed: 'off' };
const NOTHING = { mix: null, print: null };
const SAVED = { state: 'saved' } as const;

function sounding() {
  const hearing = createStore<Hearing>({ stems: 12, lacks: new Map(), effects: 0, rate: 48_000, latency: 20 });
  const parts = {
    state: createStore<EngineState>({ state: 'running' }),
    underruns: createStore(5),
    corrections: createStore(2),
    soloed: createStore<ReadonlySet<string>>(new Set()),
    soloMode: createStore<SoloMode>('in place'),
    key: createStore<KeyHeard | null>(null),
    listening: createStore(PLAIN),
    nudge: createStore(0),
  };
  const { state, underruns, corrections, nudge, ...monitor } = parts;
  const own = new OwnEars({ state, underruns, player: { corrections }, monitor, outputs: { nudge }, hearing: () => hearing.get() });
  return { ...parts, hearing, own };
}

it('gaps and corrections are those of the last minute, not those of before', () => {
  const { own, underruns, corrections } = sounding();
  expect(own.read(0, SAVED, NOTHING)).toMatchObject({ gaps: 0, moved: 0 });
  underruns.set(8);
  corrections.set(3);
  expect(own.read(1000, SAVED, NOTHING)).toMatchObject({ gaps: 3, moved: 1 });
  expect(own.read(61_000, SAVED, NOTHING)).toMatchObject({ gaps: 0, moved: 0 });
});

it('solo and what alters the sound is told, level and dim are not', () => {
  const { own, soloed, soloMode, key, listening } = sounding();
  listening.set({ ...PLAIN, level: -12, dim: true });
  expect(own.read(0, SAVED, NOTHING).ways).toEqual([]);
  soloed.set(new Set(['bass']));
  listening.set({ ...PLAIN, mono: true, band: 'lows', crossfeed: 'strong' });
  expect(own.read(0, SAVED, NOTHING).ways).toEqual(['solo', 'mono', 'lows', 'crossfeed']);
  soloMode.set('before');
  expect(own.read(0, SAVED, NOTHING).ways[0]).toBe('before fader');
  key.set({ on: 'strip', id: 'bass', processor: 'comp' });
  expect(own.read(0, SAVED, NOTHING).ways[0]).toBe('key');
});

it('a latency that jitters is told as it was, a new one anew', () => {
  const { own, hearing } = sounding();
  const told = [20, 23, 17, 31].map((latency) => {
    hearing.set({ ...hearing.get(), latency });
    return own.read(0, SAVED, NOTHING).latency;
  });
  expect(told).toEqual([20, 20, 20, 31]);
});

it('however much is missing, the report has the agreed shape', () => {
  const { own, hearing, nudge } = sounding();
  const lacks = new Map(Array.from({ length: 40 }, (_, at) => [`stem${at}`, 'failing'] as const));
  hearing.set({ ...hearing.get(), lacks, effects: 3 });
  nudge.set(5000);
  const ears = own.read(0, { state: 'offline', kept: 7 }, NOTHING);
  expect(earsSchema.parse(ears)).toEqual(ears);
  expect([ears.lacking, ears.lacks.length, ears.unsaved]).toEqual([40, NAMED_LACKS, 7]);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineState, Hearing, KeyHeard, Listening, SoloMode } from '../../audio';
import { MASTER, type Mix } from '../../mix';
import type { Ears } from '../../protocol';
import { createStore, Scope } from '../../std';
import type { Person, SaveState } from '../types';
import { passingTime } from './passing-time.fixture';
import { SessionEars } from './session-ears';

const mixAt = (fader: number): Mix => ({
  strips: new Map([
    [MASTER, { id: MASTER, kind: 'master', name: 'Master', color: 0, order: '', stem: null, output: null, vcas: [], values: { fader } }],
  ]),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
});
const PLAIN: Listening = { level: 0, dim: false, mono: false, side: false, swap: false, invert: false, band: 'all', crossfeed: 'off' };

let scope: Scope;
let pass: ReturnType<typeof passingTime>;
beforeEach(() => {
  pass = passingTime();
  scope = new Scope();
});
afterEach(() => {
  scope.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What all have told, by client: the service between the pages. */
type Told = Map<number, { readonly ears: Ears }>;

const person = (client: number, me: boolean): Person => ({
  ...{ client, user: { id: `${client}`, name: `Person ${client}`, color: 1 }, role: 'mixer' },
  ...{ selected: null, together: true, alone: null, following: null, hands: [], me },
});

function page(own: number, clients: readonly number[], told: Told) {
  const mix = createStore(mixAt(0));
  const apart = createStore(false);
  const hearing = createStore<Hearing>({ stems: 1, lacks: new Map(), effects: 0, rate: 48_000, latency: 20 });
  const reports: Ears[] = [];
  const ears = new SessionEars({
    engine: {
      state: createStore<EngineState>({ state: 'running' }),
      underruns: createStore(0),
      player: { corrections: createStore(0), playing: createStore(false) },
      monitor: {
        soloed: createStore<ReadonlySet<string>>(new Set()),
        soloMode: createStore<SoloMode>('in place'),
        key: createStore<KeyHeard | null>(null),
        listening: createStore(PLAIN),
      },
      outputs: { nudge: createStore(0) },
      hearing: () => hearing.get(),
      print: async () => 'ab'.repeat(32),
    },
    mix,
    apart,
    saved: createStore<SaveState>({ state: 'saved' }),
    here: createStore(clients.map((client) => person(client, client === own))),
    awareness: { getStates: () => told },
    tell: (report) => {
      reports.push(report);
      told.set(own, { ears: report });
    },
    now: () => Date.now(),
    scope,
  });
  return { mix, apart, hearing, reports, verdicts: () => ears.list.get().map(({ verdict, findings }) => findings[0]?.what ?? verdict) };
}

it('two with the same mix and samples are alike, and each finds so', async () => {
  const told: Told = new Map();
  const [ana, ben] = [page(1, [1, 2], told), page(2, [1, 2], told)];
  await pass(6);
  expect([ana.verdicts(), ben.verdicts()]).toEqual([
    ['alike', 'alike'],
    ['alike', 'alike'],
  ]);
});

it('a change on its way is no difference, one that does not arrive is', async () => {
  const told: Told = new Map();
  const [ana, ben] = [page(1, [1, 2], told), page(2, [1, 2], told)];
  await pass(6);
  ana.mix.set(mixAt(-6));
  expect(told.get(1)?.ears.mix).toBeNull();
  await pass(4);
  expect(ana.verdicts()).not.toContain('mix');
  await pass(4);
  expect([ana.verdicts(), ben.verdicts()]).toEqual([
    ['same', 'mix'],
    ['mix', 'same'],
  ]);
  ben.mix.set(mixAt(-6));
  await pass(4);
  expect([...ana.verdicts(), ...ben.verdicts()]).not.toContain('mix');
});

it('a page tells nothing anew while nothing changes, and the more are here the less often', async () => {
  const alone = page(1, [1], new Map());
  await pass(20);
  const before = alone.reports.length;
  await pass(20);
  expect(alone.reports).toHaveLength(before);

  const crowd = page(
    1,
    Array.from({ length: 100 }, (_, at) => at + 1),
    new Map(),
  );
  for (let second = 0; second < 30; second++) {
    crowd.hearing.set({ ...crowd.hearing.get(), effects: second });
    await pass(1);
  }
  expect(crowd.reports.length).toBeLessThanOrEqual(4);
});

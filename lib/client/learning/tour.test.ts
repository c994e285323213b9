import { expect, test } from 'vitest';
import type { Finding, FindingKind } from '../../analysis';
import type { MixCheck } from '../../audio';
import { mixOfRecords } from '../../doc';
import type { Records } from '../../mix';
import { createStore, Scope } from '../../std';
import type { Alternative } from '../types';
import { SessionTour } from './tour';

const found = (kind: FindingKind, at?: number): Finding => ({
  id: `${kind}/strip`,
  kind,
  strips: ['strip'],
  amount: 6,
  measure: 'Measured.',
  why: 'It matters.',
  fix: null,
  ...(at === undefined ? {} : { at }),
});
const NOTHING: MixCheck = { findings: null, done: 0, needed: 0, settled: false, failed: new Map(), master: null };
const whole = (kinds: readonly FindingKind[]): MixCheck => ({
  ...NOTHING,
  findings: kinds.map((kind) => found(kind)),
  done: 3,
  needed: 3,
  settled: true,
});

const MARKED: Records = new Map([
  [
    'markers',
    new Map([
      [
        'c',
        new Map<string, string | number>([
          ['name', 'Chorus'],
          ['at', 37],
          ['kind', 'section'],
        ]),
      ],
    ]),
  ],
]);

function scene(kept = new Map<string, string>()) {
  const state = createStore<MixCheck>(NOTHING);
  const heard = createStore('mix');
  const others = createStore<readonly Alternative[]>([]);
  const played: number[] = [];
  let records: Records = new Map();
  const scope = new Scope();
  const tour = new SessionTour({
    session: 'song',
    check: { state, watch: () => () => {} },
    mix: createStore(mixOfRecords(MARKED)),
    records: () => records,
    audition: {
      heard,
      hear: (id) => heard.set(id),
      others,
      compare: (next) => others.set(next),
    },
    transport: { seek: (at) => void played.push(at), play: () => {}, playing: createStore(false) },
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    scope,
  });
  const steps = () => {
    const now = tour.state.get();
    return now.at === 'on' ? now.steps.map(({ kind, done }) => `${kind}${done ? ' done' : ''}`) : now.at;
  };
  return { tour, state, heard, others, played, steps, kept, setRecords: (next: Records) => (records = next) };
}

test('L1: steps are the kinds that were found, in the order in which one mends them', () => {
  const { tour, state, steps } = scene();
  tour.begin();
  expect(steps()).toBe('listening');
  state.set({ ...whole(['balance', 'mud']), done: 2, settled: false });
  expect(steps()).toBe('listening');
  state.set(whole(['balance', 'mud', 'polarity']));
  expect(steps()).toEqual(['polarity', 'mud', 'balance']);
});

test('L2: a step is done when the sound has none of it, not while that is being measured, and comes back when it does', () => {
  const { tour, state, steps } = scene();
  tour.begin();
  state.set(whole(['mud', 'balance']));
  state.set({ ...whole(['balance']), done: 2, settled: false });
  expect(steps()).toEqual(['mud', 'balance']);
  state.set(whole(['balance']));
  expect(steps()).toEqual(['mud done', 'balance']);
  state.set(whole(['mud', 'balance']));
  expect(steps()).toEqual(['mud', 'balance']);
});

test('L2: of the whole mix nothing is done before it has been measured', () => {
  const { tour, state, steps, kept } = scene();
  tour.begin();
  state.set(whole(['loudness']));
  expect(steps()).toEqual(['loudness']);
  const again = scene(kept);
  again.tour.begin();
  again.state.set(whole([]));
  expect(again.steps()).toEqual(['loudness']);
  again.state.set({ ...whole([]), master: { integrated: -14, truePeak: -2 } as MixCheck['master'] });
  expect(again.steps()).toEqual(['loudness done']);
});

test('L3: what was mended before a reload is still a step, done; a song without faults has none', () => {
  const { tour, state, kept } = scene();
  tour.begin();
  state.set(whole(['mud', 'balance']));
  const again = scene(kept);
  again.tour.begin();
  again.state.set(whole(['balance']));
  expect(again.steps()).toEqual(['mud done', 'balance']);
  expect(again.tour.state.get()).toMatchObject({ current: 1 });
  const fine = scene();
  fine.tour.begin();
  fine.state.set(whole([]));
  expect(fine.steps()).toBe('nothing');
});

test('L4: before is the mix as the step was opened; another step, or leaving, goes back to the mix of now', () => {
  const { tour, state, heard, others, setRecords } = scene();
  tour.begin();
  state.set(whole(['mud', 'balance']));
  const opened: Records = new Map();
  setRecords(opened);
  tour.go(1);
  setRecords(new Map([['strips', new Map()]]));
  tour.hearBefore(true);
  expect(others.get()[0]?.mix).toEqual({ records: opened });
  expect(tour.state.get()).toMatchObject({ heard: 'before' });
  tour.go(0);
  expect([heard.get(), others.get().length]).toEqual(['mix', 0]);
  tour.hearBefore(true);
  tour.leave();
  expect([heard.get(), tour.state.get().at]).toEqual(['mix', 'off']);
});

test('L4: versions that somebody compares meanwhile stay where they are', () => {
  const { tour, state, others } = scene();
  tour.begin();
  state.set(whole(['mud', 'balance']));
  const own: Alternative = { id: 'version', name: 'Louder', mix: { changes: [] } };
  others.set([own]);
  tour.go(1);
  tour.leave();
  expect(others.get()).toEqual([own]);
});

test('a step plays from a moment of what was found, else from the chorus', () => {
  const { tour, state, played } = scene();
  tour.begin();
  state.set({ ...whole([]), findings: [found('jump', 30), found('balance')] });
  tour.play();
  tour.go(1);
  tour.play();
  expect(played).toEqual([28, 37]);
});

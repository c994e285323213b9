import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Hearing } from '../../audio';
import { MASTER, type Mix } from '../../mix';
import { createStore, Scope } from '../../std';
import { MixPrint } from './mix-print';
import { passingTime } from './passing-time.fixture';

const mixAt = (fader: number): Mix => ({
  strips: new Map([
    [MASTER, { id: MASTER, kind: 'master', name: 'Master', color: 0, order: '', stem: null, output: null, vcas: [], values: { fader } }],
  ]),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
});

let pass: ReturnType<typeof passingTime>;
beforeEach(() => {
  pass = passingTime();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A machine whose prints are done when they are let go. */
function machine() {
  const scope = new Scope();
  const mix = createStore(mixAt(0));
  const playing = createStore(false);
  const prints: { done: () => void; cancel: AbortSignal }[] = [];
  const others = createStore(true);
  const lacks = createStore<Hearing['lacks']>(new Map());
  const hearing = (): Hearing => ({ stems: 1, lacks: lacks.get(), effects: 0, rate: null, latency: 0 });
  const print = new MixPrint({
    engine: {
      player: { playing },
      hearing,
      print: (_, seed, cancel) =>
        new Promise((resolve, reject) => {
          prints.push({ done: () => resolve(`${seed}`.padEnd(64, '0')), cancel });
          cancel.addEventListener('abort', () => reject(cancel.reason));
        }),
    },
    mix,
    accompanied: () => others.get(),
    now: () => Date.now(),
    scope,
  });
  scope.every(1000, () => print.look());
  return { mix, playing, prints, others, lacks, print };
}

type Machine = ReturnType<typeof machine>;

it('a mix at rest is known, and printed when it has rested a little longer', async () => {
  const { print, prints } = machine();
  expect(print.known).toEqual({ mix: null, print: null });
  await pass(4);
  expect(print.known.mix).toMatch(/^[0-9a-f]{16}$/);
  expect(prints).toHaveLength(1);
  prints[0]?.done();
  await pass(1);
  expect(print.known.print).toHaveLength(16);
});

it('nothing is rendered alone, while the song plays, or while stems are missing', async () => {
  for (const disturb of [
    (on: boolean, { others }: Machine) => others.set(!on),
    (on: boolean, { playing }: Machine) => playing.set(on),
    (on: boolean, { lacks }: Machine) => lacks.set(new Map(on ? [['bass', 'loading']] : [])),
  ]) {
    const one = machine();
    disturb(true, one);
    await pass(10);
    expect(one.prints).toHaveLength(0);
    disturb(false, one);
    await pass(4);
    expect(one.prints).toHaveLength(1);
  }
});

it('a print is given up when the song begins to play, and when the mix changes', async () => {
  for (const disturb of [({ playing }: Machine) => playing.set(true), ({ mix }: Machine) => mix.set(mixAt(-6))]) {
    const one = machine();
    await pass(4);
    disturb(one);
    expect(one.prints[0]?.cancel.aborted).toBe(true);
    await pass(1);
    expect(one.print.known.print).toBeNull();
  }
});

it('the next print waits for 15 s, and on a slow machine for ten times what the last one took, a minute at most', async () => {
  const { mix, prints } = machine();
  await pass(3);
  prints[0]?.done();
  mix.set(mixAt(-6));
  await pass(14);
  expect(prints).toHaveLength(1);
  await pass(2);
  expect(prints).toHaveLength(2);
  await pass(3);
  prints[1]?.done();
  mix.set(mixAt(-9));
  await pass(36);
  expect(prints).toHaveLength(2);
  await pass(6);
  expect(prints).toHaveLength(3);
  await pass(20);
  prints[2]?.done();
  mix.set(mixAt(-12));
  await pass(58);
  expect(prints).toHaveLength(3);
  await pass(4);
  expect(prints).toHaveLength(4);
});

it('a mix that came back to what was printed needs no new print', async () => {
  const { mix, prints, print } = machine();
  await pass(4);
  prints[0]?.done();
  await pass(1);
  mix.set(mixAt(-6));
  mix.set(mixAt(0));
  expect(print.known.mix).toBeNull();
  await pass(40);
  expect(prints).toHaveLength(1);
  expect(print.known.print).not.toBeNull();
});

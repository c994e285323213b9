import { expect, it } from 'vitest';
import { MASTER, type Mix, type Strip } from '../../mix';
import { DeskMonitor } from './monitor';

const strip = (id: string): Strip => ({
  ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: null, output: MASTER, vcas: [], values: {} },
});

const mixOf = (...ids: readonly string[]): Mix => ({
  strips: new Map(ids.map((id) => [id, strip(id)])),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), automation: new Map(), presets: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
});

const heard = { soloChanged: () => {}, listeningChanged: () => {}, dipChanged: () => {} };

it('a soloed strip that is removed is soloed no more, and is not when it comes back', () => {
  const monitor = new DeskMonitor(heard, null);
  monitor.toggleSolo('a', false);
  monitor.toggleSolo('b', false);
  monitor.forgetGone(mixOf('b', 'c'));
  expect([...monitor.soloed.get()]).toEqual(['b']);
  monitor.forgetGone(mixOf('c'));
  monitor.forgetGone(mixOf('a', 'b', 'c'));
  expect(monitor.soloed.get().size).toBe(0);
});

it('a change that removes nobody leaves the solos untouched', () => {
  const monitor = new DeskMonitor(heard, null);
  monitor.toggleSolo('a', false);
  const before = monitor.soloed.get();
  monitor.forgetGone(mixOf('a', 'b'));
  expect(monitor.soloed.get()).toBe(before);
});

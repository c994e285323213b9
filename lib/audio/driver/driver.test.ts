import { beforeAll, describe, expect, it } from 'vitest';
import { createDeskMemory, type Desk, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { type Insert, MASTER, type Mix, type Strip, type Target, type Values } from '../../mix';
import { DeskMeters } from '../meters/meters';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const GAIN: Target = { on: 'strip', id: 'a', parameter: 'eq.1.gain' };
const EQ_ON = { 'eq.on': 1, 'eq.1.on': 1, 'eq.1.freq': 1000, 'eq.1.type': 0 };

function mixOf(values: Values = {}, inserts: readonly Insert[] = []): Mix {
  const strip = (id: string, more: Partial<Strip>): Strip => ({
    ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: null, output: MASTER, vcas: [], values: {} },
    ...more,
  });
  const strips = [strip('a', { values: { ...EQ_ON, ...values } }), strip(MASTER, { kind: 'master', output: null })];
  return {
    strips: new Map(strips.map((one) => [one.id, one])),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    ...{ sends: new Map(), markers: new Map(), automation: new Map(), settings: { tempo: 120, metre: [4, 4], key: '' } },
  };
}

const reverbs = (count: number): Insert[] =>
  Array.from({ length: count }, (_, n) => ({ id: `r${n}`, strip: 'a', type: 'reverb', order: `a${n}`, values: {} }));

/** A driven desk whose context sleeps when told to; `memory` in bytes. */
function stand(memory?: number) {
  const desk: Desk = instantiateDesk(module, createDeskMemory(memory));
  let runs = true;
  const line = new DeskLine(desk, () => runs);
  const driver = new DeskDriver(line);
  const show = (mix: Mix, remote = false) => driver.show({ mix, sources: new Map(), soloed: new Set(), mode: 'in place', remote });
  const render = (seconds = 0.5) => {
    for (let frame = 0; frame < seconds * 48_000; frame += 128) desk.process();
  };
  return {
    ...{ desk, line, driver, show, render },
    sleep() {
      runs = false;
    },
    wake(mix: Mix) {
      runs = true;
      show(mix);
      driver.restate();
    },
    /** Where the desk has the gain of the first band, dB. */
    gain() {
      render();
      return desk.response(driver.slotOf('a'), 1000);
    },
  };
}

describe('a desk without memory for an effect', () => {
  const room = 16 * 2 ** 20;
  const most = () => {
    const { desk } = stand(room);
    const bytes = desk.insertBytes('reverb');
    let count = 0;
    try {
      for (; ; count++) desk.heap.allocate(bytes);
    } catch {
      return count;
    }
  };

  it('shows all but that effect, says which, and shows it once there is memory', () => {
    const here = stand(room);
    const ballast = Array.from({ length: most() - 1 }, () => here.desk.heap.allocate(here.desk.insertBytes('reverb')));
    const mix = mixOf({ 'eq.1.gain': 6 }, reverbs(2));
    expect(here.show(mix)).toBe(true);
    expect([...here.driver.leftOut]).toEqual(['r1']);
    expect(here.gain()).toBeCloseTo(6, 1);
    expect(here.desk.insertUsed(0)).toBe(true);
    here.show(mixOf({ 'eq.1.gain': -6 }, reverbs(2)));
    expect(here.gain()).toBeCloseTo(-6, 1);
    here.desk.heap.free(ballast[0] ?? -1);
    here.show(mix);
    expect(here.driver.leftOut.size).toBe(0);
    expect(here.gain()).toBeCloseTo(6, 1);
    expect(here.desk.insertUsed(1)).toBe(true);
  });

  it('gives back what it took, whatever went wrong', () => {
    const here = stand(room);
    const before = here.desk.heap.used;
    here.show(mixOf({}, reverbs(4)));
    here.render();
    here.show(mixOf());
    here.render();
    here.show(mixOf({ pan: 3 }));
    expect(here.desk.heap.used).toBe(before);
  });
});

describe('a desk that sleeps', () => {
  it('is shown on waking what the mix is by then', () => {
    const here = stand();
    here.show(mixOf({ 'eq.1.gain': 6 }));
    here.sleep();
    expect(here.show(mixOf({ 'eq.1.gain': -6 }))).toBe(false);
    expect(here.gain()).toBeCloseTo(6, 1);
    here.wake(mixOf({ 'eq.1.gain': -6 }));
    expect(here.gain()).toBeCloseTo(-6, 1);
  });

  it('has after waking what a hand moved while it slept, and keeps nothing of one that let go', () => {
    const here = stand();
    const mix = mixOf({ 'eq.1.gain': 3 });
    here.show(mix);
    here.sleep();
    here.driver.setValue(GAIN, 9, false);
    here.wake(mix);
    expect(here.gain()).toBeCloseTo(9, 1);
    here.sleep();
    here.driver.setValue(GAIN, 3, false);
    here.wake(mix);
    expect(here.gain()).toBeCloseTo(3, 1);
  });

  it('has after waking the newer of a hand that let go and a mix that came after', () => {
    const here = stand();
    here.show(mixOf({ 'eq.1.gain': 3 }));
    here.driver.setValue(GAIN, 9, false);
    here.sleep();
    here.driver.setValue(GAIN, 3, false);
    const later = mixOf({ 'eq.1.gain': -3 });
    here.show(later);
    here.wake(later);
    expect(here.gain()).toBeCloseTo(-3, 1);
  });

  it('forgets no effect on its way: the memory found for it is given back', () => {
    const here = stand();
    here.show(mixOf());
    const before = here.desk.heap.used;
    here.sleep();
    here.show(mixOf({}, reverbs(1)));
    expect(here.desk.heap.used).toBe(before);
    here.wake(mixOf({}, reverbs(1)));
    here.render(0.1);
    expect(here.desk.insertUsed(0)).toBe(true);
  });

  it('clears clips and loudness on waking', () => {
    const here = stand();
    here.show(mixOf());
    const meters = new DeskMeters();
    meters.connect(here.line, here.driver);
    here.sleep();
    for (let press = 0; press < 10_000; press++) {
      meters.clearClips();
      meters.resetLoudness();
    }
    here.wake(mixOf());
    meters.restate();
    expect(here.desk.applied(here.line.write([]) ?? Number.NaN)).toBe(false);
    here.render(0.01);
    expect(here.desk.applied(here.line.write([]) ?? Number.NaN)).toBe(true);
  });
});

describe('a desk that stands still although its context runs', () => {
  it('takes all of a write or nothing, and is told everything anew when it moves again', () => {
    const here = stand();
    here.show(mixOf({ 'eq.1.gain': 3 }));
    for (let value = 0; value < 10_000; value++) here.driver.setValue(GAIN, 6 + (value % 2), false);
    expect(here.line.awake).toBe(false);
    expect(here.line.recovers()).toBe(false);
    const mix = mixOf({ 'eq.1.gain': -3 });
    expect(here.show(mix)).toBe(false);
    here.render(0.1);
    expect(here.line.recovers()).toBe(true);
    here.show(mix);
    here.driver.restate();
    expect(here.gain()).toBeCloseTo(-3, 1);
  });
});

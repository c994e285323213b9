import { beforeAll, describe, expect, it } from 'vitest';
import { createDeskMemory, type Desk, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { type Insert, MASTER, type Mix, type Strip, type Target, targetKey, type Values } from '../../mix';
import { DeskMeters } from '../meters/meters';
import { DeskDriver } from './driver';
import { DeskLine } from './line';
import { shortOf } from './shortage';

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
    ...{
      sends: new Map(),
      markers: new Map(),
      automation: new Map(),
      presets: new Map(),
      settings: { tempo: 120, metre: [4, 4], key: '' },
    },
  };
}

/** `mix` with a lane on that gain. */
const ridden = (mix: Mix, values: readonly number[]): Mix => {
  const points = values.map((value, at) => ({ id: `p${at}`, at, value, curve: 'hold' as const }));
  return { ...mix, automation: new Map([[targetKey(GAIN), { id: targetKey(GAIN), target: GAIN, read: true, points }]]) };
};

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
    expect([...here.driver.leftOut.inserts]).toEqual(['r1']);
    expect(here.gain()).toBeCloseTo(6, 1);
    expect(here.desk.insertUsed(0)).toBe(true);
    here.show(mixOf({ 'eq.1.gain': -6 }, reverbs(2)));
    expect(here.gain()).toBeCloseTo(-6, 1);
    here.desk.heap.free(ballast[0] ?? -1);
    here.show(mix);
    expect(here.driver.leftOut.inserts.size).toBe(0);
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

describe('an effect that is taken away before the desk has heard of it', () => {
  it('keeps its memory until then, for the desk clears it on its way', () => {
    const here = stand();
    here.show(mixOf());
    here.render(0.1);
    const used = here.desk.heap.used;
    const [, bytes] = [here.show(mixOf({}, reverbs(1))), here.desk.insertBytes('reverb')];
    here.show(mixOf());
    const other = here.desk.heap.allocate(bytes);
    here.desk.samples(other, bytes / 4).fill(1);
    here.render(0.1);
    expect(here.desk.samples(other, bytes / 4).every((sample) => sample === 1)).toBe(true);
    here.desk.heap.free(other);
    here.show(mixOf({ pan: 3 }));
    expect(here.desk.heap.used).toBe(used);
  });
});

describe('a desk without memory for a delay, a wait or a lane', () => {
  it('shows all but that, says which, and shows it once there is memory', () => {
    const here = stand(16 * 2 ** 20);
    const mix = ridden(mixOf({ 'eq.1.gain': 6, 'delay.on': 1 }), [-6]);
    const late: Strip = { ...(mix.strips.get('a') as Strip), id: 'b', name: 'b', values: { 'comp.lookahead': 2 } };
    const all: Mix = { ...mix, strips: new Map([['b', late], ...mix.strips]) };
    const ballast: number[] = [];
    for (let bytes = 2 ** 22; bytes >= 16; bytes /= 2) {
      try {
        for (;;) ballast.push(here.desk.heap.allocate(bytes));
      } catch {}
    }
    expect(here.show(all)).toBe(true);
    expect(here.driver.leftOut).toMatchObject({ delays: new Set(['a']), outputs: new Set(['a']), lanes: new Set([targetKey(GAIN)]) });
    expect(shortOf(all, here.driver.leftOut)).toContain('the delay of a, the latency compensation of a, the automation of 1 control:');
    here.desk.write([{ do: 'start', position: 0 }]);
    expect(here.gain()).toBeCloseTo(6, 1);
    expect(shortOf({ ...all, strips: new Map([['a', { ...late, name: 'Bass', stem: 's' }]]) }, here.driver.leftOut, ['s'])).toMatch(
      /stem of Bass.*Your work is safe/,
    );
    for (const address of ballast) here.desk.heap.free(address);
    const used = here.desk.heap.used;
    expect(here.show(all)).toBe(true);
    expect(shortOf(all, here.driver.leftOut)).toBeNull();
    const { delayLineBytes, waitBytes } = here.desk.layout;
    expect(here.desk.heap.used - used).toBe(delayLineBytes + waitBytes + 16);
    expect(here.gain()).toBeCloseTo(-6, 1);
  });
});

describe('a path that is later than the desk can wait', () => {
  it('is told of, with who comes too early against it and by how much', () => {
    const here = stand();
    const chain = (on: string) =>
      Array.from(
        { length: 8 },
        (_, n): Insert => ({ id: `${on}${n}`, strip: on, type: 'compressor', order: `a${n}`, values: { lookahead: 5 } }),
      );
    const mix = mixOf({ 'comp.lookahead': 5 }, [...chain('a'), ...chain('g')]);
    const a = mix.strips.get('a') as Strip;
    const group: Strip = { ...a, id: 'g', name: 'g', kind: 'group', stem: null };
    const strips = [{ ...a, output: 'g' }, { ...a, id: 'b', name: 'Bass', values: {} }, group];
    const all: Mix = { ...mix, strips: new Map([...mix.strips, ...strips.map((one) => [one.id, one] as const)]) };
    const late = 18 * 240;
    expect(here.show(all)).toBe(true);
    const over = late - here.desk.layout.longestWait;
    expect(over).toBeGreaterThan(0);
    expect([...here.driver.leftOut.ahead]).toEqual([['b', over]]);
    expect(shortOf(all, here.driver.leftOut)).toBe(
      `Bass comes ${Math.round(over / 48)} ms early: other paths are later than can be made up for. Use shorter look-aheads or fewer effects on them.`,
    );
    here.show(mixOf());
    expect(shortOf(mixOf(), here.driver.leftOut)).toBeNull();
  });
});

describe('a lane that is drawn anew', () => {
  it('keeps its memory until the desk has taken the new points, and gives it back then', () => {
    const here = stand();
    const drawn = ridden(mixOf(), [6]);
    here.show(drawn);
    here.desk.write([{ do: 'start', position: 0 }]);
    expect(here.gain()).toBeCloseTo(6, 1);
    const used = here.desk.heap.used;
    // The desk stands still, and does not take what comes now.
    for (let value = 0; value < 70_000; value++) here.line.write([{ do: 'tempo', tempo: 100 }]);
    expect(here.show(ridden(mixOf(), [-6, -6]))).toBe(false);
    expect(here.desk.heap.used).toBe(used);
    const other = here.desk.heap.allocate(32);
    here.desk.samples(other, 8).fill(Number.NaN);
    expect(here.gain()).toBeCloseTo(6, 1);
    expect(here.line.recovers()).toBe(true);
    here.show(drawn);
    here.desk.heap.free(other);
    here.render(0.1);
    here.show(drawn);
    expect(here.desk.heap.used).toBe(used);
    here.show(ridden(mixOf(), [-6]));
    expect(here.gain()).toBeCloseTo(-6, 1);
    here.show(mixOf());
    here.render(0.1);
    here.show(mixOf());
    expect(here.desk.heap.used).toBe(used - 16);
  });
});

describe('a desk that sleeps', () => {
  it('has after waking its lanes where hands have let go, and no others', () => {
    const here = stand();
    const mix = ridden(mixOf(), [3]);
    here.show(mix);
    here.desk.write([{ do: 'start', position: 0 }]);
    here.driver.setValue(GAIN, 9, false);
    expect(here.gain()).toBeCloseTo(9, 1);
    here.sleep();
    here.driver.letGo(GAIN);
    here.wake(mix);
    expect(here.gain()).toBeCloseTo(3, 1);
    here.sleep();
    here.driver.setValue(GAIN, -9, false);
    here.wake(mix);
    expect(here.gain()).toBeCloseTo(-9, 1);
    here.driver.letGo(GAIN);
    expect(here.gain()).toBeCloseTo(3, 1);
  });

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
    for (let value = 0; value < 70_000; value++) here.driver.setValue(GAIN, 6 + (value % 2), false);
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

import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from '../../desk/node';
import { decibels, difference, noise, Rig, rms } from '../../desk/rig';
import { MASTER, type Mix, type Strip, type StripKind, targetKey, type Values } from '../../mix';
import { DeskMonitor } from '../monitor/monitor';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 24_000;

const strip = (id: string, kind: StripKind, values: Values = {}, vcas: readonly string[] = []): Strip => ({
  id,
  kind,
  name: id,
  color: 0,
  order: id,
  stem: kind === 'stem' ? id : null,
  output: id === MASTER || kind === 'vca' ? null : MASTER,
  vcas,
  values,
});

function mixOf(...strips: readonly Strip[]): Mix {
  const all = [...strips, strip(MASTER, 'master', { 'limiter.on': 0 })];
  return {
    strips: new Map(all.map((one) => [one.id, one])),
    sends: new Map(),
    inserts: new Map(),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

/** A driven desk with two stems of noise, `a` and `b`. */
function driven() {
  const rig = new Rig(module);
  const signals = [noise(8 * FRAMES, 0.1, 3), noise(8 * FRAMES, 0.1, 4)] as const;
  const sources = new Map([
    ['a', rig.addStem([signals[0]])],
    ['b', rig.addStem([signals[1]])],
  ]);
  const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
  const show = (mix: Mix, ...soloed: string[]) => driver.show({ mix, sources, soloed: new Set(soloed), mode: 'in place', remote: false });
  const play = () => {
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0 }]);
    return rig.render(FRAMES + driver.latency)[0].subarray(driver.latency);
  };
  return { rig, driver, sources, signals, show, play };
}

describe('the desk that is driven', () => {
  it('gives the key of a processor to the ears alone, and the mix again once its strip is gone', () => {
    const { rig, driver, sources, signals } = driven();
    const monitor = new DeskMonitor({ soloChanged: () => {}, listeningChanged: () => {}, dipChanged: () => {} }, null);
    const show = (mix: Mix) => {
      monitor.forgetGone(mix);
      driver.show({ mix, sources, soloed: new Set(), mode: 'in place', key: monitor.key.get(), remote: false });
    };
    monitor.hearKey({ on: 'strip', id: 'a', processor: 'gate' });
    show(mixOf(strip('a', 'stem', { fader: -20 }), strip('b', 'stem')));
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0 }]);
    const heard: number[] = [];
    const keep = () => heard.push(...rig.desk.output(0).slice(0, 128));
    for (let n = 0; n < 100; n++) {
      rig.desk.process();
      keep();
    }
    const { latency } = driver;
    const from = 6000;
    expect(difference(heard.slice(from + latency, from + latency + 1000), signals[0].subarray(from, from + 1000))).toBeLessThan(1e-6);
    show(mixOf(strip('b', 'stem')));
    expect(monitor.key.get()).toBeNull();
    for (let n = 0; n < 100; n++) rig.desk.process();
    expect(difference(rig.desk.output(0), rig.desk.mix(0))).toBe(0);
  });

  it('hears a hand on a VCA on all its members at once, and nothing of it once the mix is shown again', () => {
    const { rig, driver, show, play } = driven();
    show(mixOf(strip('a', 'stem', {}, ['v']), strip('b', 'stem', {}, ['v']), strip('v', 'vca')));
    const before = rms(play());
    driver.setValue({ on: 'strip', id: 'v', parameter: 'fader' }, -12, false);
    rig.render(9600);
    expect(decibels(rms(rig.render(FRAMES)[0]) / before)).toBeCloseTo(-12, 0);
    driver.setValue({ on: 'strip', id: 'v', parameter: 'fader' }, 0, false);
    rig.render(9600);
    expect(decibels(rms(rig.render(FRAMES)[0]) / before)).toBeCloseTo(0, 0);
  });

  it('hears a soloed VCA as its members', () => {
    const { show, play, signals } = driven();
    show(mixOf(strip('a', 'stem', {}, ['v']), strip('b', 'stem'), strip('v', 'vca')), 'v');
    expect(difference(play(), signals[0].subarray(0, FRAMES))).toBe(0);
  });

  it.each(['after', 'before'] as const)('listens to a VCA as to all its members, %s the fader', (mode) => {
    const { rig, driver, sources, signals } = driven();
    const mix = mixOf(strip('a', 'stem', {}, ['v']), strip('b', 'stem'), strip('v', 'vca'));
    driver.show({ mix, sources, soloed: new Set(['v']), mode, remote: false });
    rig.play(0, 12_800 - driver.latency);
    const { latency } = driver;
    expect(difference(rig.desk.output(0), signals[0].subarray(12_672 - latency, 12_800 - latency))).toBeLessThan(1e-6);
    driver.show({ mix, sources, soloed: new Set(), mode, remote: false });
    rig.render(38 * 128);
    expect(difference(rig.desk.output(0), rig.desk.mix(0))).toBe(0);
  });

  it('hears a soloed strip ducked by a group as in the mix, and nothing of the group', () => {
    const ducked = { 'comp.on': 1, 'comp.threshold': -50, 'comp.ratio': 20 };
    const mix = (group: Values) =>
      mixOf({ ...strip('a', 'stem', ducked), key: 'g' }, { ...strip('b', 'stem'), output: 'g' }, strip('g', 'group', group));
    const soloed = driven();
    soloed.show(mix({}), 'a');
    const alone = soloed.play();
    const muted = driven();
    muted.show(mix({ mute: 1 }));
    expect(difference(alone, muted.play())).toBe(0);
    expect(decibels(rms(alone) / rms(soloed.signals[0].subarray(0, FRAMES)))).toBeLessThan(-12);
  });

  it('delays where the delay is switched on by automation alone', () => {
    const { show, play, signals } = driven();
    const target = { on: 'strip', id: 'a', parameter: 'delay.on' } as const;
    const lane = { id: targetKey(target), target, read: true, points: [{ id: 'p', at: 0, value: 1, curve: 'hold' as const }] };
    const mix = mixOf(strip('a', 'stem', { 'delay.time': 100 }), strip('b', 'stem', { mute: 1 }));
    show({ ...mix, automation: new Map([[lane.id, lane]]) });
    const heard = play();
    expect(rms(heard.subarray(0, 4800))).toBe(0);
    expect(difference(heard.subarray(4800), signals[0].subarray(0, FRAMES - 4800))).toBe(0);
  });

  it('finds memory for a delay when it is switched on, once for each place', () => {
    const { rig, show, play, signals } = driven();
    show(mixOf(strip('a', 'stem'), strip('b', 'stem', { mute: 1 })));
    expect(difference(play(), signals[0].subarray(0, FRAMES))).toBe(0);
    const late = mixOf(strip('a', 'stem', { 'delay.on': 1, 'delay.time': 100 }), strip('b', 'stem', { mute: 1 }));
    const used = () => rig.desk.memory.buffer.byteLength;
    show(late);
    rig.desk.write([{ do: 'stop' }]);
    rig.render(4800);
    const heard = play();
    expect(heard.subarray(0, 4800).every((x) => x === 0)).toBe(true);
    expect(difference(heard.subarray(4800), signals[0].subarray(0, FRAMES - 4800))).toBe(0);
    const once = used();
    for (let round = 0; round < 50; round++) {
      show(mixOf(strip('a', 'stem'), strip('b', 'stem', { mute: 1 })));
      show(late);
      rig.render(128);
    }
    expect(used()).toBe(once);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { createLoudnessMeter } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { decibels, noise, Rig, rms, sine } from '../../desk/rig';
import { BEFORE, splatter } from '../../desk/splatter';
import { type Insert, MASTER, type Mix, type Strip, sendId, type Values } from '../../mix';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const TONE = 0.02;
/** Between two switches: 0.25 s, so that they fall anywhere in a period. */
const APART = 11_987;
const SWITCHES = 24;
/** The page looks every 50 ms, so that what comes next comes late by up to so much. */
const LOOK = 19 * 128;

const strip = (id: string, values: Values, more: Partial<Strip> = {}): Strip => ({
  ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values },
  ...more,
});
const insert = (id: string, on: string, type: Insert['type'], values: Values): Insert => ({ id, strip: on, type, order: 'a0', values });

function mixOf(strips: readonly Strip[], inserts: readonly Insert[] = [], sends: Readonly<Record<string, Values>> = {}): Mix {
  const all = [...strips, strip(MASTER, { 'limiter.on': 0 }, { kind: 'master', stem: null, output: null })];
  return {
    strips: new Map(all.map((one) => [one.id, one])),
    sends: new Map(
      Object.entries(sends).map(([id, values]) => {
        const [from = '', to = ''] = id.split('>');
        return [sendId(from, to), { id: sendId(from, to), from, to, values }];
      }),
    ),
    inserts: new Map(inserts.map((one) => [one.id, one])),
    ...{ markers: new Map(), presets: new Map(), automation: new Map() },
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

/** Two versions of a song that have little in common: other routes, effects, delays, latencies. Neither bends a wave by itself. */
const ROUGH = mixOf([strip('a', { fader: -3, 'eq.on': 1, 'eq.2.gain': 6, pan: -30 }), strip('b', { fader: -8, mute: 1 })]);
const DENSE = mixOf(
  [
    strip('a', { fader: 1, 'delay.on': 1, 'delay.time': 7, 'hpf.on': 1, 'hpf.freq': 40, pan: 20 }, { output: 'g', vcas: ['v'] }),
    strip('b', { fader: -4 }, { output: 'g' }),
    strip('g', { fader: -2 }, { kind: 'group', stem: null }),
    strip('v', { fader: -3 }, { kind: 'vca', stem: null, output: null }),
    strip('hall', { fader: -6 }, { kind: 'aux', stem: null }),
  ],
  [
    insert('room', 'hall', 'reverb', { mix: 100 }),
    insert('wide', 'a', 'width', { width: 140 }),
    insert('look', 'g', 'limiter', { ceiling: 0 }),
    insert('tone', 'b', 'eq', { 'eq.2.gain': -5 }),
  ],
  { 'a>hall': { level: -9 } },
);

function playing(signal: (seed: number) => Float32Array) {
  const rig = new Rig(module);
  const sources = new Map([
    ['a', rig.addStem([signal(1)])],
    ['b', rig.addStem([signal(2)])],
  ]);
  const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
  const showing = { sources, soloed: new Set<string>(), mode: 'in place', remote: false } as const;
  /** Shows another mix as the page does, and plays on for `frames`. */
  const switchTo = (mix: Mix, frames: number): Float32Array => {
    expect(driver.show({ ...showing, mix, switched: true })).toBe(true);
    const sound = rig.render(frames, 128, (done) => {
      if (done % LOOK === 0) driver.goesOn();
    });
    return sound[0];
  };
  driver.show({ ...showing, mix: ROUGH });
  rig.desk.write([{ do: 'loop', range: { from: 0, until: 192_000 } }]);
  rig.loopFrom = 0;
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  rig.render(24_000);
  return { rig, driver, showing, switchTo };
}

describe('switching between two versions while the song plays', () => {
  it('clicks nowhere', () => {
    const { rig, switchTo } = playing((seed) => sine(150 * seed, 3 * 192_000, TONE));
    let worst = Number.NEGATIVE_INFINITY;
    let last = rig.render(4800)[0].slice(-BEFORE);
    for (let n = 0; n < SWITCHES; n++) {
      const left = switchTo(n % 2 === 0 ? DENSE : ROUGH, APART);
      worst = Math.max(worst, splatter(Float32Array.from([...last, ...left]), TONE));
      last = left.slice(-BEFORE);
    }
    console.log(`${SWITCHES} switches: at most ${worst.toFixed(1)} dB above 12 kHz`);
    expect(worst).toBeLessThan(-20);
  });

  it('leaves no gap: no 5 ms are quieter than the quieter version by more than a cross-fade of unlike sounds', () => {
    const { switchTo } = playing((seed) => noise(3 * 192_000, 0.1, seed));
    const levels = (sound: Float32Array) =>
      Array.from({ length: Math.floor(sound.length / 240) }, (_, at) => rms(sound.subarray(240 * at, 240 * at + 240)));
    const settled: number[] = [];
    let lowest = Number.POSITIVE_INFINITY;
    for (let n = 0; n < SWITCHES; n++) {
      const left = switchTo(n % 2 === 0 ? DENSE : ROUGH, APART);
      lowest = Math.min(lowest, ...levels(left.subarray(0, 9600)));
      settled.push(Math.min(...levels(left.subarray(9600))));
    }
    const drop = decibels(lowest / Math.min(...settled));
    console.log(`the quietest 5 ms around ${SWITCHES} switches: ${drop.toFixed(1)} dB against the quietest elsewhere`);
    expect(drop).toBeGreaterThan(-4);
  });

  it('is equally loud to the ears, once each is turned down to the quieter by what a render measures', () => {
    const STRETCH = 40 * 4800;
    const measured = (sides: readonly Float32Array[]) => {
      const meter = createLoudnessMeter(module);
      for (let from = 0; from < STRETCH; from += 4800)
        meter.add(
          sides.map((side) => side.slice(from, from + 4800)),
          4800,
        );
      return meter.report().integrated;
    };
    const { rig, switchTo } = playing((seed) => noise(3 * 192_000, 0.1, seed));
    const heard = () => {
      const sides = [new Float32Array(STRETCH), new Float32Array(STRETCH)];
      rig.render(STRETCH, 128, (done) => {
        if (done === 0) return;
        for (const at of [0, 1] as const) sides[at]?.set(rig.desk.output(at), done - 128);
      });
      return measured(sides);
    };
    const loudness = [ROUGH, DENSE].map((mix) => {
      switchTo(mix, APART);
      return measured(rig.render(STRETCH));
    });
    const quietest = Math.min(...loudness);
    const matched = [ROUGH, DENSE].map((mix, at) => {
      switchTo(mix, APART);
      rig.desk.write([{ do: 'monitor', level: quietest - (loudness[at] ?? 0) }]);
      rig.render(4800);
      return heard();
    });
    const apart = (levels: readonly number[]) => Math.max(...levels) - Math.min(...levels);
    console.log(`${apart(loudness).toFixed(2)} LU apart as they are, ${apart(matched).toFixed(3)} LU as heard`);
    expect(apart(loudness)).toBeGreaterThan(1);
    expect(apart(matched)).toBeLessThan(0.2);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { createDeskMemory, instantiateDesk } from '../../desk';
import { loadDeskModule } from '../../desk/node';
import { MASTER } from '../../mix';
import { DeskLine } from '../driver/line';
import { DeskMeters } from './meters';
import { Spectrum } from './spectrum';
import { Taps } from './taps';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

describe('the spectrum', () => {
  const BINS = 1024;
  const tone = (bin: number, gain: number) => (_: unknown, n: number) => gain * Math.sin((Math.PI * bin * n) / BINS + 0.3);

  it('reads 0 dB for a full sine on both sides, 3 dB less on one, whatever their polarity', () => {
    const spectrum = new Spectrum(BINS);
    const into = new Float32Array(BINS);
    const read = (left: number, right: number) => {
      spectrum.left.set(Array.from({ length: 2 * BINS }, tone(200, left)));
      spectrum.right.set(Array.from({ length: 2 * BINS }, tone(200, right)));
      spectrum.measure(into);
      return into[200] ?? 0;
    };
    expect(read(1, 1)).toBeCloseTo(0, 3);
    expect(read(1, -1)).toBeCloseTo(0, 3);
    expect(read(0, 1)).toBeCloseTo(-3.01, 2);
    expect(read(0.1, 0.1)).toBeCloseTo(-20, 3);
    expect(into[600]).toBeLessThan(-120);
  });
});

describe('the taps', () => {
  it('stay with the places that are looked at, and leave those looked at longest ago', () => {
    const written: unknown[] = [];
    const line = { desk: { layout: { taps: 3 } }, write: (list: Iterable<unknown>) => written.push(...list) } as unknown as DeskLine;
    const taps = new Taps(line);
    const looks = [1, 2, 3, 1, 2, 3].map((slot) => taps.tapOf(slot, 'after'));
    expect(looks.slice(3)).toEqual(looks.slice(0, 3));
    expect(written.length).toBe(3);
    taps.tapOf(2, 'after');
    taps.tapOf(3, 'after');
    expect(taps.tapOf(1, 'before')).toBe(looks[0]);
    expect(taps.tapOf(2, 'after')).toBe(looks[1]);
    expect(written.length).toBe(4);
  });
});

describe('the meters', () => {
  it('read nothing before the sound runs, and the master and its samples after', () => {
    const meters = new DeskMeters();
    const [left, right] = [new Float32Array(256), new Float32Array(256)];
    expect(meters.spectrum({ strip: MASTER, tap: 'after' }, new Float32Array(128))).toBe(false);
    expect(meters.historyLength()).toBe(0);
    const release = meters.weigh();
    const desk = instantiateDesk(module, createDeskMemory());
    desk.write([
      { do: 'addStrip', slot: 0, kind: 'master' },
      { do: 'order', strips: [0] },
    ]);
    meters.connect(new DeskLine(desk, () => true), { slotOf: (strip) => (strip === MASTER ? 0 : -1), slotOfInsert: () => -1 });
    expect(meters.samples({ strip: MASTER, tap: 'after' }, left, right)).toBe(0);
    desk.process(512);
    expect(meters.samples({ strip: MASTER, tap: 'after' }, left, right)).toBe(512);
    expect(meters.samples({ strip: 'nobody', tap: 'after' }, left, right)).toBe(-1);
    release();
  });
});

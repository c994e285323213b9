import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, MASTER_SLOT, newLevels, noise, Rig, rms, send, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 24_000;
const mono = noise(FRAMES, 0.3, 5);
const left = noise(FRAMES, 0.3, 6);
const right = noise(FRAMES, 0.3, 7);

function rigged(operations: readonly Operation[] = []): Rig {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([mono]), rig.addStem([left, right])]), ...operations]);
  return rig;
}

const levelsOf = (rig: Rig, slot: number) => {
  const into = newLevels();
  return rig.desk.readStrip(slot, into) ? into : undefined;
};

describe('a fader', () => {
  it.each([-60, -23.7, -6, 4.2, 10])('at %f dB changes the level by exactly that', (value) => {
    const quiet = sine(440, FRAMES, 0.05);
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([quiet])]), strip(1, 'fader', value)]);
    const gain = decibels(rms(rig.play(0, FRAMES)[0]) / rms(quiet));
    expect(Math.abs(gain - value)).toBeLessThan(0.001);
  });

  it('moved while playing arrives within 60 ms', () => {
    const rig = rigged([strip(2, 'mute', 1)]);
    rig.play(0, 4800);
    rig.desk.write([strip(1, 'fader', -12, {})]);
    const got = rig.render(9600)[0];
    const from = 4800 + 2880;
    const wanted = mono.subarray(from, from + 4800).map((x) => x * 10 ** (-12 / 20));
    expect(difference(got.subarray(2880, 7680), wanted)).toBeLessThan(1e-5);
  });

  it('all the way down is silence', () => {
    const rig = rigged([strip(1, 'fader', -120), strip(2, 'fader', -120)]);
    expect(Math.max(...rig.play(0, FRAMES)[0])).toBe(0);
  });

  it('lifted by somebody else rises by at most 6 dB in 100 ms', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([sine(1000, 96_000, 0.1)])]), strip(1, 'fader', -40)]);
    rig.play(0, 4800);
    rig.desk.write([strip(1, 'fader', 0, { remote: true })]);
    const got = rig.render(48_000)[0];
    const level = (at: number) => decibels(rms(got.subarray(at, at + 480)));
    for (let at = 480; at + 5280 < 30_000; at += 480) expect(level(at + 4800) - level(at)).toBeLessThan(6.2);
    expect(level(4800) - level(0)).toBeGreaterThan(5);
    expect(level(47_000) - decibels(0.1 / Math.SQRT2)).toBeCloseTo(0, 1);
  });
});

describe('pan', () => {
  it('in the middle leaves both sides alone; a mono strip keeps its power on its way', () => {
    for (const pan of [-100, -50, 0, 30, 100]) {
      const rig = rigged([strip(2, 'mute', 1), strip(1, 'pan', pan)]);
      const [l, r] = rig.play(0, FRAMES);
      const power = (rms(l) ** 2 + rms(r) ** 2) / (2 * rms(mono) ** 2);
      expect(power).toBeCloseTo(1, 4);
      if (pan === 0) expect(difference(l, mono)).toBe(0);
      if (pan === 100) expect(rms(l)).toBeLessThan(1e-9);
    }
  });

  it('of a stereo strip is its balance', () => {
    const [l, r] = rigged([strip(1, 'mute', 1), strip(2, 'pan', 100)]).play(0, FRAMES);
    expect(rms(l)).toBeLessThan(1e-9);
    expect(difference(r, right)).toBe(0);
  });

  it('width 0 is mono, 100 untouched', () => {
    const [l, r] = rigged([strip(1, 'mute', 1), strip(2, 'width', 0)]).play(0, FRAMES);
    expect(difference(l, r)).toBe(0);
    expect(difference(rigged([strip(1, 'mute', 1)]).play(0, FRAMES)[0], left)).toBe(0);
  });
});

describe('routing', () => {
  const grouped: readonly Operation[] = [
    { do: 'addStrip', slot: 3, kind: 'group' },
    { do: 'output', strip: 3, to: MASTER_SLOT },
    { do: 'output', strip: 1, to: 3 },
    { do: 'order', strips: [1, 2, 3, MASTER_SLOT] },
  ];

  it('through a group at 0 dB is the same, to the bit', () => {
    expect(difference(rigged(grouped).play(0, FRAMES)[0], rigged().play(0, FRAMES)[0])).toBeLessThan(6e-8);
    const muted = rigged([...grouped, strip(3, 'mute', 1)]).play(0, FRAMES)[0];
    expect(difference(muted, left)).toBe(0);
  });

  it('sends after the fader follow it, sends before do not, a mute silences both', () => {
    const aux: readonly Operation[] = [
      { do: 'addStrip', slot: 4, kind: 'aux' },
      { do: 'output', strip: 4, to: MASTER_SLOT },
      { do: 'order', strips: [1, 2, 4, MASTER_SLOT] },
      strip(2, 'mute', 1),
      { do: 'addSend', slot: 0, from: 1, to: 4 },
      send(0, 'level', -6),
      strip(1, 'fader', -20),
    ];
    const gainOf = (operations: readonly Operation[]) => rms(rigged([...aux, ...operations]).play(0, FRAMES)[0]) / rms(mono);
    const fader = 10 ** (-20 / 20);
    const level = 10 ** (-6 / 20);
    expect(gainOf([])).toBeCloseTo(fader + fader * level, 5);
    expect(gainOf([send(0, 'pre', 1)])).toBeCloseTo(fader + level, 5);
    expect(gainOf([send(0, 'pre', 1), strip(1, 'mute', 1)])).toBe(0);
    expect(gainOf([{ do: 'removeSend', slot: 0 }])).toBeCloseTo(fader, 4);
  });

  it('a muted group silences its own sends after the fader, not those of its members', () => {
    const aux: readonly Operation[] = [
      { do: 'addStrip', slot: 4, kind: 'aux' },
      { do: 'output', strip: 4, to: MASTER_SLOT },
      ...grouped,
      { do: 'order', strips: [1, 2, 3, 4, MASTER_SLOT] },
      strip(2, 'mute', 1),
      strip(3, 'mute', 1),
    ];
    const heard = (from: number) => rigged([...aux, { do: 'addSend', slot: 0, from, to: 4 }, send(0, 'level', 0)]).play(0, FRAMES)[0];
    expect(difference(heard(1), mono)).toBe(0);
    expect(rms(heard(3))).toBe(0);
  });

  it('solo: what is not audible is gone, and comes back', () => {
    const rig = rigged([{ do: 'audible', strip: 2, on: false }]);
    expect(difference(rig.play(0, 4800)[0], mono.subarray(0, 4800))).toBe(0);
  });

  it('a slot used again begins with defaults', () => {
    const rig = rigged([strip(1, 'fader', -30), strip(2, 'mute', 1)]);
    rig.play(0, 2400);
    rig.desk.write([
      { do: 'removeStrip', slot: 1 },
      { do: 'addStrip', slot: 1, kind: 'stem' },
      { do: 'source', strip: 1, source: 0 },
      { do: 'output', strip: 1, to: MASTER_SLOT },
    ]);
    rig.desk.write([{ do: 'stop' }]);
    rig.render(4800);
    expect(difference(rig.play(0, 4800)[0], mono.subarray(0, 4800))).toBe(0);
  });
});

describe('meters', () => {
  it('show peak and RMS after the fader', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([sine(1000, 144_000, 0.5)])]), strip(1, 'fader', -6)]);
    rig.play(0, 140_000);
    const levels = levelsOf(rig, 1);
    expect(decibels(levels?.peakLeft ?? 0)).toBeCloseTo(-12.02, 1);
    expect(decibels(levels?.rmsRight ?? 0)).toBeCloseTo(-15.03, 1);
    expect(levels?.clipped).toBe(false);
    expect(levelsOf(rig, 17)).toBeUndefined();
  });

  it('fall by 20 dB in 1.7 s, and remember a clip until it is cleared', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([sine(1000, 4800, 1)])]), strip(1, 'trim', 2)]);
    rig.play(0, 4800 + 1.7 * 48_000);
    const levels = levelsOf(rig, 1);
    expect(decibels(levels?.peakLeft ?? 0)).toBeCloseTo(2 - 20, 0);
    expect(levels?.clipped).toBe(true);
    rig.desk.write([{ do: 'clearClips' }]);
    rig.render(128);
    expect(levelsOf(rig, 1)?.clipped).toBe(false);
  });

  it('the tap gives the chosen strip before and after', () => {
    const rig = rigged([
      { do: 'tap', tap: 0, strip: 1, where: 'before' },
      { do: 'tap', tap: 5, strip: 1, where: 'after' },
      strip(1, 'fader', -20),
      strip(2, 'mute', 1),
    ]);
    const [out] = rig.play(0, 12_800);
    const [before, after, other] = [new Float32Array(4096), new Float32Array(4096), new Float32Array(4096)];
    rig.desk.readTap(0, before, other);
    rig.desk.readTap(5, after, other);
    const end = 12_800 + rig.desk.layout.latency;
    expect(difference(before, mono.subarray(end - 4096, end))).toBe(0);
    expect(decibels(rms(after) / rms(before))).toBeCloseTo(-20, 3);
    expect(out.length).toBe(12_800);
  });
});

describe('capture', () => {
  it('keeps the mix of the wanted frames of the song, whenever they sound', () => {
    const rig = rigged();
    const address = rig.desk.heap.allocate(2 * 4 * 1000);
    rig.desk.write([{ do: 'capture', from: 5003, frames: 1000, address }]);
    const [l, r] = rig.play(0, 12_000);
    expect(rig.desk.captured).toBe(1000);
    expect(difference(rig.desk.samples(address, 1000), l.subarray(5003, 6003))).toBe(0);
    expect(difference(rig.desk.samples(address + 4000, 1000), r.subarray(5003, 6003))).toBe(0);
    expect((rig.desk.heard ?? 0) - rig.desk.ahead).toBe(12_000);
  });
});

describe('the monitor', () => {
  it('is no part of the mix', () => {
    const rig = rigged([{ do: 'monitor', level: -20, dim: true, mono: true }]);
    const [l] = rig.play(0, 12_800);
    expect(difference(l, rigged().play(0, 12_800)[0])).toBe(0);
    const last = (12_800 + rig.desk.layout.latency) % 128 || 128;
    const mid = rig.desk.mix(0, last).map((x, n) => (x + (rig.desk.mix(1)[n] ?? 0)) / 2);
    expect(
      difference(
        rig.desk.output(0, last),
        mid.map((x) => x * 0.01),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('what is not a number', () => {
  it('silences its strip within the block, is counted, and nothing else hears of it', () => {
    const bad = mono.slice();
    bad[7000] = Number.NaN;
    bad[9000] = Number.POSITIVE_INFINITY;
    const rig = new Rig(module);
    rig.desk.write([
      ...simpleConsole([rig.addStem([bad]), rig.addStem([left, right])]),
      strip(1, 'eq.3.gain', 5),
      strip(1, 'comp.on', 1),
      strip(1, 'gate.on', 1),
      strip(1, 'hpf.on', 1),
    ]);
    const [l] = rig.play(0, FRAMES);
    expect(l.every(Number.isFinite)).toBe(true);
    expect(rig.desk.faults).toEqual({ count: 2, strip: 1 });
    const block = Math.floor(7000 / 128) * 128;
    expect(difference(l.subarray(block, block + 128), left.subarray(block, block + 128))).toBe(0);
    expect(rms(l.subarray(20_000)) / rms(left.subarray(20_000))).toBeGreaterThan(1.05);
  });
});

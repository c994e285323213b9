import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, difference, MASTER_SLOT, noise, Rig, rms, send, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FRAMES = 24_000;
const one = noise(FRAMES, 0.05, 11);
const two = noise(FRAMES, 0.2, 12);

/** Two strips, and two VCAs in slots 5 and 200. */
function rigged(operations: readonly Operation[] = [], stems: readonly Float32Array[] = [one, two]): Rig {
  const rig = new Rig(module);
  rig.desk.write([
    ...simpleConsole(stems.map((stem) => rig.addStem([stem]))),
    { do: 'addStrip', slot: 5, kind: 'vca' },
    { do: 'addStrip', slot: 200, kind: 'vca' },
    { do: 'order', strips: [5, 200, ...stems.map((_, index) => index + 1), MASTER_SLOT] },
    ...operations,
  ]);
  return rig;
}

const follow = (slot: number, ...vcas: number[]): Operation => ({ do: 'vcas', strip: slot, vcas });

describe('a VCA', () => {
  it('adds its decibels to the faders of its members, those of several VCAs too, and leaves all others to the bit', () => {
    const gains = (operations: readonly Operation[]) => rms(rigged([strip(2, 'mute', 1), ...operations]).play(0, FRAMES)[0]) / rms(one);
    expect(decibels(gains([follow(1, 5), strip(5, 'fader', -7)]))).toBeCloseTo(-7, 3);
    expect(decibels(gains([follow(1, 5, 200), strip(5, 'fader', -7), strip(200, 'fader', 3), strip(1, 'fader', -4)]))).toBeCloseTo(-8, 3);
    expect(decibels(gains([follow(1, 5), strip(5, 'fader', 10), strip(1, 'fader', 8)]))).toBeCloseTo(18, 3);
    const plain = rigged().play(0, FRAMES)[0];
    expect(difference(rigged([strip(5, 'fader', -7), strip(200, 'mute', 1)]).play(0, FRAMES)[0], plain)).toBe(0);
    expect(difference(rigged([follow(1, 5, 200)]).play(0, FRAMES)[0], plain)).toBe(0);
  });

  it('all the way down, or muted, is silence for its members, whatever another VCA says', () => {
    for (const silent of [strip(5, 'fader', -120), strip(5, 'mute', 1)]) {
      const rig = rigged([follow(1, 5, 200), follow(2, 5), strip(200, 'fader', 10), silent]);
      expect(rig.play(0, FRAMES)[0].every((x) => x === 0)).toBe(true);
    }
  });

  it('acts as the strip’s own controls: sends before the fader go on when it is turned down, not when it is muted', () => {
    const aux: readonly Operation[] = [
      { do: 'addStrip', slot: 4, kind: 'aux' },
      { do: 'output', strip: 4, to: MASTER_SLOT },
      { do: 'order', strips: [5, 200, 1, 2, 4, MASTER_SLOT] },
      strip(2, 'mute', 1),
      { do: 'addSend', slot: 0, from: 1, to: 4 },
      send(0, 'level', 0),
      follow(1, 5),
    ];
    const heard = (operations: readonly Operation[]) => rms(rigged([...aux, ...operations]).play(0, FRAMES)[0]) / rms(one);
    expect(heard([strip(5, 'fader', -120)])).toBe(0);
    expect(heard([strip(5, 'fader', -120), send(0, 'pre', 1)])).toBeCloseTo(1, 6);
    expect(heard([strip(5, 'mute', 1), send(0, 'pre', 1)])).toBe(0);
  });

  it('moved while it plays takes its members along without a step', () => {
    const tone = sine(100, 48_000, 0.25);
    const rig = rigged([follow(1, 5)], [tone]);
    rig.play(0, 12_000);
    rig.desk.write([strip(5, 'fader', -20, {})]);
    const [moved] = rig.render(4800);
    const jump = Math.max(...moved.map((x, n) => (n === 0 ? 0 : Math.abs(x - (moved[n - 1] ?? 0)))));
    // The tone itself moves by 0.0033 a sample.
    expect(jump).toBeLessThan(0.0045);
    expect(decibels(rms(rig.render(4800)[0]) / (0.25 / Math.SQRT2))).toBeCloseTo(-20, 1);
  });

  it('lifted by somebody else lets its members rise by at most 6 dB in 100 ms', () => {
    const rig = rigged([follow(1, 5), strip(5, 'fader', -40)], [sine(1000, 96_000, 0.1)]);
    rig.play(0, 4800);
    rig.desk.write([strip(5, 'fader', 0, { remote: true })]);
    const got = rig.render(30_000)[0];
    const level = (at: number) => decibels(rms(got.subarray(at, at + 480)));
    for (let at = 480; at + 5280 < 30_000; at += 480) expect(level(at + 4800) - level(at)).toBeLessThan(6.2);
  });

  it('left or joined is faded over 20 ms', () => {
    const tone = sine(100, 96_000, 0.25);
    const rig = rigged([strip(5, 'fader', -120)], [tone]);
    rig.play(0, 12_000);
    for (const vcas of [[5], []]) {
      rig.desk.write([follow(1, ...vcas)]);
      const [moved] = rig.render(9600);
      const jump = Math.max(...moved.map((x, n) => (n === 0 ? 0 : Math.abs(x - (moved[n - 1] ?? 0)))));
      expect(jump).toBeLessThan(0.0045);
      expect(rms(moved.subarray(4800)) === 0).toBe(vcas.length === 1);
    }
  });

  it('gives the same bits whatever slots three and more VCAs have: they are multiplied in the order they are named', () => {
    const faders = [-4.4, -3.3, -6.6, -1.7, 2.9];
    const some = [5, 6, 7, 8, 9];
    for (const others of [
      [19, 18, 17, 16, 15],
      [12, 200, 11, 90, 10],
    ]) {
      const rig = new Rig(module);
      const vcas = [...some, ...others];
      rig.desk.write([
        ...simpleConsole([rig.addStem([one]), rig.addStem([one])]),
        ...vcas.map((slot): Operation => ({ do: 'addStrip', slot, kind: 'vca' })),
        ...vcas.map((slot, index) => strip(slot, 'fader', faders[index % 5] ?? 0)),
        { do: 'order', strips: [...vcas, 1, 2, MASTER_SLOT] },
        follow(1, ...some),
        follow(2, ...others),
        strip(2, 'polarity', 1),
      ]);
      expect(rig.play(0, FRAMES)[0].every((x) => x === 0)).toBe(true);
    }
  });

  it('that is gone does nothing any more', () => {
    const rig = rigged([follow(1, 5), strip(5, 'mute', 1), { do: 'removeStrip', slot: 5 }]);
    expect(difference(rig.play(0, FRAMES)[0], rigged().play(0, FRAMES)[0])).toBe(0);
  });
});

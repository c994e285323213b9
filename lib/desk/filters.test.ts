import { beforeAll, describe, expect, it } from 'vitest';
import { bandsResponse, cutResponse } from '../dsp';
import { SLOPES } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { BANDS, decibels, difference, noise, Rig, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const FREQUENCIES = Float64Array.from([20, 40, 80, 160, 315, 630, 1250, 2500, 5000, 7100, 10_000, 14_000, 17_000, 20_000]);
const IMPULSE_FRAMES = 96_000;

/** The strip's impulse response, in f64 through a quiet master: a click of 1 in the stem. */
function impulseResponse(operations: readonly Operation[]): { rig: Rig; response: Float32Array } {
  const click = new Float32Array(IMPULSE_FRAMES);
  click[0] = 1;
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([click])]), strip(1, 'trim', -20), ...operations]);
  return { rig, response: rig.play(0, IMPULSE_FRAMES)[0] };
}

/** Magnitude in dB of a response at `hertz`; the trim of −20 dB taken out. */
function magnitudeAt(response: Float32Array, hertz: number): number {
  let [re, im] = [0, 0];
  for (let n = 0; n < response.length; n++) {
    re += (response[n] ?? 0) * Math.cos((2 * Math.PI * hertz * n) / 48_000);
    im += (response[n] ?? 0) * Math.sin((2 * Math.PI * hertz * n) / 48_000);
  }
  return decibels(Math.hypot(re, im)) + 20;
}

/** Below this the f32 output tells nothing; below that f64 itself. */
const FLOOR = -70;
const BOTTOM = -200;

function expectSame(operations: readonly Operation[], drawn: Float64Array): void {
  const { rig, response } = impulseResponse(operations);
  FREQUENCIES.forEach((hertz, index) => {
    const wanted = drawn[index] ?? 0;
    expect(Math.max(BOTTOM, rig.desk.response(1, hertz))).toBeCloseTo(Math.max(BOTTOM, wanted), 6);
    if (wanted > FLOOR) expect(Math.abs(magnitudeAt(response, hertz) - wanted)).toBeLessThan(0.1);
  });
}

describe('a band that is drawn is what is heard, within 0.1 dB up to 20 kHz', () => {
  const shapes = [0, 1, 2, 3, 4].flatMap((type) =>
    [60, 1000, 12_000, 20_000].flatMap((freq) => [-18, 6.5].flatMap((gain) => [0.3, 0.71, 6].map((q) => ({ type, freq, gain, q })))),
  );
  it.each(shapes)('type $type at $freq Hz, $gain dB, Q $q', (shape) => {
    const set = (name: string, value: number) => strip(1, `eq.3.${name}`, value);
    const operations = [set('type', shape.type), set('freq', shape.freq), set('gain', shape.gain), set('q', shape.q)];
    expectSame(operations, bandsResponse([shape], FREQUENCIES));
  });
});

describe('a high- or low-pass is a Butterworth of its slope', () => {
  it.each(SLOPES.flatMap((slope, index) => [30, 300, 2000].map((freq) => ({ slope, index, freq }))))(
    'high-pass $slope dB/oct at $freq Hz',
    ({ slope, index, freq }) => {
      const operations = [strip(1, 'hpf.on', 1), strip(1, 'hpf.freq', freq), strip(1, 'hpf.slope', index)];
      const drawn = cutResponse('high', { freq, slope }, FREQUENCIES);
      expectSame(operations, drawn);
      const corner = cutResponse('high', { freq, slope }, Float64Array.of(freq))[0] ?? 0;
      expect(Math.abs(corner + 3.01)).toBeLessThan(0.05);
      FREQUENCIES.forEach((hertz, at) => {
        const ideal = -10 * Math.log10(1 + (freq / hertz) ** (slope / 3));
        expect(Math.abs((drawn[at] ?? 0) - ideal)).toBeLessThan(0.2);
      });
    },
  );

  it.each(SLOPES.flatMap((slope, index) => [200, 3000, 16_000].map((freq) => ({ slope, index, freq }))))(
    'low-pass $slope dB/oct at $freq Hz',
    ({ slope, index, freq }) => {
      const operations = [strip(1, 'lpf.on', 1), strip(1, 'lpf.freq', freq), strip(1, 'lpf.slope', index)];
      expectSame(operations, cutResponse('low', { freq, slope }, FREQUENCIES));
      const corner = cutResponse('low', { freq, slope }, Float64Array.of(freq))[0] ?? 0;
      expect(Math.abs(corner + 3.01)).toBeLessThan(0.05);
    },
  );
});

it('no curve is cramped: within 0.9 dB of the analogue model up to 20 kHz for ordinary settings', () => {
  const dense = Float64Array.from({ length: 200 }, (_, n) => 20 * 1000 ** (n / 199));
  for (const freq of [100, 1000, 5000, 10_000, 14_000]) {
    for (const gain of [-9, 9]) {
      for (const q of [0.71, 1, 3]) {
        const a = 10 ** (gain / 40);
        bandsResponse([{ type: 0, freq, gain, q }], dense).forEach((drawn, index) => {
          const u = (dense[index] ?? 0) / freq;
          const model = Math.hypot(1 - u * u, (a * u) / q) / Math.hypot(1 - u * u, u / (a * q));
          expect(Math.abs(drawn - decibels(model))).toBeLessThan(0.9);
        });
      }
    }
  }
});

describe('what is switched off', () => {
  const signal = noise(30_000, 0.5);
  const run = (operations: readonly Operation[]) => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([signal])]), ...operations]);
    return rig.play(0, 30_000)[0];
  };

  it('is bit-identical to nothing: bands at 0 dB, bands off, the equaliser off, filters off', () => {
    const flat = BANDS.flatMap((band) => [strip(1, `eq.${band}.freq`, 300 * band), strip(1, `eq.${band}.q`, 4)]);
    expect(difference(run(flat), signal)).toBe(0);
    const off = BANDS.flatMap((band) => [strip(1, `eq.${band}.gain`, 9), strip(1, `eq.${band}.on`, 0)]);
    expect(difference(run(off), signal)).toBe(0);
    expect(difference(run([strip(1, 'eq.2.gain', 9), strip(1, 'eq.on', 0)]), signal)).toBe(0);
  });

  it('is left out again, to the bit, once a band has gone back to 0 dB', () => {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([signal])]), strip(1, 'eq.3.gain', 12)]);
    rig.play(0, 4000);
    rig.desk.write([strip(1, 'eq.3.gain', 0, {})]);
    const { latency } = rig.desk.layout;
    const got = rig.render(24_000)[0];
    // 20 ms time constant: settled after 0.4 s.
    expect(difference(got.subarray(20_000), signal.subarray(24_000, 28_000))).toBe(0);
    expect(latency).toBeGreaterThan(0);
  });
});

describe('no click', () => {
  /** Energy above 12 kHz of what a 200 Hz sine gives while something is switched, in dB under the sine. */
  function splatter(before: readonly Operation[], during: readonly Operation[]): number {
    const rig = new Rig(module);
    rig.desk.write([...simpleConsole([rig.addStem([sine(200, 96_000, 0.1)])]), ...before]);
    rig.play(0, 9600);
    rig.desk.write(during);
    const got = rig.render(24_000)[0];
    const high = Float32Array.from(got, (x, n) => {
      // A sixth difference: nothing of 200 Hz is left, all of a step is.
      const at = (k: number) => got[n - k] ?? 0;
      return n < 6 ? 0 : x - 6 * at(1) + 15 * at(2) - 20 * at(3) + 15 * at(4) - 6 * at(5) + at(6);
    });
    return decibels(Math.max(...high.map(Math.abs)));
  }

  it('a sudden step of the signal would be found', () => {
    const jumped = Float32Array.from({ length: 1000 }, (_, n) => (n < 500 ? 0.1 : 0));
    const sixth = [1, -6, 15, -20, 15, -6, 1];
    const peak = Math.max(...jumped.map((_, n) => Math.abs(sixth.reduce((sum, c, k) => sum + c * (jumped[n - k] ?? 0.1), 0))));
    expect(decibels(peak)).toBeGreaterThan(-6);
  });

  it.each([
    ['a fader', [], [strip(1, 'fader', -30, {})]],
    ['a mute', [], [strip(1, 'mute', 1, {})]],
    ['polarity', [], [strip(1, 'polarity', 1, {})]],
    ['pan', [], [strip(1, 'pan', 100, {})]],
    ['a high-pass', [strip(1, 'hpf.freq', 400), strip(1, 'hpf.slope', 5)], [strip(1, 'hpf.on', 1, {})]],
    ['a slope', [strip(1, 'hpf.on', 1), strip(1, 'hpf.freq', 300)], [strip(1, 'hpf.slope', 4, {})]],
    ['a band', [strip(1, 'eq.2.freq', 200)], [strip(1, 'eq.2.gain', 12, {})]],
    ['a band switched', [strip(1, 'eq.2.freq', 200), strip(1, 'eq.2.gain', 12)], [strip(1, 'eq.2.on', 0, {})]],
    ['a type', [strip(1, 'eq.2.freq', 200), strip(1, 'eq.2.gain', 12)], [strip(1, 'eq.2.type', 1, {})]],
    ['a gate', [strip(1, 'gate.threshold', 0)], [strip(1, 'gate.on', 1, {})]],
    ['a compressor', [strip(1, 'comp.threshold', -40)], [strip(1, 'comp.on', 1, {})]],
    ['another route', [], [{ do: 'output', strip: 1, to: -1 }]],
    [
      'a strip that goes',
      [],
      [
        { do: 'removeStrip', slot: 1 },
        { do: 'order', strips: [0] },
      ],
    ],
    ['a stop', [], [{ do: 'stop' }]],
    ['a seek', [], [{ do: 'seek', position: 40_000 }]],
  ] satisfies readonly (readonly [string, readonly Operation[], readonly Operation[]])[])('from %s', (_, before, during) => {
    expect(splatter(before, during)).toBeLessThan(-45);
  });

  it('and the sine alone shows nothing', () => {
    expect(splatter([], [])).toBeLessThan(-95);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { Fft, hannWindow } from '../dsp';
import { loadDeskModule } from './node';
import { decibels, MASTER_SLOT, Rig, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SIZE = 16_384;
/** The tone lies on a bin of the spectrum, so that it stays in its place. */
const TONE = (341 * 48_000) / SIZE;

function playing(signal: Float32Array): Rig {
  const rig = new Rig(module);
  rig.desk.write([...simpleConsole([rig.addStem([signal])]), strip(MASTER_SLOT, 'limiter.on', 1)]);
  rig.play(0, 9600);
  return rig;
}

/** The greatest line above 6 kHz, in dB under the tone of 1 kHz as it was before. */
function highestLine(signal: Float32Array): number {
  const window = hannWindow(SIZE);
  const real = Float64Array.from({ length: SIZE }, (_, n) => (signal[n] ?? 0) * (window[n] ?? 0));
  const imaginary = new Float64Array(SIZE);
  new Fft(SIZE).transform(real, imaginary);
  const from = Math.round((6000 * SIZE) / 48_000);
  let most = 0;
  for (let bin = from; bin < SIZE / 2; bin++) most = Math.max(most, Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0));
  // A sine of peak 0.5 has a line of 0.5 · SIZE / 4 under this window.
  return decibels(most / (0.125 * SIZE));
}

/** The spectrum of a tone around the moment at which `move` acts for the first time, called every sixtieth of a second. */
function movedSpectrum(moves: readonly { readonly to: number; readonly remote?: boolean }[]): number {
  const rig = playing(sine(TONE, 96_000, 0.5));
  const before = SIZE / 2 - 400;
  const [first] = rig.render(before);
  const rest = [...moves];
  const [then] = rig.render(SIZE - before, 100, (done) => {
    const move = done % 800 === 0 ? rest.shift() : undefined;
    if (move) rig.desk.write([strip(1, 'fader', move.to, move)]);
  });
  return highestLine(Float32Array.from([...first, ...then]));
}

describe('the spectrum of a tone whose fader is moved', () => {
  it('shows no step: above 6 kHz it is 40 dB below that of a step, whoever moves it and however far', () => {
    const hand = Array.from({ length: 9 }, (_, n) => ({ to: -3 * n }));
    const lines = {
      still: movedSpectrum([]),
      'by 1 dB': movedSpectrum([{ to: -1 }]),
      'by 30 dB': movedSpectrum([{ to: -30 }]),
      'all the way down': movedSpectrum([{ to: -120 }]),
      'by a hand, 60 times a second': movedSpectrum(hand),
      'by another’s hand': movedSpectrum(hand.map((move) => ({ ...move, remote: true }))),
    };
    // At a crest of the tone.
    const stepped = highestLine(sine(TONE, SIZE, 0.5).map((x, n) => (n < SIZE / 2 + 12 ? x : x * 10 ** (-30 / 20))));
    console.log(
      `highest line above 6 kHz, dB: ${Object.entries(lines)
        .map(([how, line]) => `${how} ${line.toFixed(1)}`)
        .join(', ')}; a step would show ${stepped.toFixed(1)}`,
    );
    for (const [how, line] of Object.entries(lines)) expect(line, how).toBeLessThan(stepped - 40);
  });
});

describe('from the fader to the sound', () => {
  it('it takes at most 30 ms in the desk until half of the way is heard, limiter and smoothing included', () => {
    const rig = playing(new Float32Array(96_000).fill(0.25));
    for (const to of [-20, 0, -120, -3]) {
      const was = rig.render(4800)[0].at(-1) ?? 0;
      rig.desk.write([strip(1, 'fader', to, {})]);
      const [heard] = rig.render(9600);
      const end = heard.at(-1) ?? 0;
      const begun = heard.findIndex((x) => Math.abs(x - was) > 1e-4);
      const halfway = heard.findIndex((x) => Math.abs(x - end) < Math.abs(was - end) / 2);
      console.log(`fader to ${to} dB: heard after ${begun} frames, half of the way after ${halfway} (${(halfway / 48).toFixed(1)} ms)`);
      expect(begun).toBeGreaterThan(0);
      expect(halfway).toBeLessThan(0.03 * 48_000);
    }
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { SEND_ROWS, STRIP_ROWS } from '../mix';
import { Chance } from './chance';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { decibels, MASTER_SLOT, Rig, send, simpleConsole, sine, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const MOVES = Number(process.env['FUZZ_MOVES'] ?? 150);
/** The tone's level, as a gain. */
const TONE = 0.02;
const [STRIP, GROUP, AUX, VCA] = [1, 2, 3, 4];
/** What does not bend a wave by itself, so that a click can only come from the moving. */
const LINEAR = STRIP_ROWS.filter(({ id }) => /^(trim|polarity|delay|hpf|lpf|eq|pan|width|mute|fader)/.test(id));

function rigged(): Rig {
  const rig = new Rig(module);
  // 150 Hz has whole periods in the loop below.
  const source = rig.addStem([sine(150, 3 * 192_000, TONE)]);
  rig.desk.write([
    ...simpleConsole([source]),
    { do: 'addStrip', slot: GROUP, kind: 'group' },
    { do: 'addStrip', slot: AUX, kind: 'aux' },
    { do: 'addStrip', slot: VCA, kind: 'vca' },
    { do: 'output', strip: STRIP, to: GROUP },
    { do: 'output', strip: GROUP, to: MASTER_SLOT },
    { do: 'output', strip: AUX, to: MASTER_SLOT },
    { do: 'order', strips: [VCA, STRIP, GROUP, AUX, MASTER_SLOT] },
    { do: 'vcas', strip: STRIP, vcas: [VCA] },
    { do: 'addSend', slot: 0, from: STRIP, to: AUX },
    send(0, 'level', -10),
    { do: 'delayLine', strip: STRIP, address: rig.desk.heap.allocate(rig.desk.layout.delayLineBytes) },
    { do: 'loop', range: { from: 0, until: 192_000 } },
  ]);
  rig.loopFrom = 0;
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  rig.render(9600);
  return rig;
}

/** One thing that a hand or a plan does, and its name. */
function anyMove(chance: Chance): readonly [string, Operation] {
  const slot = chance.of([STRIP, GROUP, AUX, MASTER_SLOT]);
  const kind = chance.next();
  if (kind < 0.1) return ['audible', { do: 'audible', strip: STRIP, on: chance.often(0.7) }];
  if (kind < 0.2) return ['output', { do: 'output', strip: STRIP, to: chance.of([GROUP, MASTER_SLOT]) }];
  if (kind < 0.25) return ['vcas', { do: 'vcas', strip: STRIP, vcas: chance.often(0.5) ? [VCA] : [] }];
  if (kind < 0.3) return ['jump', { do: 'jump', frames: chance.below(20_000) - 10_000 }];
  const how = { remote: chance.often(0.3) };
  if (kind < 0.4) {
    const row = chance.of(STRIP_ROWS.filter(({ id }) => id === 'fader' || id === 'mute'));
    return [`VCA ${row.id}`, strip(VCA, row.id, chance.valueOf(row), how)];
  }
  if (kind < 0.5) {
    const row = chance.of(SEND_ROWS);
    return [`send ${row.id}`, { ...send(0, row.id, chance.valueOf(row)), ...{ snap: false } } as Operation];
  }
  const row = chance.of(LINEAR);
  return [`${row.id} of ${slot}`, strip(slot, row.id, chance.valueOf(row), how)];
}

/**
 * What lies above 12 kHz, in dB against the greatest sample, or against the tone as it came where that is quieter (a high-pass takes it
 * away, and leaves what its fades hold above it): of a step of that size +20 dB or more, of the tone less than −70.
 */
function splatter(sound: Float32Array): number {
  let [most, peak] = [0, TONE];
  for (let n = 6; n < sound.length; n++) {
    const at = (k: number) => sound[n - k] ?? 0;
    most = Math.max(most, Math.abs(at(0) - 6 * at(1) + 15 * at(2) - 20 * at(3) + 15 * at(4) - 6 * at(5) + at(6)));
    peak = Math.max(peak, Math.abs(at(0)));
  }
  return decibels(most / peak);
}

describe('whatever is moved that bends no wave by itself', () => {
  it('never clicks', () => {
    const chance = new Chance(SEED);
    const rig = rigged();
    let worst = -200;
    let last = rig.render(4800)[0].slice(-6);
    for (let n = 0; n < MOVES; n++) {
      const [name, move] = anyMove(chance);
      rig.desk.write([move]);
      const [left] = rig.render(4800);
      const found = splatter(Float32Array.from([...last, ...left]));
      last = left.slice(-6);
      worst = Math.max(worst, found);
      expect(found, `${name} ${JSON.stringify(move)}, FUZZ_SEED=${SEED}, move ${n}`).toBeLessThan(-10);
    }
    console.log(`${MOVES} moves, FUZZ_SEED=${SEED}: at most ${worst.toFixed(1)} dB above 12 kHz`);
  });
});

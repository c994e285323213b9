import { beforeAll, describe, expect, it } from 'vitest';
import { type ParameterRow, SEND_ROWS, STRIP_ROWS } from '../mix';
import { Chance } from './chance';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { MASTER_SLOT, Rig, send, simpleConsole, sine, strip } from './rig';
import { BEFORE, splatter } from './splatter';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const MOVES = Number(process.env['FUZZ_MOVES'] ?? 150);
/** The tone's level, as a gain. */
const TONE = 0.0002;
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

/** A value of a row; what only makes louder is left out, so that the tone is never far below what a fade's corners leave of it. */
function valueNoLouder(chance: Chance, row: ParameterRow): number {
  const value = chance.valueOf(row);
  return /^(trim|fader|level)$/.test(row.id) ? Math.min(0, value) : value;
}

/** One thing that a hand or a plan does, and its name; the song stands at `position`. */
function anyMove(chance: Chance, position: number): readonly [string, Operation] {
  const slot = chance.of([STRIP, GROUP, AUX, MASTER_SLOT]);
  const kind = chance.next();
  if (kind < 0.1) return ['audible', { do: 'audible', strip: STRIP, on: chance.often(0.7) }];
  if (kind < 0.2) return ['output', { do: 'output', strip: STRIP, to: chance.of([GROUP, MASTER_SLOT]) }];
  if (kind < 0.25) return ['vcas', { do: 'vcas', strip: STRIP, vcas: chance.often(0.5) ? [VCA] : [] }];
  if (kind < 0.3) return ['jump', { do: 'jump', frames: Math.max(-position, chance.below(20_000) - 10_000) }];
  const how = { remote: chance.often(0.3) };
  if (kind < 0.4) {
    const row = chance.of(STRIP_ROWS.filter(({ id }) => id === 'fader' || id === 'mute'));
    return [`VCA ${row.id}`, strip(VCA, row.id, valueNoLouder(chance, row), how)];
  }
  if (kind < 0.5) {
    const row = chance.of(SEND_ROWS);
    return [`send ${row.id}`, { ...send(0, row.id, valueNoLouder(chance, row)), ...{ snap: false } } as Operation];
  }
  const row = chance.of(LINEAR);
  return [`${row.id} of ${slot}`, strip(slot, row.id, valueNoLouder(chance, row), how)];
}

/** Where filters are asked how much they lift, Hz: the tone, and what a click is heard by. */
const ASKED = [150, 12_000, 15_000, 18_000, 21_000];
const AFTER_ONE_ANOTHER = [STRIP, GROUP, AUX, MASTER_SLOT];

/** How much of the tone, as a gain, the filters as they are now could leave of an edge, whatever way it took: each where it lifts most. */
const lifted = (rig: Rig): number =>
  TONE *
  10 ** (AFTER_ONE_ANOTHER.reduce((sum, slot) => sum + Math.max(0, ...ASKED.map((hertz) => rig.desk.response(slot, hertz))), 0) / 20);

/** The safety limiter bends what is above full scale, on both sides by the louder one. */
const overloads = (sides: readonly Float32Array[]) => sides.some((side) => side.some((sample) => Math.abs(sample) > 0.99));

describe('whatever is moved that bends no wave by itself', () => {
  it('never clicks', () => {
    const chance = new Chance(SEED);
    const rig = rigged();
    let [worst, compared] = [-200, 0];
    let last = rig.render(4800)[0].slice(-BEFORE);
    for (let n = 0; n < MOVES; n++) {
      const [name, move] = anyMove(chance, rig.desk.position);
      const before = lifted(rig);
      rig.desk.write([move]);
      const sides = rig.render(4800);
      const found = splatter(Float32Array.from([...last, ...sides[0]]), Math.max(before, lifted(rig)));
      last = sides[0].slice(-BEFORE);
      if (overloads(sides)) continue;
      compared++;
      worst = Math.max(worst, found);
      expect(found, `${name} ${JSON.stringify(move)}, FUZZ_SEED=${SEED}, move ${n}`).toBeLessThan(-20);
    }
    console.log(`${compared} of ${MOVES} moves, FUZZ_SEED=${SEED}: at most ${worst.toFixed(1)} dB above 12 kHz`);
    expect(compared).toBeGreaterThan(MOVES / 2);
  });
});

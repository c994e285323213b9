import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { INSERT_ROWS, type ParameterRow, SEND_ROWS, STRIP_ROWS } from '../mix';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { difference, insert, MASTER_SLOT, noise, Rig, send, simpleConsole, strip } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const LENGTH = 192_000 * 2 + 50_000;
const STEMS = [[noise(LENGTH, 0.4, 1)], [noise(LENGTH, 0.4, 2), noise(LENGTH, 0.3, 3)], [noise(LENGTH, 0.2, 4)]];
const [GROUP, REVERB_AUX, DELAY_AUX] = [4, 5, 6];

/** Three stems, a group, two auxes, with every processor at work. */
function everything(rig: Rig): Operation[] {
  const sources = STEMS.map((stem) => rig.addStem(stem));
  const addresses = (['reverb', 'delay'] as const).map((type) => rig.desk.heap.allocate(rig.desk.insertBytes(type)));
  const busy = [1, 2, 3, GROUP].flatMap((slot): Operation[] => [
    strip(slot, 'trim', -2),
    strip(slot, 'hpf.on', 1),
    strip(slot, 'lpf.on', 1),
    strip(slot, 'lpf.slope', 2),
    ...[1, 2, 3, 4, 5, 6].map((band) => strip(slot, `eq.${band}.gain`, band % 2 ? 4 : -5)),
    strip(slot, 'gate.on', 1),
    strip(slot, 'gate.threshold', -20),
    strip(slot, 'comp.on', 1),
    strip(slot, 'comp.threshold', -30),
    strip(slot, 'comp.detector', slot % 2),
    strip(slot, 'pan', 20 * slot - 50),
    strip(slot, 'width', 130),
    strip(slot, 'fader', -4),
  ]);
  return [
    ...simpleConsole(sources),
    { do: 'addStrip', slot: GROUP, kind: 'group' },
    { do: 'addStrip', slot: REVERB_AUX, kind: 'aux' },
    { do: 'addStrip', slot: DELAY_AUX, kind: 'aux' },
    ...[GROUP, REVERB_AUX, DELAY_AUX].map((slot): Operation => ({ do: 'output', strip: slot, to: MASTER_SLOT })),
    { do: 'output', strip: 1, to: GROUP },
    { do: 'addInsert', slot: 0, type: 'reverb', address: addresses[0] ?? 0 },
    { do: 'addInsert', slot: 1, type: 'delay', address: addresses[1] ?? 0 },
    { do: 'chain', strip: REVERB_AUX, inserts: [0] },
    { do: 'chain', strip: DELAY_AUX, inserts: [1] },
    ...[1, 2, 3].flatMap((slot): Operation[] => [
      { do: 'addSend', slot: 2 * slot, from: slot, to: REVERB_AUX },
      { do: 'addSend', slot: 2 * slot + 1, from: slot, to: DELAY_AUX },
      send(2 * slot, 'level', -10),
      send(2 * slot + 1, 'level', -14),
      send(2 * slot + 1, 'pre', 1),
    ]),
    ...busy,
    strip(MASTER_SLOT, 'limiter.on', 1),
    strip(MASTER_SLOT, 'limiter.gain', 6),
    { do: 'order', strips: [1, 2, 3, GROUP, REVERB_AUX, DELAY_AUX, MASTER_SLOT] },
  ];
}

function rigged(): Rig {
  const rig = new Rig(module);
  rig.desk.write(everything(rig));
  return rig;
}

describe('a console with everything at work', () => {
  it('sounds the same, bit for bit, in blocks of any size, started at any frame of the output', () => {
    const frames = 60_000;
    const [left, right] = rigged().play(150_001, frames);
    for (const block of [100, 960, 2048]) {
      const [l, r] = rigged().play(150_001, frames, block);
      expect(difference(l, left)).toBe(0);
      expect(difference(r, right)).toBe(0);
    }
    const late = rigged();
    late.render(3333);
    late.fill(150_001);
    late.desk.write([{ do: 'start', position: 150_001, at: 5001 }]);
    const skip = 5001 - 3333 + late.desk.layout.latency;
    expect(difference(late.render(skip + frames)[0].subarray(skip), left)).toBe(0);
  });

  it('sounds the same again after it has rung', () => {
    const rig = rigged();
    const first = rig.play(3000, 30_000)[0].slice();
    rig.desk.write([{ do: 'stop' }]);
    rig.render(1000);
    rig.fill(3000);
    rig.desk.write([{ do: 'start', position: 3000, at: rig.desk.outputFrame + 500 }]);
    const skip = 500 + rig.desk.layout.latency;
    expect(difference(rig.render(skip + 30_000)[0].subarray(skip), first)).toBe(0);
  });

  it('sleeps in a long silence, wakes for an operation, and plays the same afterwards', () => {
    const rig = rigged();
    const first = rig.play(3000, 10_000)[0].slice();
    rig.desk.write([{ do: 'stop' }]);
    rig.render(48_000 * 25, 2048);
    rig.desk.write([
      { do: 'removeInsert', slot: 1 },
      { do: 'chain', strip: DELAY_AUX, inserts: [] },
    ]);
    rig.render(4800);
    expect(rig.desk.insertUsed(1)).toBe(false);
    const address = rig.desk.heap.allocate(rig.desk.insertBytes('delay'));
    rig.desk.write([
      { do: 'addInsert', slot: 1, type: 'delay', address },
      { do: 'chain', strip: DELAY_AUX, inserts: [1] },
    ]);
    rig.render(48_000 * 20, 2048);
    rig.fill(3000);
    expect(difference(rig.play(3000, 10_000)[0], first)).toBe(0);
  });

  it('is not disturbed by another view of its memory', async () => {
    const { instantiateDesk } = await import('./desk');
    const rig = rigged();
    const wanted = rigged().play(0, 20_000)[0];
    rig.fill(0);
    rig.desk.write([{ do: 'start', position: 0 }]);
    const got = rig.render(20_000 + rig.desk.layout.latency, 128, (done) => {
      if (done % 1280 === 0) instantiateDesk(module, rig.desk.memory).response(1, 1000);
    })[0];
    expect(difference(got.subarray(rig.desk.layout.latency), wanted)).toBe(0);
  });
});

const anyValueOf = (row: ParameterRow) => fc.double({ min: row.min, max: row.max, noNaN: true });

/** Any value for any control of the console above, at once or not, mine or another's. */
const anyChange: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...STRIP_ROWS), fc.constantFrom(0, 1, 2, 3, GROUP, REVERB_AUX, DELAY_AUX))
    .chain(([row, slot]) =>
      fc
        .record({ value: anyValueOf(row), snap: fc.boolean(), remote: fc.boolean() })
        .map(({ value, ...how }) => strip(slot, row.id, value, how)),
    ),
  fc
    .tuple(fc.constantFrom(...SEND_ROWS), fc.integer({ min: 2, max: 7 }))
    .chain(([row, slot]) => anyValueOf(row).map((value) => send(slot, row.id, value))),
  fc.constantFrom(...INSERT_ROWS.reverb).chain((row) => anyValueOf(row).map((value) => insert('reverb', 0, row.id, value, false))),
  fc.constantFrom(...INSERT_ROWS.delay).chain((row) => anyValueOf(row).map((value) => insert('delay', 1, row.id, value, false))),
  fc.integer({ min: 0, max: LENGTH }).map((position): Operation => ({ do: 'seek', position })),
  fc.constantFrom<Operation>(
    { do: 'stop' },
    { do: 'start', position: 0 },
    { do: 'chain', strip: 1, inserts: [] },
    { do: 'chain', strip: DELAY_AUX, inserts: [1] },
    { do: 'loop', range: { from: 10_000, until: 10_777 } },
    { do: 'loop', range: null },
    { do: 'output', strip: 2, to: GROUP },
    { do: 'audible', strip: 3, on: false },
    { do: 'tempo', tempo: 61 },
    { do: 'removeSend', slot: 4 },
  ),
);

describe('whatever hands do', () => {
  it('what sounds is a number within full scale, and no strip goes wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyChange, fc.integer({ min: 1, max: 40 })), { minLength: 5, maxLength: 40 }), (changes) => {
        const rig = rigged();
        rig.fill(0);
        rig.desk.write([{ do: 'start', position: 0 }]);
        for (const [change, blocks] of changes) {
          rig.desk.write([change]);
          for (const side of rig.render(128 * blocks)) {
            for (const x of side) if (!(Math.abs(x) <= 1)) return false;
          }
        }
        return rig.desk.faults.count === 0;
      }),
      { numRuns: 60 },
    );
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import { RandomConsole, renderRandom } from './random-console';
import { Rig } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

/** The same consoles in every run; others by `FUZZ_SEED`. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
/** Song seconds rendered of each of the consoles. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 10);

/** What sounded of a console: its highest sample, whether all were numbers, and its energy. */
function played(rig: Rig, frames: number, each: () => void): { peak: number; numbers: boolean; energy: number } {
  let peak = 0;
  let energy = 0;
  for (let done = 0; done < frames; done += 128) {
    each();
    rig.desk.process(128);
    for (const side of [0, 1] as const) {
      for (const sample of rig.desk.mix(side)) {
        peak = Math.max(peak, Math.abs(sample));
        energy += sample * sample;
      }
    }
  }
  return { peak, numbers: Number.isFinite(energy), energy };
}

describe(`any console with any automation, moved by any hands (FUZZ_SEED=${SEED})`, () => {
  it.each([0, 1, 2])(
    'gives numbers only, never above full scale, and takes no more memory (%i)',
    (nth) => {
      const seed = SEED + nth;
      const rig = new Rig(module);
      const console = new RandomConsole(rig, seed);
      const { memory } = rig.desk;
      rig.fill(0);
      rig.desk.write([
        { do: 'loop', range: { from: 0, until: 480_000 } },
        { do: 'start', position: 0 },
      ]);
      const before = memory.buffer.byteLength;
      const { peak, numbers, energy } = played(rig, SECONDS * 48_000, () => void rig.desk.write(console.moves(2)));
      const told = `FUZZ_SEED=${seed}`;
      expect(numbers, told).toBe(true);
      expect(peak, told).toBeLessThanOrEqual(1);
      expect(energy, told).toBeGreaterThan(0);
      expect(rig.desk.faults.count, told).toBe(0);
      expect(rig.desk.operationsLost, told).toBe(0);
      expect(rig.desk.lateEvents, told).toBe(0);
      expect(memory.buffer.byteLength, told).toBe(before);
    },
    120_000,
  );

  it('gives the same bits twice, and in blocks of any size', () => {
    const [first = new Uint8Array(), ...others] = [128, 128, 100, 2048].map((block) =>
      renderRandom(module, (made) => new Rig(made), SEED, block),
    );
    expect(first.some((byte) => byte !== 0)).toBe(true);
    for (const other of others) expect(Buffer.compare(Buffer.from(first), Buffer.from(other)), `FUZZ_SEED=${SEED}`).toBe(0);
  }, 120_000);
});

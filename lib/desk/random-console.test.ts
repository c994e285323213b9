import { beforeAll, describe, expect, it } from 'vitest';
import { loadDeskModule } from './node';
import { RandomConsole, renderRandom } from './random-console';
import { Rig, rms } from './rig';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Song seconds rendered of each of the consoles. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 10);

describe('any console, moved by any hands', () => {
  it.each([0, 1, 2])('gives numbers only, never above full scale, and takes no more memory (%i)', (nth) => {
    const seed = SEED + nth;
    const rig = new Rig(module);
    const console = new RandomConsole(rig, seed);
    const { memory } = rig.desk;
    rig.fill(0);
    rig.desk.write([
      { do: 'loop', range: { from: 0, until: 480_000 } },
      { do: 'start', position: 0 },
    ]);
    rig.loopFrom = 0;
    const before = memory.buffer.byteLength;
    const [left, right] = rig.render(SECONDS * 48_000, 128, () => rig.desk.write(console.moves(2)));
    const told = `FUZZ_SEED=${seed}`;
    for (const side of [left, right]) {
      expect(
        side.findIndex((sample) => !(Math.abs(sample) <= 1)),
        told,
      ).toBe(-1);
      expect(rms(side), told).toBeGreaterThan(0);
    }
    expect(rig.desk.faults.count, told).toBe(0);
    expect(memory.buffer.byteLength, told).toBe(before);
  });

  it('gives the same bits twice', () => {
    const [one, other] = [0, 1].map(() => renderRandom(module, (made) => new Rig(made), SEED));
    expect(Buffer.compare(Buffer.from(one ?? []), Buffer.from(other ?? [1])), `FUZZ_SEED=${SEED}`).toBe(0);
  });
});

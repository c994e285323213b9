import { INSERT_TYPES, type InsertType } from '../mix';
import { fullConsole } from './full-console';
import { loadDeskModule } from './node';
import type { Operation } from './operation';
import { noise, Rig, simpleConsole, strip } from './rig';

/**
 * How many times faster than real time the desk renders `count` full stereo strips with two sends each, a reverb, a delay and
 * the limiter, by the CPU's own time (the best of three runs of 4 s).
 */
export async function measureStrips(count: number): Promise<number> {
  const rig = new Rig(await loadDeskModule());
  fullConsole(rig, count);
  const seconds = 4;
  return seconds / leastTime(rig, seconds);
}

/** CPU seconds for playing `seconds` from the beginning: the best of three. */
function leastTime(rig: Rig, seconds: number): number {
  const times = [0, 1, 2].map(() => {
    rig.fill(0);
    const begun = process.cpuUsage();
    rig.play(0, seconds * 48_000);
    const took = process.cpuUsage(begun).user;
    rig.desk.write([{ do: 'stop' }]);
    rig.render(4800);
    return took / 1e6;
  });
  return Math.min(...times);
}

/** How many of one processor are measured at once, so that the rest of the desk matters little. */
const COPIES = 8;

/** CPU seconds for a second of one stereo strip through operations, of which `COPIES` are made. */
async function timeOf(operations: (rig: Rig) => readonly Operation[]): Promise<number> {
  const rig = new Rig(await loadDeskModule());
  const source = rig.addStem([noise(48_000 * 5, 0.5, 1), noise(48_000 * 5, 0.5, 2)]);
  rig.desk.write([...simpleConsole(Array.from({ length: COPIES }, () => source)), ...operations(rig)]);
  return leastTime(rig, 4) / 4;
}

/** Percent of one core that each type of insert takes, at its defaults, and a strip's saturation. */
export async function measureProcessors(): Promise<ReadonlyMap<InsertType | 'saturation', number>> {
  const strips = Array.from({ length: COPIES }, (_, index) => index + 1);
  const none = await timeOf(() => []);
  const share = (time: number) => (100 * Math.max(0, time - none)) / COPIES;
  const costs = new Map<InsertType | 'saturation', number>();
  costs.set('saturation', share(await timeOf(() => strips.map((slot) => strip(slot, 'sat.on', 1)))));
  for (const type of INSERT_TYPES) {
    const time = await timeOf(({ desk }) =>
      strips.flatMap((slot): Operation[] => [
        { do: 'addInsert', slot, type, address: desk.heap.allocate(desk.insertBytes(type)) },
        { do: 'chain', strip: slot, inserts: [slot] },
      ]),
    );
    costs.set(type, share(time));
  }
  return costs;
}

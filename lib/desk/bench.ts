import { fullConsole } from './full-console';
import { loadDeskModule } from './node';
import { Rig } from './rig';

/**
 * How many times faster than real time the desk renders `count` full stereo strips with two sends each, a reverb, a delay and
 * the limiter, by the CPU's own time (the best of three runs of 4 s).
 */
export async function measureStrips(count: number): Promise<number> {
  const rig = new Rig(await loadDeskModule());
  fullConsole(rig, count);
  const seconds = 4;
  const times = [0, 1, 2].map(() => {
    rig.fill(0);
    const begun = process.cpuUsage();
    rig.play(0, seconds * 48_000);
    const took = process.cpuUsage(begun).user;
    rig.desk.write([{ do: 'stop' }]);
    rig.render(4800);
    return took / 1e6;
  });
  return seconds / Math.min(...times);
}

import type { Figure } from '../figure';
import { company, places } from './company';
import { Delays, every, passed } from './delays';
import { read } from './messages';
import type { Peer } from './peer';
import { writer } from './updates';

const WRITERS = 50;
const HERTZ = 20;
const ROUND_MS = 10_000;

/** Fifty in one room who write twenty times a second: how long until each change is known to be on disk. */
export async function acknowledgements([peer]: readonly Peer[]): Promise<Figure[]> {
  if (!peer) return [];
  const [place] = await places(peer, 1, WRITERS);
  if (!place) return [];
  const people = await company(place, WRITERS);
  const delays = new Delays();
  const acts = people.map((player, n) => {
    // The first message of each was the difference at the opening.
    const sent: number[] = [0];
    let told = 1;
    player.line.onMessage = (bytes) => {
      if (bytes[0] !== 101) return;
      const said = read(bytes);
      if (said.what !== 'saved') return;
      for (; told < said.n; told++) delays.add(performance.now() - (sent[told] ?? 0));
    };
    const write = writer(player, n % 40);
    return () => {
      sent.push(performance.now());
      write();
    };
  });
  await every(acts, HERTZ, ROUND_MS);
  await passed(1000);
  for (const { line } of people) line.cut();
  const lost = acts.length * Math.round((ROUND_MS / 1000) * HERTZ) - delays.count;
  const [p95, p99] = [delays.at(0.95), delays.at(0.99)];
  return [
    { name: 'sync, 50 writers at 20 Hz: acknowledged, p95', value: p95, unit: 'ms', goal: 100, holds: p95 <= 100 },
    { name: 'sync, 50 writers at 20 Hz: acknowledged, p99', value: p99, unit: 'ms', goal: 400, holds: p99 <= 400 },
    { name: 'sync, 50 writers at 20 Hz: not acknowledged', value: lost, unit: 'changes', goal: 0, holds: lost === 0 },
  ];
}

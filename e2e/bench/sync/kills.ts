import type { Figure } from '../figure';
import { places } from './company';
import { passed } from './delays';
import { equal, Page } from './dragging-page';
import type { Peer } from './peer';

const PEOPLE = 10;
const HERTZ = 20;
const KILLS = Number(process.env['KILLS'] ?? 20);
/** All pages have to be equal so long after the port is back. */
const MOST_MS = 5000;

/** Ends the service as a power cut would while ten people drag, again and again. What was told to be on disk must be there. */
export async function kills([peer]: readonly Peer[]): Promise<Figure[]> {
  const [place] = peer ? await places(peer, 1, PEOPLE) : [];
  if (!peer || !place) return [];
  const pages = Array.from({ length: PEOPLE }, (_, n) => new Page(place, n));
  while (!pages.every(({ synced }) => synced)) await passed(20);
  let lost = 0;
  let slowest = 0;
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const dragging = setInterval(() => {
      for (const page of pages) page.drag();
    }, 1000 / HERTZ);
    await passed(400 + ((kill * 137) % 500));
    await peer.end('SIGKILL');
    clearInterval(dragging);
    const safe = pages.map((page) => page.safe);
    await peer.start();
    const back = performance.now();
    // What is on disk, seen by somebody who brings nothing.
    const stranger = new Page({ ...place, cookies: place.cookies.slice(0, 1) }, 0);
    while (!stranger.synced) await passed(5);
    for (const [n, page] of pages.entries()) if (stranger.valueOf(page) < (safe[n] ?? 0)) lost++;
    acknowledged += safe.reduce((sum, value) => sum + value, 0);
    while (!equal(pages, [...pages, stranger])) {
      if (performance.now() - back > 4 * MOST_MS) break;
      await passed(10);
    }
    slowest = Math.max(slowest, performance.now() - back);
    stranger.close();
    console.log(
      `  kill ${kill + 1}: ${safe.join(' ')} acknowledged, ${equal(pages, pages) ? 'equal' : 'NOT equal'} after ${(performance.now() - back).toFixed(0)} ms`,
    );
  }
  for (const page of pages) page.close();
  return [
    {
      name: `sync, ${KILLS} × kill -9 with 10 people dragging: acknowledged and lost`,
      value: lost,
      unit: 'changes',
      goal: 0,
      holds: lost === 0 && acknowledged > 0,
    },
    { name: 'sync, kill -9: all pages equal after the port is back', value: slowest / 1000, unit: 's', goal: 5, holds: slowest <= MOST_MS },
  ];
}

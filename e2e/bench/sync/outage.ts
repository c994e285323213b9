import type { Figure } from '../figure';
import type { Place } from './company';
import { passed } from './delays';
import { equal, Page } from './dragging-page';

const HERTZ = 20;
/** All pages have to be equal so long after what was away is back. */
const MOST_MS = 5000;

/** Something that everybody who drags has to do without for a while. */
export interface Outage {
  readonly name: string;
  readonly ms: number;
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** People who drag through an outage, each at one of the places; what was told to be on disk must be there, and all equal soon after. */
export async function through(outage: Outage, places: readonly Place[], people: number): Promise<Figure[]> {
  const placeOf = (n: number): Place => places[n % places.length] ?? { url: '', cookies: [] };
  const pages = Array.from({ length: people }, (_, n) => new Page(placeOf(n), n));
  while (!pages.every(({ synced }) => synced)) await passed(20);
  const dragging = setInterval(() => {
    for (const page of pages) page.drag();
  }, 1000 / HERTZ);
  await passed(1500);
  await outage.begin();
  await passed(500);
  const before = pages.reduce((sum, page) => sum + page.safe, 0);
  await passed(outage.ms - 500);
  const during = pages.reduce((sum, page) => sum + page.safe, 0) - before;
  await outage.end();
  const back = performance.now();
  clearInterval(dragging);
  // By then a page has tried again, and what it sent last is not yet acknowledged to all.
  while (!equal(pages, pages) && performance.now() - back < 4 * MOST_MS) await passed(10);
  const took = performance.now() - back;
  const safe = pages.map((page) => page.safe);
  const stranger = new Page({ ...placeOf(0), cookies: placeOf(0).cookies.slice(0, 1) }, 0);
  while (!stranger.synced) await passed(5);
  const lost = pages.filter((page, n) => stranger.valueOf(page) < (safe[n] ?? 0)).length;
  for (const page of [...pages, stranger]) page.close();
  console.log(
    `  ${outage.name}: ${during} acknowledged meanwhile; equal ${(took / 1000).toFixed(1)} s after; ${safe.join(' ')} at the end`,
  );
  return [
    { name: `sync, ${outage.name}: acknowledged and lost`, value: lost, unit: 'changes', goal: 0, holds: lost === 0 },
    { name: `sync, ${outage.name}: all pages equal after`, value: took / 1000, unit: 's', goal: MOST_MS / 1000, holds: took <= MOST_MS },
  ];
}

import type { Figure } from '../figure';
import { enter, places } from './company';
import { passed } from './delays';
import type { Peer } from './peer';

const ROOMS = Number(process.env['ROOMS'] ?? 10_000);
const AT_ONCE = 20;
/** Rooms are forgotten half a minute after the last has left. */
const FORGOTTEN_MS = 32_000;
const SHARE_BEFORE = 0.2;
const MOST_MB = 16;

async function metric(peer: Peer, name: string): Promise<number> {
  const text = await (await fetch(`${peer.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1]);
}

/** What is held once nobody is there: the least of some looks, for between two collections there is always some waste. */
async function held(peer: Peer): Promise<{ heap: number; all: number; rooms: number }> {
  await passed(FORGOTTEN_MS);
  let [heap, all] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let look = 0; look < 20; look++) {
    heap = Math.min(heap, (await metric(peer, 'nodejs_heap_size_used_bytes')) / 1e6);
    all = Math.min(all, peer.memory());
    await passed(250);
  }
  return { heap, all, rooms: await metric(peer, 'sync_rooms') };
}

/** Opens and closes rooms, each with one person who hears the whole mix. */
async function visit(peer: Peer, count: number): Promise<void> {
  const rooms = await places(peer, count, 1);
  for (let n = 0; n < count; n += AT_ONCE) {
    await Promise.all(rooms.slice(n, n + AT_ONCE).map(async (place) => (await enter(place, 0)).line.cut()));
  }
}

/** Ten thousand rooms opened and closed: what stays of them. */
export async function leak([peer]: readonly Peer[]): Promise<Figure[]> {
  if (!peer) return [];
  const first = Math.round(ROOMS * SHARE_BEFORE);
  await visit(peer, first);
  const before = await held(peer);
  await visit(peer, ROOMS - first);
  const after = await held(peer);
  console.log(
    `  after ${first} rooms: heap ${before.heap.toFixed(1)} MB, all ${before.all.toFixed(0)} MB; after ${ROOMS}: heap ${after.heap.toFixed(1)} MB, all ${after.all.toFixed(0)} MB, ${after.rooms} rooms in memory`,
  );
  const grown = after.heap - before.heap;
  return [
    { name: `sync, ${ROOMS} rooms opened and closed: heap`, value: grown, unit: 'MB more', goal: MOST_MB, holds: grown <= MOST_MB },
    { name: 'sync, rooms in memory after that', value: after.rooms, unit: 'rooms', goal: 0, holds: after.rooms === 0 },
  ];
}

import type { Figure } from '../figure';
import { company, type Player, places } from './company';
import { Delays, every, passed } from './delays';
import { awareness, hand, momentsIn } from './messages';
import type { Peer } from './peer';

const PEOPLE = 4;
const MOVING = 2;
const HERTZ = 60;
const STEP_MS = 2000;
const FIRST_ROOMS = 40;
const GROWTH = 1.25;
const MOST_ROOMS = 700;
const TRIES = 3;
/** Past this a preview is late. */
const LATE_MS = 50;

interface Contestant {
  readonly peer: Peer;
  readonly rooms: Player[][];
  /** Rooms and p99 of each step so far. */
  readonly steps: { readonly rooms: number; readonly p99: number; readonly cpu: number }[];
  broken: number | null;
}

/** A preview of this player's hand. The reference server has no such message: there it goes as awareness. */
function mover(peer: Peer, { line, client }: Player): () => void {
  if (peer.name !== 'reference') return () => line.send(hand(performance.now()));
  return () => {
    const now = performance.now();
    line.send(awareness(client, Math.round(now), { hand: { key: 'strip/room/fader', value: now } }));
  };
}

async function step(contestant: Contestant, count: number): Promise<void> {
  const { peer, rooms, steps } = contestant;
  const more = await places(peer, count - rooms.length, PEOPLE);
  for (const place of more) rooms.push(await company(place, PEOPLE));
  const delays = new Delays();
  const hear = (bytes: Buffer) => {
    const now = performance.now();
    momentsIn(bytes, now, (moment) => delays.add(now - moment));
  };
  // The reference server sends to whoever spoke as well, which is not a delivery to anybody.
  for (const room of rooms)
    for (const [n, { line }] of room.entries()) line.onMessage = n < MOVING && peer.name === 'reference' ? () => {} : hear;
  const acts = rooms.flatMap((room) => room.slice(0, MOVING).map((player) => mover(peer, player)));
  await every(acts, HERTZ, STEP_MS / 4);
  const before = peer.cpu();
  const counted = delays.count;
  await every(acts, HERTZ, STEP_MS);
  await passed(100);
  const cpu = ((peer.cpu() - before) / (delays.count - counted)) * 1e6;
  steps.push({ rooms: count, p99: delays.at(0.99), cpu });
  console.log(`  previews, ${peer.name}: ${count} rooms, p99 ${delays.at(0.99)} ms, ${cpu.toFixed(1)} µs each`);
}

/** Where the p99 crosses the line, between the last two steps. */
function crossing(steps: Contestant['steps']): number {
  const [before, after] = steps.slice(-2);
  if (!after) return 0;
  if (!before || after.p99 <= LATE_MS) return after.rooms;
  const share = (LATE_MS - before.p99) / (Math.min(after.p99, 1000) - before.p99);
  return before.rooms + (after.rooms - before.rooms) * Math.max(0, Math.min(1, share));
}

/** How many rooms of four, two of them moving at 60 Hz, each server carries until the p99 passes 50 ms; step by step in turn. */
export async function previews(peers: readonly Peer[]): Promise<Figure[]> {
  const contestants: Contestant[] = peers.map((peer) => ({ peer, rooms: [], steps: [], broken: null }));
  for (let rooms = FIRST_ROOMS; rooms < MOST_ROOMS; rooms = Math.round(rooms * GROWTH)) {
    const left = contestants.filter(({ broken }) => broken === null);
    if (left.length === 0) break;
    for (const contestant of left) {
      const late = () => (contestant.steps.at(-1)?.p99 ?? 0) > LATE_MS;
      await step(contestant, rooms);
      // A step that was late is tried again: another program may have had the processor.
      for (let again = 0; again < TRIES && late(); again++) {
        contestant.steps.pop();
        await passed(500);
        await step(contestant, rooms);
      }
      if (late()) contestant.broken = crossing(contestant.steps);
    }
  }
  for (const { rooms } of contestants) for (const room of rooms) for (const { line } of room) line.cut();
  const result = (name: string) => {
    const found = contestants.find(({ peer }) => peer.name === name);
    return { rooms: found?.broken ?? MOST_ROOMS, steps: found?.steps ?? [] };
  };
  const [ours, relay, reference] = [result('ours'), result('relay'), result('reference')];
  const ratio = ours.rooms / relay.rooms;
  const common = Math.min(ours.steps.length, relay.steps.length) - 2;
  const [cost, bare] = [ours.steps[common]?.cpu ?? 0, relay.steps[common]?.cpu ?? 0];
  const rooms = (value: number) => ({ value, unit: 'rooms', peer: relay.rooms, ratio: value / relay.rooms, goal: 0.8 });
  return [
    { name: 'sync, previews: rooms of 4 until p99 > 50 ms', ...rooms(ours.rooms), holds: ratio >= 0.8 },
    { name: 'sync, previews: the same of the reference server', ...rooms(reference.rooms), holds: true },
    {
      name: 'sync, previews: CPU of a delivery',
      value: cost,
      unit: 'µs',
      peer: bare,
      ratio: cost / bare,
      goal: 1.25,
      holds: cost / bare <= 1.25,
    },
  ];
}

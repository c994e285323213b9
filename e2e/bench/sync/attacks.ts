import * as Y from 'yjs';
import { Chance } from '../../../lib/desk/chance';
import { ATTACKS, mutated, type Target } from '../../../server/sync/attacks.fixture';
import type { Figure } from '../figure';
import { enter, type Place, places } from './company';
import { Delays, passed } from './delays';
import { hand, momentsIn } from './messages';
import type { Peer } from './peer';

/** One refused change each: who is refused again and again in a room is no longer judged there. */
const ROOMS = 12;
const PEOPLE = 80;
const FRAMES = 10_000;
const PAGE_FRAMES = 11;
const QUIET_MS = 5000;

/** The longest that a hand was under way from one honest person to another while something else went on. */
async function longest(place: Place, act: () => Promise<void>): Promise<number> {
  const [one, two] = [await enter(place, 0), await enter(place, 1)];
  const delays = new Delays();
  two.line.onMessage = (bytes) => {
    const now = performance.now();
    if (bytes[0] === 103) momentsIn(bytes, now, (moment) => delays.add(now - moment));
  };
  const asking = setInterval(() => one.line.send(hand(performance.now())), 20);
  await act();
  await passed(200);
  clearInterval(asking);
  one.line.cut();
  two.line.cut();
  return delays.at(1);
}

/** What valid members could try, against the real service: how long it stops for others, and what it takes of the memory. */
export async function attacks([peer]: readonly Peer[]): Promise<Figure[]> {
  const rooms = peer ? await places(peer, ROOMS, PEOPLE) : [];
  const [first] = rooms;
  if (!peer || !first) return [];
  const victim = await enter(first, 0);
  const target: Target = { mix: Y.encodeStateAsUpdate(victim.doc), victim: victim.client };
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const chance = new Chance(seed);
  const quiet = await longest(first, () => passed(QUIET_MS));
  const before = peer.memory();
  const worst: string[] = [];
  const stops: number[] = [];
  for (const [n, { name, messages }] of ATTACKS.entries()) {
    const made = messages(target);
    // Other programs on this machine can only add: the least of three is nearest to what the attack did.
    const times: number[] = [];
    for (let turn = 0; turn < 3 && Math.min(50, ...times) >= 50; turn++) {
      times.push(
        await longest(first, async () => {
          const { line } = await enter(first, 2 + ((n + turn * 40) % (PEOPLE - 2)));
          for (const message of made) line.send(message);
          await passed(100);
          line.cut();
        }),
      );
    }
    stops.push(Math.min(...times));
    if (Math.min(...times) > 50) worst.push(`${name}: ${Math.min(...times)} ms`);
  }
  let sent = 0;
  const fuzzing = await longest(first, async () => {
    for (let page = 0; sent < FRAMES; page++) {
      const place = rooms[page % ROOMS] ?? first;
      const { line } = await enter(place, 2 + (Math.floor(page / ROOMS) % (PEOPLE - 2)));
      for (const frame of mutated(target, chance, PAGE_FRAMES)) line.send(frame);
      sent += PAGE_FRAMES;
      await passed(5);
      line.cut();
    }
  });
  await passed(2000);
  const grown = peer.memory() - before;
  console.log(
    `  ${ATTACKS.length} attacks and ${sent} mutated frames (seed ${seed}); at rest the longest was ${quiet} ms; ${worst.join('; ')}`,
  );
  const stall = Math.max(...stops);
  const found = Y.encodeStateAsUpdate((await enter(first, 1)).doc);
  const unharmed = Buffer.compare(Buffer.from(found), Buffer.from(target.mix)) === 0;
  victim.line.cut();
  return [
    { name: 'sync, attacks: longest stop for others', value: stall, unit: 'ms', peer: quiet, goal: 50, holds: stall <= 50 },
    {
      name: 'sync, 10,000 mutated frames: longest stop for others',
      value: fuzzing,
      unit: 'ms',
      peer: quiet,
      goal: 50,
      holds: fuzzing <= 50,
    },
    { name: 'sync, attacks: memory', value: grown, unit: 'MB more', goal: 50, holds: grown <= 50 },
    { name: 'sync, attacks: the mix of the honest is as it was', value: unharmed ? 1 : 0, unit: '', goal: 1, holds: unharmed },
  ];
}

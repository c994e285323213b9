import * as Y from 'yjs';
import type { Figure } from '../figure';
import { company, enter, type Place, type Player, places } from './company';
import { Delays, every, median, passed } from './delays';
import { Line } from './line';
import { momentsIn, NOTHING, read, stateVector, updateOf } from './messages';
import type { Peer } from './peer';
import { writer } from './updates';

const ROOMS = 10;
const PEOPLE = 4;
const HERTZ = 20;
const ROUND_MS = 4000;
const ROUNDS = 4;
/** The heavy room: a mix near the largest that may be, all write, and somebody new comes twice a second. */
const HEAVY_PEOPLE = 8;
const HEAVY_MARKERS = 2000;
const NEWCOMERS_MS = 500;

/** A large mix, in messages that each are let in. */
async function load({ doc, line }: Player): Promise<void> {
  let saved = 0;
  let sent = 1;
  line.onMessage = (bytes) => {
    const said = read(bytes);
    if (said.what === 'saved') saved = said.n;
  };
  const step = async (change: () => void) => {
    const before = Y.encodeStateVector(doc);
    doc.transact(change);
    line.send(updateOf(Y.encodeStateAsUpdate(doc, before)));
    sent++;
    while (sent - saved > 8) await passed(2);
  };
  const text = 'a long name '.repeat(6);
  for (let n = 0; n < HEAVY_MARKERS; n += 100) {
    await step(() => {
      for (let at = n; at < n + 100; at++) {
        const marker = new Y.Map<unknown>([
          ['at', at],
          ['name', text],
        ]);
        doc.getMap('markers').set(`marker${at}`, marker);
      }
    });
  }
  for (let lane = 0; lane < 40; lane++) {
    await step(() => {
      const points = Array.from({ length: 1000 }, (_, n) => [`p${n.toString(36)}`, `${n}.125 -${n % 60}.5 l`] as const);
      doc.getMap('automation').set(`strip/strip${lane}/fader`, new Y.Map<unknown>(points));
    });
  }
  while (saved < sent) await passed(5);
  line.onMessage = () => {};
}

/** Somebody who comes, takes the whole mix and goes. */
async function visit(place: Place, n: number): Promise<number> {
  const line = await Line.open(place.url, { cookie: place.cookies[n] ?? '' });
  const size = await new Promise<number>((resolve) => {
    line.onMessage = (bytes) => {
      const said = read(bytes);
      if (said.what === 'difference') resolve(said.bytes.length);
    };
    line.onClose = () => resolve(0);
    line.send(stateVector(NOTHING.subarray(0, 1)));
  });
  line.cut();
  return size;
}

async function round(light: readonly Player[][], acts: readonly (() => void)[]): Promise<number> {
  const delays = new Delays();
  for (const { line } of light.flat()) {
    line.onMessage = (bytes) => {
      const now = performance.now();
      momentsIn(bytes, now, (moment) => delays.add(now - moment));
    };
  }
  await every(acts, HERTZ, ROUND_MS);
  await passed(100);
  return delays.at(0.99);
}

/** Ten rooms at work, with and without one heavy room beside them: how much later the slowest hundredth of changes arrives. */
export async function neighbours([peer]: readonly Peer[]): Promise<Figure[]> {
  if (!peer) return [];
  const light: Player[][] = [];
  for (const place of await places(peer, ROOMS, PEOPLE)) light.push(await company(place, PEOPLE));
  const [place] = await places(peer, 1, HEAVY_PEOPLE + 2);
  if (!place) return [];
  await load(await enter(place, 0));
  const heavy: Player[] = [];
  for (let n = 1; n <= HEAVY_PEOPLE; n++) heavy.push(await enter(place, n));
  const acts = light.flatMap((room) => room.map(writer));
  const heavyActs = heavy.map(writer);
  const [alone, beside]: [number[], number[]] = [[], []];
  let size = 0;
  for (let n = 0; n < ROUNDS; n++) {
    alone.push(await round(light, acts));
    const visiting = setInterval(() => void visit(place, HEAVY_PEOPLE + 1).then((bytes) => (size = bytes)), NEWCOMERS_MS);
    beside.push(await round(light, [...acts, ...heavyActs]));
    clearInterval(visiting);
    console.log(`  neighbours: p99 ${alone.at(-1)} ms alone, ${beside.at(-1)} ms beside a mix of ${(size / 1e6).toFixed(1)} MB`);
  }
  for (const { line } of [...light.flat(), ...heavy]) line.cut();
  const [quiet, loud] = [median(alone), median(beside)];
  const name = 'sync, p99 of ten rooms beside a heavy one';
  return [{ name, value: loud, unit: 'ms', peer: quiet, ratio: loud / quiet, goal: 1.2, holds: loud / quiet <= 1.2 }];
}

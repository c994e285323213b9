import * as Y from 'yjs';
import type { Figure } from '../figure';
import { enter, type Place, type Player, places } from './company';
import { Delays, passed } from './delays';
import { Line } from './line';
import { difference, read, stateVector, updateOf } from './messages';
import type { Peer } from './peer';

const ROOMS = 100;
const PEOPLE = 10;
const MOST_MS = 10_000;
/** How a page of ours waits between tries (`lib/client/SPEC.md` 12): doubling up to 8 s, a random half of it less. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 8000;
/** What is in each mix. */
const STRIPS = 24;
const CONTROLS = ['fader', 'pan', 'eq.1.freq', 'eq.1.gain', 'eq.2.freq', 'eq.2.gain', 'comp.threshold', 'comp.ratio'];

/** Fills a mix as a song of a band fills it. */
function fill({ doc, line }: Player): void {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (let n = 0; n < STRIPS; n++) {
      const strip = new Y.Map<unknown>([
        ['kind', 'stem'],
        ['name', `Strip ${n}`],
      ]);
      for (const [place, control] of CONTROLS.entries()) strip.set(control, n + place / 10);
      doc.getMap('strips').set(`strip${n}`, strip);
    }
  });
  line.send(updateOf(Y.encodeStateAsUpdate(doc, before)));
}

/** One try to be in step again: asks for what is missing, brings what it has, and waits until that is on disk. */
async function inStep(place: Place, n: number, doc: Y.Doc): Promise<Line> {
  const line = await Line.open(place.url, { cookie: place.cookies[n] ?? '' });
  await new Promise<void>((resolve, reject) => {
    line.onClose = (code) => reject(new Error(`closed with ${code}`));
    line.onMessage = (bytes) => {
      const said = read(bytes);
      if (said.what === 'state-vector') line.send(difference(Y.encodeStateAsUpdate(doc, said.bytes)));
      if (said.what === 'difference') Y.applyUpdate(doc, said.bytes);
      if (said.what === 'saved') resolve();
    };
    line.send(stateVector(Y.encodeStateVector(doc)));
  });
  line.onClose = () => {};
  return line;
}

/** Tries again as a page does until it is in step. */
async function comeBack(place: Place, n: number, doc: Y.Doc): Promise<Line> {
  for (let tries = 0; ; tries++) {
    try {
      return await inStep(place, n, doc);
    } catch {
      await passed(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries + 1)) * (0.5 + Math.random() / 2));
    }
  }
}

/** A thousand people in a hundred rooms, and the service starts anew: how long until each is in step again, a change of theirs included. */
export async function reconnect([peer]: readonly Peer[]): Promise<Figure[]> {
  if (!peer) return [];
  const rooms = await places(peer, ROOMS, PEOPLE);
  const people: { readonly place: Place; readonly n: number; readonly player: Player }[] = [];
  for (const place of rooms) {
    for (let n = 0; n < PEOPLE; n++) people.push({ place, n, player: await enter(place, n) });
    const last = people.at(-1);
    if (last) fill(last.player);
  }
  await passed(1000);
  for (const { player } of people) player.line.cut();
  await peer.end('SIGTERM');
  // Each has done something meanwhile.
  for (const { n, player } of people) {
    const strip = player.doc.getMap<Y.Map<unknown>>('strips').get('room');
    strip?.set(CONTROLS[n % CONTROLS.length] ?? 'fader', n);
  }
  const starting = performance.now();
  const coming = people.map(async ({ place, n, player }) => ({ line: await comeBack(place, n, player.doc), at: performance.now() }));
  await peer.start();
  const back = performance.now();
  const delays = new Delays();
  const all = await Promise.all(coming);
  for (const { at } of all) delays.add(at - back);
  const slowest = Math.max(...all.map(({ at }) => at)) - back;
  for (const { line } of all) line.cut();
  console.log(
    `  ${people.length} people: half after ${(delays.at(0.5) / 1000).toFixed(1)} s, all after ${(slowest / 1000).toFixed(1)} s; the port was away for ${((back - starting) / 1000).toFixed(1)} s`,
  );
  const name = `sync, ${people.length} people after a restart: all in step`;
  return [{ name, value: slowest / 1000, unit: 's', goal: MOST_MS / 1000, holds: slowest <= MOST_MS }];
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import * as Y from 'yjs';
import { MixDocument } from '../../../lib/doc';
import { type StripId, setValue } from '../../../lib/mix';
import type { Figure } from '../figure';
import { enter, type Player, places } from './company';
import { median, passed } from './delays';
import { Line } from './line';
import { NOTHING, read, stateVector, updateOf } from './messages';
import type { Peer } from './peer';

const PEOPLE = 3;
const SECONDS = 3600;
/** One hand drags for two seconds, written five times a second as in `lib/client/SPEC.md` 15, and rests for one. */
const GESTURE = { seconds: 3, writes: 10 };
/** What may be under way before the next is written: an hour passes in seconds here, and no message may be lost. */
const AHEAD = 200;
const JOINS = 9;

interface Dragger {
  readonly player: Player;
  readonly mix: MixDocument;
  sent: number;
  saved: number;
}

function dragger(player: Player): Dragger {
  const { doc, line } = player;
  const one: Dragger = { player, mix: new MixDocument(doc), sent: 1, saved: 1 };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === line) return;
    one.sent++;
    line.send(updateOf(update));
  });
  line.onMessage = (bytes) => {
    const said = read(bytes);
    if (said.what === 'update' || said.what === 'difference') Y.applyUpdate(doc, said.bytes, line);
    if (said.what === 'saved') one.saved = said.n;
  };
  line.onClose = (code) => {
    throw new Error(`The line was closed with ${code}.`);
  };
  return one;
}

const STRIPS = ['room', 'delay', 'master'] as const;

/** A gesture of one person: a fader, or both ways of an equaliser's point, which is written on release alone. */
function drag({ mix }: Dragger, nth: number): (() => void)[] {
  const hand = {};
  const id = (STRIPS[nth % STRIPS.length] ?? 'room') as StripId;
  const set = (parameter: string, value: number) => setValue(mix.mix.get(), { on: 'strip', id, parameter }, value);
  return Array.from({ length: GESTURE.writes }, (_, write) => () => {
    const place = Math.sin(nth * 7 + write);
    if (nth % 2 === 0) mix.apply(set('fader', -20 + place * 10), 'gesture', hand);
    else if (write === GESTURE.writes - 1)
      mix.apply([...set('eq.2.freq', 1000 + place * 500), ...set('eq.2.gain', place * 6)], 'gesture', hand);
  });
}

/** Joins as somebody new and hears the whole mix; the result is how long that took in ms and what came. */
async function arrive(url: string, cookie: string): Promise<{ ms: number; bytes: number }> {
  const began = performance.now();
  const line = await Line.open(url, { cookie });
  const result = await new Promise<{ ms: number; bytes: number }>((inStep) => {
    line.onMessage = (bytes) => {
      const said = read(bytes);
      if (said.what !== 'difference') return;
      Y.applyUpdate(new Y.Doc(), said.bytes);
      inStep({ ms: performance.now() - began, bytes: said.bytes.length });
    };
    line.send(stateVector(NOTHING.subarray(0, 1)));
  });
  line.cut();
  return result;
}

function rowsOnDisk(folder: string): { rows: number; bytes: number } {
  const file = readdirSync(folder).find((name) => name.endsWith('.sqlite'));
  const database = new DatabaseSync(join(folder, file ?? ''), { readOnly: true });
  const { rows, bytes } = database.prepare('select count(*) as rows, sum(length(bytes)) as bytes from updates').get() as {
    rows: number;
    bytes: number | null;
  };
  database.close();
  return { rows, bytes: bytes ?? 0 };
}

/** An hour of three people who drag, as fast as it can be written; then the service starts anew, and somebody comes. */
export async function hour([peer]: readonly Peer[]): Promise<Figure[]> {
  if (!peer) return [];
  const [place, ...others] = await places(peer, 10, PEOPLE);
  if (!place) return [];
  const draggers: Dragger[] = [];
  for (let n = 0; n < PEOPLE; n++) draggers.push(dragger(await enter(place, n)));
  for (let gesture = 0; gesture < SECONDS / GESTURE.seconds; gesture++) {
    const moves = draggers.map((one, n) => drag(one, gesture * PEOPLE + n));
    for (let write = 0; write < GESTURE.writes; write++) {
      for (const move of moves) move[write]?.();
      while (draggers.some(({ sent, saved }) => sent - saved > AHEAD)) await passed(2);
    }
    await passed(0);
  }
  while (draggers.some(({ sent, saved }) => sent > saved)) await passed(5);
  for (const { player } of draggers) {
    player.line.onClose = () => {};
    player.line.cut();
  }
  const { rows } = rowsOnDisk(peer.folder);
  const cold: number[] = [];
  let bytes = 0;
  for (let n = 0; n < JOINS; n++) {
    await peer.end('SIGKILL');
    await peer.start();
    // Somebody is at another mix already: what is measured is a mix that is not in memory, not a program that has just begun.
    for (const other of others) await arrive(other.url, other.cookies[0] ?? '');
    const joined = await arrive(place.url, place.cookies[0] ?? '');
    cold.push(joined.ms);
    bytes = joined.bytes;
  }
  const warm = (await arrive(place.url, place.cookies[0] ?? '')).ms;
  const kilobytes = bytes / 1024;
  const load = median(cold);
  console.log(
    `  an hour: ${draggers.map(({ sent }) => sent).join(' + ')} updates, ${rows} rows left; joins ${cold.map((ms) => ms.toFixed(0))} ms`,
  );
  return [
    { name: 'sync, an hour of three people: document', value: kilobytes, unit: 'KB', goal: 100, holds: kilobytes <= 100 },
    { name: 'sync, an hour of three people: rows of the log', value: rows, unit: 'rows', goal: 1000, holds: rows <= 1000 },
    { name: 'sync, an hour of three people: cold join, load included', value: load, unit: 'ms', goal: 100, holds: load <= 100 },
    { name: 'sync, an hour of three people: warm join', value: warm, unit: 'ms', goal: 100, holds: warm <= 100 },
  ];
}

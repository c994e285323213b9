import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { STRIP_ROWS } from '../../../lib/mix';
import type { Figure } from '../figure';
import { company, type Player, places } from './company';
import { Delays, every, median, passed } from './delays';
import { momentsIn, updateOf } from './messages';
import type { Peer, PeerName } from './peer';

const ROOMS = 5;
const PEOPLE = 8;
const HERTZ = 60;
const ROUND_MS = 3000;
const ROUNDS = 5;
/** The window within which changes become one transaction (`server/sync/SPEC.md` 3.2). */
const WINDOW_MS = 8;

interface Round {
  readonly cpu: number;
  readonly p50: number;
}

/** Sets a field of one's own in the mix to the moment of now, and sends what that makes. */
export function writer({ doc, line }: Player, n: number): () => void {
  const field = STRIP_ROWS[n]?.id ?? 'fader';
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'hand') line.send(updateOf(update));
  });
  const strip = doc.getMap<Y.Map<unknown>>('strips').get('room');
  if (!(strip instanceof Y.Map)) throw new Error('The room is not in the mix.');
  return () => doc.transact(() => strip.set(field, performance.now()), 'hand');
}

/** The middle of what it takes to bring 4 KB onto this disk, in ms. */
function fsyncTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'fsync-'));
  const file = openSync(join(folder, 'file'), 'w');
  const times = Array.from({ length: 50 }, () => {
    const began = performance.now();
    writeSync(file, Buffer.alloc(4096, 1));
    fsyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(times);
}

async function round(peer: Peer, rooms: readonly Player[][], acts: readonly (() => void)[]): Promise<Round> {
  const delays = new Delays();
  for (const { line } of rooms.flat()) {
    line.onMessage = (bytes) => {
      const now = performance.now();
      momentsIn(bytes, now, (moment) => delays.add(now - moment));
    };
  }
  await every(acts, HERTZ, ROUND_MS / 6);
  const before = peer.cpu();
  await every(acts, HERTZ, ROUND_MS);
  await passed(200);
  // A change brought to another person is one delivery, however many travel together.
  const delivered = Math.round((ROUND_MS / 1000) * HERTZ) * acts.length * (PEOPLE - 1);
  return { cpu: ((peer.cpu() - before) / delivered) * 1e6, p50: delays.at(0.5) };
}

/** Rooms of eight who all write at 60 Hz, through gate and log on disk, beside a relay that only passes the same bytes on. */
export async function updates(peers: readonly Peer[]): Promise<Figure[]> {
  const rounds = new Map<PeerName, Round[]>();
  const commit: number[] = [];
  const at = [];
  for (const peer of peers) {
    const rooms: Player[][] = [];
    for (const place of await places(peer, ROOMS, PEOPLE)) rooms.push(await company(place, PEOPLE));
    await passed(500);
    at.push({ peer, rooms, acts: rooms.flatMap((room) => room.map(writer)) });
  }
  for (let n = 0; n < ROUNDS; n++) {
    commit.push(fsyncTime());
    for (const { peer, rooms, acts } of at) {
      const result = await round(peer, rooms, acts);
      rounds.set(peer.name, [...(rounds.get(peer.name) ?? []), result]);
      console.log(`  updates, ${peer.name}: ${result.cpu.toFixed(1)} µs each, p50 ${result.p50} ms`);
    }
  }
  for (const { rooms } of at) for (const { line } of rooms.flat()) line.cut();
  const middle = (name: PeerName, of: keyof Round) => median((rounds.get(name) ?? []).map((one) => one[of]));
  const [cpu, bare, reference] = [middle('ours', 'cpu'), middle('relay', 'cpu'), middle('reference', 'cpu')];
  const most = 1.5 * middle('relay', 'p50') + WINDOW_MS + median(commit);
  const p50 = middle('ours', 'p50');
  const against = (value: number) => ({ value, unit: 'µs', peer: bare, ratio: value / bare, goal: 1.6 });
  return [
    { name: 'sync, updates: CPU of a delivery, 8 people at 60 Hz', ...against(cpu), holds: cpu / bare <= 1.6 },
    { name: 'sync, updates: the same of the reference server with its store', ...against(reference), holds: true },
    {
      name: 'sync, updates: p50 until others have it',
      value: p50,
      unit: 'ms',
      peer: middle('relay', 'p50'),
      goal: most,
      holds: p50 <= most,
    },
  ];
}

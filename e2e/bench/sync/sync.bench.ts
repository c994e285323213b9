import { writeFileSync } from 'node:fs';
import type { Figure } from '../figure';
import { acknowledgements } from './acknowledgements';
import { attacks } from './attacks';
import { fullDisk } from './full-disk';
import { fuzz } from './fuzz';
import { hour } from './hour';
import { kills } from './kills';
import { leak } from './leak';
import { neighbours } from './neighbours';
import { outages } from './outages';
import { type Peer, type PeerName, startPeer } from './peer';
import { previews } from './previews';
import { reconnect } from './reconnect';
import { updates } from './updates';

async function beside(names: readonly PeerName[], measure: (peers: readonly Peer[]) => Promise<Figure[]>): Promise<Figure[]> {
  const peers: Peer[] = [];
  try {
    for (const name of names) peers.push(await startPeer(name));
    return await measure(peers);
  } finally {
    for (const peer of peers) await peer.dispose();
  }
}

/** What can be measured alone, by name: `SYNC=previews,updates npm run bench -- sync`. */
const PARTS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  previews: () => beside(['ours', 'relay', 'reference'], previews),
  updates: () => beside(['ours', 'relay', 'reference'], updates),
  acknowledgements: () => beside(['ours'], acknowledgements),
  hour: () => beside(['ours'], hour),
  kills: () => beside(['ours'], kills),
  attacks: () => beside(['ours'], attacks),
  reconnect: () => beside(['ours'], reconnect),
  neighbours: () => beside(['ours'], neighbours),
  leak: () => beside(['ours'], leak),
  disk: fullDisk,
  outages,
  fuzz,
};

/** The sync service beside a bare relay and the reference server, each a process of its own. */
async function main(): Promise<void> {
  const wanted = process.env['SYNC']?.split(',') ?? Object.keys(PARTS);
  const figures: Figure[] = [];
  for (const name of wanted) figures.push(...((await PARTS[name]?.()) ?? []));
  for (const { name, value, unit, ratio, goal, holds } of figures) {
    const against = ratio === undefined ? '' : `, ${ratio.toFixed(2)} × peer`;
    console.log(`${holds ? 'holds ' : 'MISSES'} ${name}: ${value.toFixed(2)} ${unit}${against} (goal ${goal})`);
  }
  const file = process.env['FIGURES'];
  if (file) writeFileSync(file, JSON.stringify(figures));
  if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
}

await main();

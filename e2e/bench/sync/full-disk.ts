import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure';
import { places } from './company';
import { through } from './outage';
import { startPeer } from './peer';

const MEGABYTES = 64;
const FULL_MS = 10_000;
const PEOPLE = 8;

/** Takes every byte that is left. */
function fill(file: string): void {
  const to = openSync(file, 'w');
  try {
    for (let piece = 1 << 20; piece >= 1; piece >>= 1) {
      const bytes = Buffer.alloc(piece, 1);
      try {
        for (;;) writeSync(to, bytes);
      } catch {
        // The next smaller piece may still go in.
      }
    }
  } finally {
    closeSync(to);
  }
}

/** A disk of its own that is really full for a while. Only who may mount one can measure it. */
export async function fullDisk(): Promise<Figure[]> {
  const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    console.log('  a full disk: nobody may mount one here');
    rmSync(disk, { recursive: true });
    return [];
  }
  const peer = await startPeer('ours', { RESERVE_MEGABYTES: '0' }, disk);
  const filler = join(disk, 'filler');
  try {
    const found = await places(peer, 1, PEOPLE);
    return await through(
      { name: `a full disk for ${FULL_MS / 1000} s`, ms: FULL_MS, begin: async () => fill(filler), end: async () => rmSync(filler) },
      found,
      PEOPLE,
    );
  } finally {
    await peer.dispose();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
}

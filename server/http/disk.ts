import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './problem';

/** The disk that the data folder lies on. */
export interface Disk {
  /** Bytes that are free. */
  free(): Promise<number>;
  /** Whether the folder can be written and has more than its reserve free. */
  isWell(): Promise<boolean>;
  /** Refuses with 507 when `bytes` more would take from the reserve, which belongs to the mixes: they must always be saved. */
  demand(bytes: number): Promise<void>;
}

/** `reserve` in bytes. */
export function createDisk(folder: string, reserve: number): Disk {
  const free = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };
  return {
    free,
    async isWell() {
      const probe = join(folder, `.probe-${randomUUID()}`);
      try {
        await writeFile(probe, 'Can this be written?', { flag: 'wx' });
        return (await free()) >= reserve;
      } catch {
        return false;
      } finally {
        await rm(probe, { force: true }).catch(() => {});
      }
    },
    async demand(bytes) {
      if ((await free()) < reserve + bytes) throw noRoom();
    },
  };
}

/** The words for whoever sends a file that there is no room for. */
export const noRoom = (): Refusal =>
  new Refusal(
    507,
    'There is no room here to keep this. What was saved before is safe; try again later, or tell whoever runs this service.',
  );

/** Whether this was thrown because the disk, or what one may use of it, is full: by the file system, or by SQLite. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : null;
  return code === 'ENOSPC' || code === 'EDQUOT' || /database or disk is full/i.test(error.message);
}

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Change } from '../../mix';

interface Tables extends DBSchema {
  /** The whole mix as it was last seen, when (ms of the calendar), and of which document it is, by owner. */
  mixes: { key: string; value: { mix: Uint8Array; at: number; epoch?: number | null } };
  /** Changes that may not have reached the service, in the order they were made. */
  changes: { key: number; value: { owner: string } & Partial<Made> & Pick<Made, 'update'>; indexes: { owner: string } };
}

/** A change that was made here. */
interface Made {
  /** As the document tells of it. */
  readonly update: Uint8Array;
  /** Which document; null while the shared one has not come. */
  readonly epoch: number | null;
  /** What it does to the mix, in whatever document. */
  readonly changes: readonly Change[];
}

export interface KeptChange extends Made {
  readonly key: number;
}

/** What this browser keeps of one session for one person, so that neither a crash nor a reload loses anything. */
export interface Kept {
  load(): Promise<{ readonly mix: Uint8Array | null; readonly changes: readonly KeptChange[] }>;
  /** Resolves with the change's key once it is kept. */
  keep(change: Made): Promise<number>;
  /**
   * In one transaction: keeps the mix, unless one of a later document is kept already, and forgets changes which are safe with the
   * service.
   */
  settle(mix: Uint8Array, safe: readonly number[], epoch: number | null): Promise<void>;
  /** Forgets the mix and all changes. */
  clear(): Promise<void>;
  /** Forgets the mixes of other sessions that were long not open here, or are too many. Those with changes all stay. */
  prune(): Promise<void>;
  close(): void;
}

const DATABASE = 'mixing-table';
/** Mixes without changes are kept for so many sessions, the last ones, and for 90 days: they only make opening quicker. */
const SESSIONS_KEPT = 50;
const KEPT_MS = 90 * 24 * 3_600_000;

async function open(): Promise<IDBPDatabase<Tables>> {
  return openDB<Tables>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('mixes');
      database.createObjectStore('changes', { autoIncrement: true }).createIndex('owner', 'owner');
    },
  });
}

const ownerOf = (user: string, session: string) => `${user}/${session}`;

/** How many changes this browser keeps of a session, whoever made them. Rejects where the browser has no store. */
export async function countKept(session: string): Promise<number> {
  const database = await open();
  try {
    let count = 0;
    let cursor = await database.transaction('changes').store.index('owner').openKeyCursor();
    while (cursor) {
      if (String(cursor.key).endsWith(ownerOf('', session))) count++;
      cursor = await cursor.continue();
    }
    return count;
  } finally {
    database.close();
  }
}

async function prune(database: IDBPDatabase<Tables>, open: string, now: number): Promise<void> {
  const transaction = database.transaction(['mixes', 'changes'], 'readwrite');
  const mixes = transaction.objectStore('mixes');
  const others: { readonly owner: string; readonly at: number }[] = [];
  let cursor = await mixes.openCursor();
  while (cursor) {
    const changes = await transaction.objectStore('changes').index('owner').count(cursor.key);
    if (changes === 0 && cursor.key !== open) others.push({ owner: cursor.key, at: cursor.value.at });
    cursor = await cursor.continue();
  }
  const newest = others.sort((a, b) => b.at - a.at);
  const gone = newest.filter(({ at }, place) => place >= SESSIONS_KEPT || !(now - at < KEPT_MS));
  await Promise.all([...gone.map(({ owner }) => mixes.delete(owner)), transaction.done]);
}

/** Opens the browser's store. Rejects where the browser has none, or allows none. `now`: milliseconds of the calendar. */
export async function openKept(user: string, session: string, now: () => number = Date.now): Promise<Kept> {
  const database = await open();
  const owner = ownerOf(user, session);
  return {
    async load() {
      const changes: KeptChange[] = [];
      const transaction = database.transaction(['mixes', 'changes']);
      let cursor = await transaction.objectStore('changes').index('owner').openCursor(owner);
      while (cursor) {
        // Before there was more than one document nothing was said of it.
        const { update, epoch = 0, changes: made = [] } = cursor.value;
        changes.push({ key: cursor.primaryKey, update, epoch, changes: made });
        cursor = await cursor.continue();
      }
      return { mix: (await transaction.objectStore('mixes').get(owner))?.mix ?? null, changes };
    },
    keep: (change) => database.add('changes', { owner, ...change }),
    async settle(mix, safe, epoch) {
      const transaction = database.transaction(['mixes', 'changes'], 'readwrite');
      const [mixes, changes] = [transaction.objectStore('mixes'), transaction.objectStore('changes')];
      const newest = (await mixes.get(owner))?.epoch ?? 0;
      await Promise.all([
        newest > (epoch ?? 0) ? null : mixes.put({ mix, at: now(), epoch }, owner),
        ...safe.map((key) => changes.delete(key)),
        transaction.done,
      ]);
    },
    async clear() {
      const transaction = database.transaction(['mixes', 'changes'], 'readwrite');
      const changes = transaction.objectStore('changes');
      const keys = await changes.index('owner').getAllKeys(owner);
      await Promise.all([transaction.objectStore('mixes').delete(owner), ...keys.map((key) => changes.delete(key)), transaction.done]);
    },
    prune: () => prune(database, owner, now()),
    close: () => database.close(),
  };
}

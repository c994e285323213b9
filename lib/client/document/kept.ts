import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Tables extends DBSchema {
  /** The whole mix as it was last seen, by owner. */
  mixes: { key: string; value: Uint8Array };
  /** Changes that may not have reached the service, in the order they were made. */
  changes: { key: number; value: { owner: string; update: Uint8Array }; indexes: { owner: string } };
}

interface KeptChange {
  readonly key: number;
  readonly update: Uint8Array;
}

/** What this browser keeps of one session for one person, so that neither a crash nor a reload loses anything. */
export interface Kept {
  load(): Promise<{ readonly mix: Uint8Array | null; readonly changes: readonly KeptChange[] }>;
  /** Resolves with the change's key once it is kept. */
  keep(update: Uint8Array): Promise<number>;
  /** In one transaction: keeps the mix, and forgets changes which are safe with the service. */
  settle(mix: Uint8Array, safe: readonly number[]): Promise<void>;
  /** Forgets the mix and all changes. */
  clear(): Promise<void>;
  close(): void;
}

const DATABASE = 'mixing-table';

async function open(): Promise<IDBPDatabase<Tables>> {
  return openDB<Tables>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('mixes');
      database.createObjectStore('changes', { autoIncrement: true }).createIndex('owner', 'owner');
    },
  });
}

/** Opens the browser's store. Rejects where the browser has none, or allows none. */
export async function openKept(user: string, session: string): Promise<Kept> {
  const database = await open();
  const owner = `${user}/${session}`;
  return {
    async load() {
      const changes: KeptChange[] = [];
      const transaction = database.transaction(['mixes', 'changes']);
      let cursor = await transaction.objectStore('changes').index('owner').openCursor(owner);
      while (cursor) {
        changes.push({ key: cursor.primaryKey, update: cursor.value.update });
        cursor = await cursor.continue();
      }
      return { mix: (await transaction.objectStore('mixes').get(owner)) ?? null, changes };
    },
    keep: (update) => database.add('changes', { owner, update }),
    async settle(mix, safe) {
      const transaction = database.transaction(['mixes', 'changes'], 'readwrite');
      const changes = transaction.objectStore('changes');
      await Promise.all([transaction.objectStore('mixes').put(mix, owner), ...safe.map((key) => changes.delete(key)), transaction.done]);
    },
    async clear() {
      const transaction = database.transaction(['mixes', 'changes'], 'readwrite');
      const changes = transaction.objectStore('changes');
      const keys = await changes.index('owner').getAllKeys(owner);
      await Promise.all([transaction.objectStore('mixes').delete(owner), ...keys.map((key) => changes.delete(key)), transaction.done]);
    },
    close: () => database.close(),
  };
}

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from '../sql/database';

export interface OpenDatabase {
  /**
   * The one connection of the process. Whoever uses it beside `kysely` must do so in a single synchronous step and must not begin
   * a transaction: one of kysely's may be open across awaits. Transactions go through `kysely.transaction()`, which queues them.
   */
  readonly sqlite: DatabaseSyncInstance;
  readonly kysely: Kysely<Database>;
  close(): Promise<void>;
}

/**
 * Opens (and creates) the embedded database. Every commit is on disk before it returns: write-ahead log with
 * `synchronous=FULL`. A second process that writes to the same file waits up to five seconds and then fails.
 * `file` may be `:memory:` for tests.
 */
export function openDatabase(file: string): OpenDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const sqlite = new DatabaseSync(file);
  sqlite.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const kysely = new Kysely<Database>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) });
  return { sqlite, kysely, close: () => kysely.destroy().then(() => closeOnce(sqlite)) };
}

function closeOnce(sqlite: DatabaseSyncInstance): void {
  if (sqlite.isOpen) sqlite.close();
}

const KEPT_STATEMENTS = 200;

/** Kysely's dialect speaks better-sqlite3, which takes parameters as one array and knows which statements return rows. */
function forKysely(sqlite: DatabaseSyncInstance) {
  const kept = new Map<string, StatementSyncInstance>();
  function statementOf(sql: string): StatementSyncInstance {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const made = sqlite.prepare(sql);
    if (kept.size >= KEPT_STATEMENTS) kept.clear();
    kept.set(sql, made);
    return made;
  }
  return {
    close: () => closeOnce(sqlite),
    prepare(sql: string) {
      const statement = statementOf(sql);
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]): unknown[] => statement.all(...values.map(bindable)),
        run: (values: readonly unknown[]) => statement.run(...values.map(bindable)),
        iterate: (values: readonly unknown[]): IterableIterator<unknown> => sqlite.prepare(sql).iterate(...values.map(bindable)),
      };
    },
  };
}

/**
 * SQLite has no booleans; better-auth binds dates and booleans, which its own adapter otherwise converts. A text is bound up to its
 * first NUL only: an id with one more would find what the id itself names.
 */
function bindable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : value;
}

import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { updateLogSteps } from './update-log-steps';

/** What a statement did: its rows, or how many it changed. */
export interface Answer {
  readonly rows: unknown[];
  readonly changes?: number | bigint;
  readonly inserted?: number | bigint;
}

const KEPT_STATEMENTS = 200;

/**
 * Opens (and creates) the embedded database, and returns what can be done with it, each in one synchronous step. Every commit is on
 * disk before it returns: write-ahead log with `synchronous=FULL`. A second process that writes to the same file waits up to five
 * seconds and then fails.
 */
export function openConnection(file: string) {
  const sqlite = new DatabaseSync(file);
  sqlite.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  const kept = new Map<string, StatementSyncInstance>();
  function statement(sql: string): StatementSyncInstance {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const made = sqlite.prepare(sql);
    if (kept.size >= KEPT_STATEMENTS) kept.clear();
    kept.set(sql, made);
    return made;
  }
  return {
    ...updateLogSteps(sqlite, statement),
    query(sql: string, parameters: readonly unknown[]): Answer {
      const prepared = statement(sql);
      const values = parameters.map(bindable);
      if (prepared.columns().length > 0) return { rows: prepared.all(...values) };
      const { changes, lastInsertRowid } = prepared.run(...values);
      return { rows: [], changes, inserted: lastInsertRowid };
    },
    close(): void {
      if (sqlite.isOpen) sqlite.close();
    },
  };
}

/** What can be asked of the database, by name. */
export type Steps = ReturnType<typeof openConnection>;

/**
 * SQLite has no booleans; better-auth binds dates and booleans, which its own adapter otherwise converts. A text is bound up to its
 * first NUL only: an id with one more would find what the id itself names.
 */
function bindable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : value;
}

import type { LoggedUpdate, NewUpdate, UpdateLog } from '../ports';
import type { OpenDatabase } from './database';

interface Row {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly user_id: string | null;
  readonly client_id: number | null;
  readonly at: number;
}

function toLogged(row: Row): LoggedUpdate {
  return { sequence: row.sequence, update: new Uint8Array(row.bytes), userId: row.user_id, clientId: row.client_id, at: row.at };
}

/**
 * The updates' log in the embedded database. It shares the process's one connection: each call waits until no transaction of
 * kysely's is open, then works in a single synchronous step, so that what it reports as on disk cannot be rolled back by
 * somebody else's failure.
 */
export function embeddedUpdateLog({ sqlite, kysely }: OpenDatabase): UpdateLog {
  const insert = sqlite.prepare('insert into updates (session_id, bytes, user_id, client_id, at) values (?, ?, ?, ?, ?)');
  const selectSnapshot = sqlite.prepare(
    'select through as sequence, bytes, null as user_id, null as client_id, at from snapshots_of_updates where session_id = ?',
  );
  const selectUpdates = sqlite.prepare(
    'select sequence, bytes, user_id, client_id, at from updates where session_id = ? and sequence > ? order by sequence',
  );
  const countUpdates = sqlite.prepare('select count(*) as rows from updates where session_id = ?');
  const putSnapshot = sqlite.prepare(
    `insert into snapshots_of_updates (session_id, bytes, through, at) values (?, ?, ?, ?)
     on conflict (session_id) do update set bytes = excluded.bytes, through = excluded.through, at = excluded.at
     where excluded.through > snapshots_of_updates.through`,
  );
  const deleteMerged = sqlite.prepare('delete from updates where session_id = ? and sequence <= ?');
  const deleteUpdates = sqlite.prepare('delete from updates where session_id = ?');
  const deleteSnapshot = sqlite.prepare('delete from snapshots_of_updates where session_id = ?');

  const alone = <T>(step: () => T): Promise<T> => kysely.connection().execute(async () => step());
  const atomically = <T>(step: () => T): Promise<T> =>
    alone(() => {
      sqlite.exec('begin immediate');
      try {
        const result = step();
        sqlite.exec('commit');
        return result;
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('rollback');
        throw error;
      }
    });
  const appendOne = (update: NewUpdate) =>
    Number(insert.run(update.sessionId, update.update, update.userId, update.clientId, update.at).lastInsertRowid);

  const since = (sessionId: string, sequence: number) =>
    alone(() => {
      const snapshot = (selectSnapshot.all(sessionId) as Row[]).filter((row) => row.sequence > sequence);
      const updates = selectUpdates.all(sessionId, snapshot[0]?.sequence ?? sequence) as Row[];
      return [...snapshot, ...updates].map(toLogged);
    });

  return {
    append: async (batch) => (batch.length === 0 ? [] : atomically(() => batch.map(appendOne))),
    read: (sessionId) => since(sessionId, 0),
    since,
    count: (sessionId) => alone(() => (countUpdates.get(sessionId) as { rows: number }).rows),
    compact: (sessionId, snapshot, through) =>
      atomically(() => {
        const { changes } = putSnapshot.run(sessionId, snapshot, through, Date.now());
        // An older snapshot than the one there is: another compaction was faster, and has deleted what this one merged.
        if (Number(changes) > 0) deleteMerged.run(sessionId, through);
      }),
    remove: (sessionId) =>
      atomically(() => {
        deleteUpdates.run(sessionId);
        deleteSnapshot.run(sessionId);
      }),
  };
}

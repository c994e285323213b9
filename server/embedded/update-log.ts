import type { LoggedGesture, LoggedUpdate, NewGesture, NewUpdate, UpdateLog } from '../ports';
import type { OpenDatabase } from './database';

interface Row {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly user_id: string | null;
  readonly client_id: number | null;
  readonly at: number;
}

const toLogged =
  (epoch: number) =>
  ({ sequence, bytes, user_id, client_id, at }: Row): LoggedUpdate => ({
    ...{ sequence, update: new Uint8Array(bytes), at, epoch },
    userId: user_id,
    clientId: client_id,
  });

interface GestureRow {
  readonly id: string;
  readonly sequence: number;
  readonly user_id: string | null;
  readonly at: number;
  readonly until: number;
  readonly kind: string;
  readonly strips: string;
  readonly reverts: string | null;
  readonly body: string;
}

function toGesture({ user_id, strips, ...row }: GestureRow): LoggedGesture {
  return { ...row, userId: user_id, strips: strips.split('/').filter(Boolean) };
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
  const selectEpoch = sqlite.prepare('select epoch from snapshots_of_updates where session_id = ?');
  const putEpoch = sqlite.prepare(
    `insert into snapshots_of_updates (session_id, bytes, through, at, epoch) values (?, ?, ?, ?, ?)
     on conflict (session_id) do update set bytes = excluded.bytes, through = excluded.through, at = excluded.at, epoch = excluded.epoch`,
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
  const putGesture = sqlite.prepare(
    `insert into history (session_id, id, sequence, user_id, at, until, kind, strips, reverts, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (session_id, id) do update set until = excluded.until, kind = excluded.kind, strips = excluded.strips,
       reverts = excluded.reverts, body = excluded.body`,
  );
  const selectGestures = sqlite.prepare(
    `select id, sequence, user_id, at, until, kind, strips, reverts, body from history
     where session_id = ? and sequence > ? order by sequence`,
  );
  const trim = sqlite.prepare(
    `delete from history where session_id = :session and sequence <= (
       select max(sequence) from (
         select sequence, row_number() over newest as place, sum(length(body)) over newest as bytes
         from history where session_id = :session window newest as (order by sequence desc)
       ) where place > :most or bytes > :bytes)`,
  );
  const deleteHistory = sqlite.prepare('delete from history where session_id = ?');
  const appendOne = (update: NewUpdate) =>
    Number(insert.run(update.sessionId, update.update, update.userId, update.clientId, update.at).lastInsertRowid);
  const keepGesture = (sessionId: string, sequence: number, { id, userId, at, until, kind, strips, reverts, body }: NewGesture) =>
    putGesture.run(sessionId, id, sequence, userId, at, until, kind, `/${strips.join('/')}/`, reverts, body);
  const epochOf = (sessionId: string) => (selectEpoch.get(sessionId) as { epoch: number } | undefined)?.epoch ?? 0;
  const appendAll = (batch: readonly NewUpdate[]): (number | null)[] => {
    // What goes on within the batch is written once, as it was left.
    const gestures = new Map<string, { readonly sequence: number; readonly update: NewUpdate; readonly gesture: NewGesture }>();
    const epochs = new Map<string, number>();
    const sequences = batch.map((update) => {
      const epoch = epochs.get(update.sessionId) ?? epochOf(update.sessionId);
      epochs.set(update.sessionId, epoch);
      if (epoch !== update.epoch) return null;
      const sequence = appendOne(update);
      const { gesture } = update;
      if (gesture) gestures.set(gesture.id, { sequence: gestures.get(gesture.id)?.sequence ?? sequence, update, gesture });
      return sequence;
    });
    for (const { sequence, update, gesture } of gestures.values()) keepGesture(update.sessionId, sequence, gesture);
    return sequences;
  };

  const rowsSince = (sessionId: string, sequence: number): LoggedUpdate[] => {
    const snapshot = (selectSnapshot.all(sessionId) as Row[]).filter((row) => row.sequence > sequence);
    const updates = selectUpdates.all(sessionId, snapshot[0]?.sequence ?? sequence) as Row[];
    return [...snapshot, ...updates].map(toLogged(epochOf(sessionId)));
  };
  const since = (sessionId: string, sequence: number) => alone(() => rowsSince(sessionId, sequence));

  return {
    append: async (batch) => (batch.length === 0 ? [] : atomically(() => appendAll(batch))),
    read: (sessionId) => since(sessionId, 0),
    since,
    count: (sessionId) => alone(() => (countUpdates.get(sessionId) as { rows: number }).rows),
    compact: (sessionId, snapshot, through) =>
      atomically(() => {
        const { changes } = putSnapshot.run(sessionId, snapshot, through, Date.now());
        // An older snapshot than the one there is: another compaction was faster, and has deleted what this one merged.
        if (Number(changes) > 0) deleteMerged.run(sessionId, through);
      }),
    turn: (sessionId, { epoch, through }, document) =>
      atomically(() => {
        if (epochOf(sessionId) !== epoch) return null;
        const bytes = document(rowsSince(sessionId, through));
        // The number of a row is taken, and the row goes with the others.
        const sequence = Number(insert.run(sessionId, bytes, null, null, 0).lastInsertRowid);
        putEpoch.run(sessionId, bytes, sequence, Date.now(), epoch + 1);
        deleteUpdates.run(sessionId);
        return sequence;
      }),
    gesturesAfter: (sessionId, sequence) => alone(() => (selectGestures.all(sessionId, sequence) as GestureRow[]).map(toGesture)),
    trimGestures: (sessionId, most, mostBytes) => alone(() => void trim.run({ session: sessionId, most, bytes: mostBytes })),
    remove: (sessionId) =>
      atomically(() => {
        deleteUpdates.run(sessionId);
        deleteSnapshot.run(sessionId);
        deleteHistory.run(sessionId);
      }),
  };
}

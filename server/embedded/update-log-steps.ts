import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { GoneOn, LoggedGesture, LoggedUpdate, NewGesture } from '../ports';
import { type GestureRow, gesturesOf, type Row, stripsColumn, toGesture, toLogged } from '../sql/log-rows';
import { type PackedUpdates, unpacked } from './packed-updates';

const INSERT = 'insert into updates (session_id, bytes, user_id, client_id, at) values (?, ?, ?, ?, ?)';
const SNAPSHOT =
  'select through as sequence, bytes, null as user_id, null as client_id, at, epoch from snapshots_of_updates where session_id = ?';
const EPOCH = 'select epoch from snapshots_of_updates where session_id = ?';
const UPDATES = `
select sequence, bytes, user_id, client_id, at, :epoch as epoch from updates where session_id = :session and sequence > :after order by sequence`;
const PUT_EPOCH = `
insert into snapshots_of_updates (session_id, bytes, through, at, epoch) values (?, ?, ?, ?, ?)
on conflict (session_id) do update set bytes = excluded.bytes, through = excluded.through, at = excluded.at, epoch = excluded.epoch`;
const COUNT = 'select count(*) as rows from updates where session_id = ?';
const PUT_SNAPSHOT = `
insert into snapshots_of_updates (session_id, bytes, through, at) values (?, ?, ?, ?)
on conflict (session_id) do update set bytes = excluded.bytes, through = excluded.through, at = excluded.at
where excluded.through > snapshots_of_updates.through`;
const DELETE_MERGED = 'delete from updates where session_id = ? and sequence <= ?';
const PUT_GESTURE = `
insert into history (session_id, id, sequence, user_id, at, until, kind, strips, reverts, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (session_id, id) do update set until = excluded.until, kind = excluded.kind, strips = excluded.strips,
  reverts = excluded.reverts, body = excluded.body`;
const GO_ON = 'update history set until = ?, body = ? where session_id = ? and id = ?';
const GESTURE = 'id, sequence, user_id, at, until, kind, strips, reverts, body';
const GESTURES_AFTER = `select ${GESTURE} from history where session_id = ? and sequence > ? order by sequence`;
const NEWEST_GESTURES = `select ${GESTURE} from history where session_id = ? and sequence <= ? order by sequence desc limit ?`;
const TRIM_GESTURES = `
delete from history where session_id = :session and sequence <= (
  select max(sequence) from (
    select sequence, row_number() over newest as place, sum(length(body)) over newest as bytes
    from history where session_id = :session window newest as (order by sequence desc)
  ) where place > :most or bytes > :bytes)`;
const REMOVE = ['updates', 'snapshots_of_updates', 'history'].map((table) => `delete from ${table} where session_id = ?`);

/**
 * What the updates' log does with the embedded database, each in a single synchronous step: what it reports as on disk cannot be
 * rolled back by somebody else's failure. Where a transaction is open none of these may be called.
 */
export function updateLogSteps(sqlite: DatabaseSyncInstance, statement: (sql: string) => StatementSyncInstance) {
  function atomically<T>(step: () => T): T {
    sqlite.exec('begin immediate');
    try {
      const result = step();
      sqlite.exec('commit');
      return result;
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('rollback');
      throw error;
    }
  }
  const keepGesture = (sessionId: string, sequence: number, { id, userId, at, until, kind, strips, reverts, body }: NewGesture) =>
    statement(PUT_GESTURE).run(sessionId, id, sequence, userId, at, until, kind, stripsColumn(strips), reverts, body);

  const epochOf = (sessionId: string): number => (statement(EPOCH).get(sessionId) as { epoch: number } | undefined)?.epoch ?? 0;

  return {
    append: (updates: PackedUpdates, goneOn: readonly GoneOn[]): (number | null)[] =>
      atomically(() => {
        const batch = unpacked(updates);
        const insert = statement(INSERT);
        const epochs = new Map<string, number>();
        const sequences = batch.map(({ sessionId, epoch, update, userId, clientId, at }) => {
          const present = epochs.get(sessionId) ?? epochOf(sessionId);
          epochs.set(sessionId, present);
          return present === epoch ? Number(insert.run(sessionId, update, userId, clientId, at).lastInsertRowid) : null;
        });
        const gestures = gesturesOf(batch, goneOn);
        for (const { sessionId, index, gesture } of gestures.begun) {
          const sequence = sequences[index] ?? null;
          if (sequence !== null) keepGesture(sessionId, sequence, gesture);
        }
        for (const { sessionId, gesture } of gestures.goneOn) statement(GO_ON).run(gesture.until, gesture.body, sessionId, gesture.id);
        return sequences;
      }),
    since(sessionId: string, sequence: number): LoggedUpdate[] {
      const snapshot = (statement(SNAPSHOT).all(sessionId) as Row[]).filter((row) => row.sequence > sequence);
      const after = snapshot[0]?.sequence ?? sequence;
      const updates = statement(UPDATES).all({ epoch: epochOf(sessionId), session: sessionId, after }) as Row[];
      return [...snapshot, ...updates].map(toLogged);
    },
    count: (sessionId: string): number => (statement(COUNT).get(sessionId) as { rows: number }).rows,
    compact: (sessionId: string, snapshot: Uint8Array, through: number): void =>
      atomically(() => {
        const { changes } = statement(PUT_SNAPSHOT).run(sessionId, snapshot, through, Date.now());
        // An older snapshot than the one there is: another compaction was faster, and has deleted what this one merged.
        if (Number(changes) > 0) statement(DELETE_MERGED).run(sessionId, through);
      }),
    epochOf,
    /** The document begins the epoch after `epoch`, if that is the present one. Nobody may have written since it was made. */
    turn: (sessionId: string, document: Uint8Array, epoch: number): number | null =>
      atomically(() => {
        if (epochOf(sessionId) !== epoch) return null;
        // The number of a row is taken, and the row goes with the others.
        const sequence = Number(statement(INSERT).run(sessionId, document, null, null, 0).lastInsertRowid);
        statement(PUT_EPOCH).run(sessionId, document, sequence, Date.now(), epoch + 1);
        statement(DELETE_MERGED).run(sessionId, sequence);
        return sequence;
      }),
    gesturesAfter: (sessionId: string, sequence: number): LoggedGesture[] =>
      (statement(GESTURES_AFTER).all(sessionId, sequence) as GestureRow[]).map(toGesture),
    newestGestures: (sessionId: string, through: number, most: number): LoggedGesture[] =>
      (statement(NEWEST_GESTURES).all(sessionId, through, most) as GestureRow[]).map(toGesture).reverse(),
    trimGestures: (sessionId: string, most: number, mostBytes: number): void =>
      void statement(TRIM_GESTURES).run({ session: sessionId, most, bytes: mostBytes }),
    remove: (sessionId: string): void =>
      atomically(() => {
        for (const sql of REMOVE) statement(sql).run(sessionId);
      }),
  };
}

import type { Pool } from 'pg';
import type { GoneOn, LoggedUpdate, NewUpdate, UpdateLog } from '../ports';
import { type GestureRow, gesturesOf, type Row, stripsColumn, toGesture, toLogged } from '../sql/log-rows';
import { APPEND, COMPACT, GESTURES_AFTER, LOCK, NEWEST_GESTURES, REMOVE, SINCE, TRIM_GESTURES, TURN } from './update-log-statements';

/** A column for each parameter of `APPEND`. */
function columnsOf(batch: readonly NewUpdate[], goneOn: readonly GoneOn[]): unknown[][] {
  const { goneOn: earlier, ...placed } = gesturesOf(batch, goneOn);
  const gestures = [...placed.begun];
  return [
    batch.map(({ sessionId }) => sessionId),
    batch.map(({ update }) => Buffer.from(update.buffer, update.byteOffset, update.length)),
    batch.map(({ userId }) => userId),
    batch.map(({ clientId }) => clientId),
    batch.map(({ at }) => at),
    gestures.map(({ sessionId }) => sessionId),
    gestures.map(({ gesture }) => gesture.id),
    gestures.map(({ index }) => index + 1),
    gestures.map(({ gesture }) => gesture.userId),
    gestures.map(({ gesture }) => gesture.at),
    gestures.map(({ gesture }) => gesture.until),
    gestures.map(({ gesture }) => gesture.kind),
    gestures.map(({ gesture }) => stripsColumn(gesture.strips)),
    gestures.map(({ gesture }) => gesture.reverts),
    gestures.map(({ gesture }) => gesture.body),
    earlier.map(({ sessionId }) => sessionId),
    earlier.map(({ gesture }) => gesture.id),
    earlier.map(({ gesture }) => gesture.until),
    earlier.map(({ gesture }) => gesture.body),
    batch.map(({ epoch }) => epoch),
  ];
}

/** The updates' log in PostgreSQL, shared by all instances. */
export function postgresUpdateLog(pool: Pool): UpdateLog {
  const since = async (sessionId: string, sequence: number): Promise<readonly LoggedUpdate[]> =>
    (await pool.query<Row>(SINCE, [sessionId, sequence])).rows.map(toLogged);
  return {
    async append(batch, goneOn = []) {
      if (batch.length + goneOn.length === 0) return [];
      const { rows } = await pool.query<{ sequence: number; place: number }>(APPEND, columnsOf(batch, goneOn));
      const sequences = new Map(rows.map(({ sequence, place }) => [place, sequence]));
      return batch.map((_, index) => sequences.get(index + 1) ?? null);
    },
    read: (sessionId) => since(sessionId, 0),
    since,
    async count(sessionId) {
      const counted = await pool.query<{ rows: number }>('select count(*) as rows from updates where session_id = $1', [sessionId]);
      return counted.rows[0]?.rows ?? 0;
    },
    async compact(sessionId, snapshot, through) {
      await pool.query(COMPACT, [sessionId, Buffer.from(snapshot), through, Date.now()]);
    },
    async turn(sessionId, { epoch, through }, document) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(LOCK, [sessionId]);
        const present = await client.query<{ epoch: number }>('select epoch from snapshots_of_updates where session_id = $1', [sessionId]);
        let turned: number | null = null;
        if ((present.rows[0]?.epoch ?? 0) === epoch) {
          const later = await client.query<Row>(SINCE, [sessionId, through]);
          const bytes = Buffer.from(document(later.rows.map(toLogged)));
          const { rows } = await client.query<{ through: number }>(TURN, [sessionId, bytes, epoch + 1, Date.now()]);
          turned = rows[0]?.through ?? null;
        }
        await client.query('commit');
        client.release();
        return turned;
      } catch (error) {
        // What was begun ends with its connection.
        client.release(true);
        throw error;
      }
    },
    async gesturesAfter(sessionId, sequence) {
      return (await pool.query<GestureRow>(GESTURES_AFTER, [sessionId, sequence])).rows.map(toGesture);
    },
    async newestGestures(sessionId, through, most) {
      return (await pool.query<GestureRow>(NEWEST_GESTURES, [sessionId, through, most])).rows.map(toGesture).reverse();
    },
    async trimGestures(sessionId, most, mostBytes) {
      await pool.query(TRIM_GESTURES, [sessionId, most, mostBytes]);
    },
    async remove(sessionId) {
      await pool.query(REMOVE, [sessionId]);
    },
  };
}

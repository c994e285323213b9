import { sql } from 'kysely';
import type { Migration } from './migration';

/**
 * Which document of a session its log is of. PostgreSQL looks it up by a function: inside one statement that waits for a lock, only a
 * function sees what was committed meanwhile. `locked` is there to be waited for.
 */
export const epochs: Migration = async (db, dialect) => {
  await db.schema
    .alterTable('snapshots_of_updates')
    .addColumn('epoch', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  if (dialect === 'sqlite') return;
  await sql`
    create function epoch_of_session(session text, locked bigint) returns integer language plpgsql volatile as $$
    begin
      return coalesce((select epoch from snapshots_of_updates where session_id = session), 0);
    end $$`.execute(db);
};

import { sql } from 'kysely';
import type { Migration } from './migration';

/** Each member has a colour in the session; those of before get theirs by when they joined. */
export const memberColors: Migration = async (db) => {
  await db.schema
    .alterTable('members')
    .addColumn('color', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update members set color = (
    select count(*) from members as earlier where earlier.session_id = members.session_id and
      (earlier.joined_at < members.joined_at or (earlier.joined_at = members.joined_at and earlier.user_id < members.user_id))
  ) % 12`.execute(db);
};

import { sql } from 'kysely';
import type { Migration } from './migration';

/** Comments call people by name, remember the mix they spoke of and carry suggestions; each member has read them until a time. */
export const conversations: Migration = async (db) => {
  const { schema } = db;
  await schema.alterTable('comments').addColumn('mentions', 'text').execute();
  await schema.alterTable('comments').addColumn('mix_sequence', 'bigint').execute();
  await schema.alterTable('comments').addColumn('suggestion', 'text').execute();
  await schema
    .alterTable('comments')
    .addColumn('shown_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update comments set shown_at = created_at`.execute(db);
  await schema.alterTable('replies').addColumn('mentions', 'text').execute();
  await schema.alterTable('members').addColumn('comments_read_at', 'bigint').execute();
  await schema.alterTable('members').addColumn('archived_at', 'bigint').execute();
  // What was there before this was counted is taken as seen.
  await sql`update members set comments_read_at =
    (select coalesce(max(comments.created_at), 0) from comments where comments.session_id = members.session_id)`.execute(db);
};

import type { Kysely } from 'kysely';
import type { ChatTable, Database } from '../sql/database';

/** Rows of the chat. Their order is by time, and by id where that is the same. */
export function chatRows(kysely: Kysely<Database>) {
  const inOrder = (sessionId: string) =>
    kysely.selectFrom('chat').selectAll().where('session_id', '=', sessionId).orderBy('created_at', 'desc').orderBy('id', 'desc');
  return {
    find: (sessionId: string, id: string) =>
      kysely.selectFrom('chat').selectAll().where('session_id', '=', sessionId).where('id', '=', id).executeTakeFirst(),
    /** The newest first. */
    newest: (sessionId: string, limit: number) => inOrder(sessionId).limit(limit).execute(),
    before: ({ session_id, created_at, id }: Pick<ChatTable, 'session_id' | 'created_at' | 'id'>, limit: number) =>
      inOrder(session_id)
        .where((row) => row.or([row('created_at', '<', created_at), row('created_at', '=', created_at).and('id', '<', id)]))
        .limit(limit)
        .execute(),
    insert: (row: ChatTable) => kysely.insertInto('chat').values(row).execute(),
    remove: (ids: readonly string[]) => kysely.deleteFrom('chat').where('id', 'in', ids).execute(),
    /** Ids of those beyond the newest `keep`. */
    beyond: async (sessionId: string, keep: number) => {
      const rows = await inOrder(sessionId).clearSelect().select('id').offset(keep).limit(100).execute();
      return rows.map(({ id }) => id);
    },
  };
}

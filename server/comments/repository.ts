import type { Kysely } from 'kysely';
import type { CommentsTable, Database, RepliesTable } from '../sql/database';

/** Rows of comments and replies. */
export function commentRows(kysely: Kysely<Database>) {
  return {
    of: (sessionId: string) =>
      kysely.selectFrom('comments').selectAll().where('session_id', '=', sessionId).orderBy('at_seconds').orderBy('created_at').execute(),
    find: (sessionId: string, id: string) =>
      kysely.selectFrom('comments').selectAll().where('session_id', '=', sessionId).where('id', '=', id).executeTakeFirst(),
    count: async (sessionId: string) =>
      Number(
        (
          await kysely
            .selectFrom('comments')
            .select((row) => row.fn.countAll().as('count'))
            .where('session_id', '=', sessionId)
            .executeTakeFirstOrThrow()
        ).count,
      ),
    insert: (row: CommentsTable) => kysely.insertInto('comments').values(row).execute(),
    update: (id: string, change: Partial<CommentsTable>) => kysely.updateTable('comments').set(change).where('id', '=', id).execute(),
    remove: (id: string) => kysely.deleteFrom('comments').where('id', '=', id).execute(),
    /** Of all the comments at once, oldest first. */
    repliesTo: (commentIds: readonly string[]) =>
      commentIds.length === 0
        ? Promise.resolve([])
        : kysely.selectFrom('replies').selectAll().where('comment_id', 'in', commentIds).orderBy('created_at').orderBy('id').execute(),
    findReply: (commentId: string, id: string) =>
      kysely.selectFrom('replies').selectAll().where('comment_id', '=', commentId).where('id', '=', id).executeTakeFirst(),
    countReplies: async (commentId: string) =>
      Number(
        (
          await kysely
            .selectFrom('replies')
            .select((row) => row.fn.countAll().as('count'))
            .where('comment_id', '=', commentId)
            .executeTakeFirstOrThrow()
        ).count,
      ),
    insertReply: (row: RepliesTable) => kysely.insertInto('replies').values(row).execute(),
    updateReply: (id: string, change: Partial<RepliesTable>) => kysely.updateTable('replies').set(change).where('id', '=', id).execute(),
    removeReply: (id: string) => kysely.deleteFrom('replies').where('id', '=', id).execute(),
  };
}

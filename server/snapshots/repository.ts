import type { Kysely } from 'kysely';
import type { Database, SnapshotsTable } from '../sql/database';

const TOLD = ['id', 'name', 'note', 'author_id', 'created_at'] as const;

/** Rows of snapshots; what they hold only where it is asked for. */
export function snapshotRows(kysely: Kysely<Database>) {
  return {
    of: (sessionId: string) =>
      kysely.selectFrom('snapshots').select(TOLD).where('session_id', '=', sessionId).orderBy('created_at', 'desc').orderBy('id').execute(),
    find: (sessionId: string, id: string) =>
      kysely.selectFrom('snapshots').select(TOLD).where('session_id', '=', sessionId).where('id', '=', id).executeTakeFirst(),
    contentOf: (id: string) => kysely.selectFrom('snapshots').select('records').where('id', '=', id).executeTakeFirst(),
    count: async (sessionId: string) =>
      Number(
        (
          await kysely
            .selectFrom('snapshots')
            .select((row) => row.fn.countAll().as('count'))
            .where('session_id', '=', sessionId)
            .executeTakeFirstOrThrow()
        ).count,
      ),
    insert: (row: SnapshotsTable) => kysely.insertInto('snapshots').values(row).execute(),
    update: (id: string, change: Partial<Pick<SnapshotsTable, 'name' | 'note'>>) =>
      kysely.updateTable('snapshots').set(change).where('id', '=', id).execute(),
    remove: (id: string) => kysely.deleteFrom('snapshots').where('id', '=', id).execute(),
  };
}

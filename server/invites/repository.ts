import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, InvitesTable } from '../sql/database';

/** Rows of invites. */
export function inviteRows(kysely: Kysely<Database> | Transaction<Database>) {
  return {
    insert: (row: InvitesTable) => kysely.insertInto('invites').values(row).execute(),
    inForce: (sessionId: string, now: number) =>
      kysely
        .selectFrom('invites')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('revoked_at', 'is', null)
        .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
        .orderBy('created_at', 'desc')
        .execute(),
    byToken: (hash: string) =>
      kysely
        .selectFrom('invites')
        .innerJoin('sessions', 'sessions.id', 'invites.session_id')
        .selectAll('invites')
        .select('sessions.title')
        .where('token_hash', '=', hash)
        .where('sessions.deleted_at', 'is', null)
        .executeTakeFirst(),
    /** Counts one use, if one is left: false when not. Two at once never both take the last. */
    use: async (id: string): Promise<boolean> => {
      const { numUpdatedRows } = await kysely
        .updateTable('invites')
        .set({ uses: sql<number>`uses + 1` })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .where((row) => row.or([row('max_uses', 'is', null), row('uses', '<', row.ref('max_uses'))]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    revoke: async (sessionId: string, id: string, at: number): Promise<boolean> => {
      const { numUpdatedRows } = await kysely
        .updateTable('invites')
        .set({ revoked_at: at })
        .where('session_id', '=', sessionId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

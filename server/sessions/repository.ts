import type { Insertable, Kysely, Transaction } from 'kysely';
import type { Role } from '../../lib/access';
import type { Database, MembersTable, SessionsTable } from '../sql/database';

/** Rows of sessions and their members. Deleted sessions are never found here. */
export function sessionRows(kysely: Kysely<Database> | Transaction<Database>) {
  const living = () => kysely.selectFrom('sessions').where('deleted_at', 'is', null);
  return {
    find: (id: string) => living().selectAll().where('id', '=', id).executeTakeFirst(),
    of: (userId: string) =>
      living()
        .innerJoin('members', 'members.session_id', 'sessions.id')
        .selectAll('sessions')
        .select(['members.role', 'members.archived_at'])
        .where('members.user_id', '=', userId)
        .orderBy('sessions.changed_at', 'desc')
        .execute(),
    demoOf: (ownerId: string) => living().select('id').where('owner_id', '=', ownerId).where('demo', '=', 1).executeTakeFirst(),
    countOwned: async (ownerId: string) =>
      Number(
        (
          await living()
            .select((row) => row.fn.countAll().as('count'))
            .where('owner_id', '=', ownerId)
            .executeTakeFirstOrThrow()
        ).count,
      ),
    insert: (row: SessionsTable) => kysely.insertInto('sessions').values(row).execute(),
    update: (id: string, change: Partial<SessionsTable>) => kysely.updateTable('sessions').set(change).where('id', '=', id).execute(),
    /** Deleted, but not erased yet, of which this person is an owner. What was never finished has no members. */
    deletedOf: (ownerId: string) =>
      kysely
        .selectFrom('sessions')
        .innerJoin('members', 'members.session_id', 'sessions.id')
        .selectAll('sessions')
        .where('deleted_at', 'is not', null)
        .where('members.user_id', '=', ownerId)
        .where('members.role', '=', 'owner')
        .orderBy('deleted_at', 'desc')
        .execute(),
    archivedAt: async (sessionId: string, userId: string): Promise<number | null> => {
      const row = await kysely
        .selectFrom('members')
        .select('archived_at')
        .where('session_id', '=', sessionId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row?.archived_at ?? null;
    },
    archive: (sessionId: string, userId: string, at: number | null) =>
      kysely.updateTable('members').set({ archived_at: at }).where('session_id', '=', sessionId).where('user_id', '=', userId).execute(),
    deletedBefore: (time: number) => kysely.selectFrom('sessions').select('id').where('deleted_at', '<', time).execute(),
    erase: (id: string) => kysely.deleteFrom('sessions').where('id', '=', id).execute(),

    role: async (sessionId: string, userId: string): Promise<Role | null> => {
      const row = await living()
        .innerJoin('members', 'members.session_id', 'sessions.id')
        .select('members.role')
        .where('sessions.id', '=', sessionId)
        .where('members.user_id', '=', userId)
        .executeTakeFirst();
      return row?.role ?? null;
    },
    isMemberAnywhere: async (userId: string): Promise<boolean> => {
      const row = await kysely.selectFrom('members').select('session_id').where('user_id', '=', userId).limit(1).executeTakeFirst();
      return row !== undefined;
    },
    members: (sessionIds: readonly string[]) =>
      sessionIds.length === 0
        ? Promise.resolve([])
        : kysely.selectFrom('members').selectAll().where('session_id', 'in', sessionIds).orderBy('joined_at').orderBy('user_id').execute(),
    addMember: (row: Insertable<MembersTable>) => kysely.insertInto('members').values(row).execute(),
    roles: async (sessionId: string): Promise<ReadonlyMap<string, Role>> => {
      const rows = await kysely
        .selectFrom('members')
        .innerJoin('sessions', 'sessions.id', 'members.session_id')
        .select(['members.user_id', 'members.role'])
        .where('members.session_id', '=', sessionId)
        .where('sessions.deleted_at', 'is', null)
        .execute();
      return new Map(rows.map(({ user_id, role }) => [user_id, role]));
    },
    setRole: (sessionId: string, userId: string, role: Role) =>
      kysely.updateTable('members').set({ role }).where('session_id', '=', sessionId).where('user_id', '=', userId).execute(),
    removeMember: (sessionId: string, userId: string) =>
      kysely.deleteFrom('members').where('session_id', '=', sessionId).where('user_id', '=', userId).execute(),
  };
}

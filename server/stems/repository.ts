import type { Kysely, Transaction } from 'kysely';
import type { Database, StemsTable } from '../sql/database';

/** Rows of stems. */
export function stemRows(kysely: Kysely<Database> | Transaction<Database>) {
  const stems = () => kysely.selectFrom('stems');
  return {
    find: (id: string) => stems().selectAll().where('id', '=', id).executeTakeFirst(),
    of: (sessionId: string) => stems().selectAll().where('session_id', '=', sessionId).orderBy('created_at').orderBy('id').execute(),
    within: (sessionIds: readonly string[]) =>
      sessionIds.length === 0 ? Promise.resolve([]) : stems().selectAll().where('session_id', 'in', sessionIds).execute(),
    receiving: () => stems().selectAll().where('status', '=', 'receiving').execute(),
    count: async (sessionId: string, kind: StemsTable['kind']): Promise<number> => {
      const row = await stems()
        .select((select) => select.fn.countAll().as('count'))
        .where('session_id', '=', sessionId)
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    /** Bytes of all files in a session, there or announced, but for one. */
    bytesOfSession: async (sessionId: string, but: string): Promise<number> => {
      const row = await stems()
        .select((select) => select.fn.sum('bytes').as('bytes'))
        .where('session_id', '=', sessionId)
        .where('id', '!=', but)
        .executeTakeFirst();
      return Number(row?.bytes ?? 0);
    },
    /** Bytes of all that one person has sent, or announced, but for one: copies share theirs, and the demo song is on the house. */
    bytesOfPerson: async (userId: string, but: string): Promise<number> => {
      const sent = stems()
        .innerJoin('sessions', 'sessions.id', 'stems.session_id')
        .select((select) => [select.fn.coalesce('stems.content_id', 'stems.id').as('content'), 'stems.bytes as bytes'])
        .distinct()
        .where('stems.created_by', '=', userId)
        .where('stems.id', '!=', but)
        .where('sessions.demo', '=', 0);
      const row = await kysely
        .selectFrom(sent.as('sent'))
        .select((select) => select.fn.sum('bytes').as('bytes'))
        .executeTakeFirst();
      return Number(row?.bytes ?? 0);
    },
    bytesKept: async (): Promise<number> => {
      const contents = stems().select(['content_id', 'bytes']).distinct().where('content_id', 'is not', null);
      const row = await kysely
        .selectFrom(contents.as('contents'))
        .select((select) => select.fn.sum('bytes').as('bytes'))
        .executeTakeFirst();
      return Number(row?.bytes ?? 0);
    },
    /** Whether any stem, of any session, is made of this sound. */
    isUsed: async (contentId: string): Promise<boolean> => {
      const row = await stems().select('id').where('content_id', '=', contentId).limit(1).executeTakeFirst();
      return row !== undefined;
    },
    insert: (rows: StemsTable | readonly StemsTable[]) => kysely.insertInto('stems').values(rows).execute(),
    update: (id: string, change: Partial<StemsTable>) => kysely.updateTable('stems').set(change).where('id', '=', id).execute(),
    remove: (id: string) => kysely.deleteFrom('stems').where('id', '=', id).execute(),
    removeAll: (sessionId: string) => kysely.deleteFrom('stems').where('session_id', '=', sessionId).execute(),
  };
}
export type StemRows = ReturnType<typeof stemRows>;

import type { Kysely } from 'kysely';
import type { BlindTestsTable, BlindVotesTable, Database } from '../sql/database';

/** All of a test but its mixes. */
const TOLD = ['id', 'author_id', 'created_at', 'together', 'heard', 'revealed_at', 'versions'] as const;
export type BlindTestRow = Pick<BlindTestsTable, (typeof TOLD)[number]>;

/** Rows of blind tests and their votes; the mixes only where they are asked for. */
export function blindRows(kysely: Kysely<Database>) {
  return {
    newest: (sessionId: string, most: number) =>
      kysely
        .selectFrom('blind_tests')
        .select(TOLD)
        .where('session_id', '=', sessionId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(most)
        .execute(),
    find: (sessionId: string, id: string) =>
      kysely.selectFrom('blind_tests').select(TOLD).where('session_id', '=', sessionId).where('id', '=', id).executeTakeFirst(),
    mixesOf: (id: string) => kysely.selectFrom('blind_tests').select('mixes').where('id', '=', id).executeTakeFirst(),
    running: (sessionId: string) =>
      kysely.selectFrom('blind_tests').select('id').where('session_id', '=', sessionId).where('revealed_at', 'is', null).executeTakeFirst(),
    insert: (row: BlindTestsTable) => kysely.insertInto('blind_tests').values(row).execute(),
    hear: (id: string, heard: string) => kysely.updateTable('blind_tests').set({ heard }).where('id', '=', id).execute(),
    /** Whether it was this call that revealed it. */
    reveal: async (id: string, at: number) => {
      const { numUpdatedRows } = await kysely
        .updateTable('blind_tests')
        .set({ revealed_at: at })
        .where('id', '=', id)
        .where('revealed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0;
    },
    remove: (id: string) => kysely.deleteFrom('blind_tests').where('id', '=', id).execute(),
    votes: (ids: readonly string[]) =>
      ids.length === 0
        ? Promise.resolve([])
        : kysely.selectFrom('blind_votes').selectAll().where('test_id', 'in', ids).orderBy('user_id').execute(),
    /** One vote a person: a new one takes the place of the one before. */
    vote: (row: BlindVotesTable) =>
      kysely
        .insertInto('blind_votes')
        .values(row)
        .onConflict((conflict) => conflict.columns(['test_id', 'user_id']).doUpdateSet({ letter: row.letter }))
        .execute(),
  };
}

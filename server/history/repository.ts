import { type Kysely, sql } from 'kysely';
import type { Database, HistoryTable } from '../sql/database';

/** Which gestures, the newest first. */
export interface Wanted {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly strip?: string | undefined;
  readonly user?: string | undefined;
  /** Those that began before this row of the log. */
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly notBy?: string | undefined;
  readonly limit: number;
}

/** What of `like` has a meaning is taken as it is. */
const literally = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Rows of the history, without the service's own upkeep, and of visits. */
export function historyRows(kysely: Kysely<Database>) {
  const told = (sessionId: string) => kysely.selectFrom('history').where('session_id', '=', sessionId).where('kind', '!=', 'upkeep');
  return {
    find: (sessionId: string, id: string): Promise<HistoryTable | undefined> =>
      told(sessionId).selectAll().where('id', '=', id).executeTakeFirst(),
    list(sessionId: string, { since, until, strip, user, before, after, notBy, limit }: Wanted): Promise<HistoryTable[]> {
      let rows = told(sessionId).selectAll();
      if (since !== undefined) rows = rows.where('until', '>=', since);
      if (until !== undefined) rows = rows.where('at', '<=', until);
      if (user !== undefined) rows = rows.where('user_id', '=', user);
      if (notBy !== undefined) rows = rows.where('user_id', '!=', notBy);
      if (before !== undefined) rows = rows.where('sequence', '<', before);
      if (after !== undefined) rows = rows.where('sequence', '>', after);
      if (strip !== undefined) rows = rows.where(sql<boolean>`strips like ${`%/${literally(strip)}/%`} escape '\\'`);
      return rows.orderBy('sequence', 'desc').limit(limit).execute();
    },
    /** The row of the log with which the newest gesture began, and the oldest that is still kept; null where there is none. */
    async ends(sessionId: string): Promise<{ newest: number | null; oldest: number | null }> {
      const { newest, oldest } = await kysely
        .selectFrom('history')
        .where('session_id', '=', sessionId)
        .select((row) => [row.fn.max('sequence').as('newest'), row.fn.min('sequence').as('oldest')])
        .executeTakeFirstOrThrow();
      const number = (value: unknown) => (value === null ? null : Number(value));
      return { newest: number(newest), oldest: number(oldest) };
    },
    /** Which of the gestures have been taken back, by which. */
    async reverting(sessionId: string, ids: readonly string[]): Promise<{ id: string; reverts: string }[]> {
      if (ids.length === 0) return [];
      const found = await told(sessionId).select(['id', 'reverts']).where('reverts', 'in', ids).execute();
      return found.flatMap(({ id, reverts }) => (reverts === null ? [] : [{ id, reverts }]));
    },
    visit: async (sessionId: string, userId: string): Promise<number | null> => {
      const row = await kysely
        .selectFrom('visits')
        .select('at')
        .where('session_id', '=', sessionId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row === undefined ? null : Number(row.at);
    },
    visited: (sessionId: string, userId: string, at: number) =>
      kysely
        .insertInto('visits')
        .values({ session_id: sessionId, user_id: userId, at })
        .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet({ at }))
        .execute(),
  };
}

import { type Kysely, sql } from 'kysely';
import { ROLES } from '../../lib/access';
import type { Database } from '../sql/database';

/** Where a table tells who did something. */
const OWNED = [
  ['sessions', 'owner_id'],
  ['invites', 'created_by'],
  ['comments', 'author_id'],
  ['replies', 'author_id'],
  ['chat', 'author_id'],
  ['snapshots', 'author_id'],
  ['stems', 'created_by'],
  ['history', 'user_id'],
  ['updates', 'user_id'],
] as const;

/**
 * Gives everything that a guest has, and has done, to an account that the same person signs in to. Of a session in which both are, the
 * higher role stays. All of it or nothing; returns the sessions that the guest was in.
 */
export function mergeGuest(kysely: Kysely<Database>, guest: string, account: string): Promise<string[]> {
  return kysely.transaction().execute(async (transaction) => {
    const mine = await transaction.selectFrom('members').selectAll().where('user_id', 'in', [guest, account]).execute();
    const sessions = mine.filter(({ user_id }) => user_id === guest);
    for (const { session_id, role } of sessions) {
      const both = mine.find((other) => other.session_id === session_id && other.user_id === account);
      const member = () => transaction.updateTable('members').where('session_id', '=', session_id);
      if (!both) await member().set({ user_id: account }).where('user_id', '=', guest).execute();
      else if (ROLES.indexOf(role) < ROLES.indexOf(both.role)) await member().set({ role }).where('user_id', '=', account).execute();
    }
    await transaction.deleteFrom('members').where('user_id', '=', guest).execute();
    await transaction.deleteFrom('visits').where('user_id', '=', guest).execute();
    for (const [table, column] of OWNED) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${account} where ${sql.ref(column)} = ${guest}`.execute(transaction);
    }
    // Ids have no quotes in them: what is between quotes is the whole id.
    for (const [table, column] of [
      ['comments', 'mentions'],
      ['comments', 'suggestion'],
      ['replies', 'mentions'],
    ] as const) {
      const [from, to] = [JSON.stringify(guest), JSON.stringify(account)];
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = replace(${sql.ref(column)}, ${from}, ${to})
        where ${sql.ref(column)} like ${`%${from}%`}`.execute(transaction);
    }
    return sessions.map(({ session_id }) => session_id);
  });
}

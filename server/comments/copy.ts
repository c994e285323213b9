import type { Kysely } from 'kysely';
import { newId } from '../../lib/std';
import type { Database } from '../sql/database';
import { commentRows } from './repository';

/** Gives a new session the comments and replies of another. What waits for approval stays behind, and so does the mix that each spoke of. */
export async function copyComments(kysely: Kysely<Database>, from: string, to: string): Promise<void> {
  const rows = commentRows(kysely);
  const found = (await rows.of(from)).filter(({ status }) => status !== 'pending');
  const ids = new Map(found.map(({ id }) => [id, newId()]));
  const replies = await rows.repliesTo([...ids.keys()]);
  for (const row of found) await rows.insert({ ...row, id: ids.get(row.id) ?? newId(), session_id: to, mix_sequence: null });
  for (const row of replies) await rows.insertReply({ ...row, id: newId(), comment_id: ids.get(row.comment_id) ?? '' });
}

import type { Transaction } from 'kysely';
import { ROLES, type Role } from '../../lib/access';
import type { Config } from '../config';
import { notFound, Refusal } from '../http/problem';
import { freeColor, ownColor } from '../people/colors';
import type { Database } from '../sql/database';
import { holdSession } from '../sql/holding';
import { sessionRows } from './repository';

/**
 * Makes someone a member of a session or raises their role, as part of a larger step. False when they had as much already: a role is
 * never lowered here. Refuses when the session is full or gone.
 */
export async function join(
  transaction: Transaction<Database>,
  config: Pick<Config, 'MAX_MEMBERS'>,
  member: { readonly sessionId: string; readonly userId: string; readonly role: Role; readonly at: number },
): Promise<boolean> {
  const rows = sessionRows(transaction);
  await holdSession(transaction, member.sessionId);
  if ((await rows.find(member.sessionId)) === undefined) throw notFound();
  const all = await rows.members([member.sessionId]);
  const before = all.find((row) => row.user_id === member.userId);
  if (before !== undefined) {
    if (ROLES.indexOf(before.role) <= ROLES.indexOf(member.role)) return false;
    await rows.setRole(member.sessionId, member.userId, member.role);
    return true;
  }
  if (all.length >= config.MAX_MEMBERS) {
    throw new Refusal(409, `This session is full: ${config.MAX_MEMBERS} people belong to it, which is the limit.`);
  }
  const color = freeColor(
    all.map((row) => row.color),
    ownColor(member.userId),
  );
  await rows.addMember({ session_id: member.sessionId, user_id: member.userId, role: member.role, joined_at: member.at, color });
  return true;
}

import type { Kysely } from 'kysely';
import type { Role } from '../../lib/access';
import type { Member, User } from '../../lib/protocol';
import { notFound, Refusal } from '../http/problem';
import { freeColor } from '../people/colors';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Database } from '../sql/database';
import { holdSession } from '../sql/holding';
import type { Access } from './access';
import { sessionRows } from './repository';

export interface MemberNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly bus: Bus;
}

/** Who belongs to a session. A session always has an owner. */
export function createMembers({ kysely, access, people, bus }: MemberNeeds) {
  const rows = sessionRows(kysely);

  async function list(sessionId: string): Promise<Member[]> {
    const found = await rows.members([sessionId]);
    const names = await people.named(
      found.map((row) => row.user_id),
      sessionId,
    );
    return found.map((row) => ({ user: names.get(row.user_id) ?? somebody(row.user_id), role: row.role, joinedAt: row.joined_at }));
  }

  /** Runs `change` on a member unless it would leave the session without an owner. */
  async function changing(
    sessionId: string,
    userId: string,
    leavesOwner: boolean,
    change: (rows: ReturnType<typeof sessionRows>) => Promise<unknown>,
  ) {
    await kysely.transaction().execute(async (transaction) => {
      const inside = sessionRows(transaction);
      await holdSession(transaction, sessionId);
      const all = await inside.members([sessionId]);
      const member = all.find((row) => row.user_id === userId);
      if (member === undefined) throw notFound();
      const owners = all.filter((row) => row.role === 'owner');
      if (!leavesOwner && member.role === 'owner' && owners.length === 1) {
        throw new Refusal(409, 'A session needs an owner. Make somebody else the owner first.');
      }
      await change(inside);
    });
  }

  return {
    async list(user: User, sessionId: string): Promise<Member[]> {
      await access.demand(sessionId, user.id, 'session.read');
      return await list(sessionId);
    },
    async setRole(user: User, sessionId: string, userId: string, role: Role): Promise<Member> {
      await access.demand(sessionId, user.id, 'members.manage');
      await changing(sessionId, userId, role === 'owner', (inside) => inside.setRole(sessionId, userId, role));
      return await told(sessionId, userId);
    },
    /** The owner removes anybody; everybody may leave. */
    async remove(user: User, sessionId: string, userId: string): Promise<void> {
      await access.demand(sessionId, user.id, user.id === userId ? 'session.read' : 'members.manage');
      await changing(sessionId, userId, false, (inside) => inside.removeMember(sessionId, userId));
      publish(bus, 'member', { sessionId, what: 'gone', userId });
    },
    /** Gives a member the colour they want in a session, or the next that is free there. */
    async recolor(sessionId: string, userId: string, color: number): Promise<void> {
      await kysely.transaction().execute(async (transaction) => {
        await holdSession(transaction, sessionId);
        const others = (await sessionRows(transaction).members([sessionId])).filter((row) => row.user_id !== userId);
        const free = freeColor(
          others.map((row) => row.color),
          color,
        );
        await transaction
          .updateTable('members')
          .set({ color: free })
          .where('session_id', '=', sessionId)
          .where('user_id', '=', userId)
          .execute();
      });
    },
    told,
  };

  /** Tells everybody in the session how this member now stands, and returns it. */
  async function told(sessionId: string, userId: string): Promise<Member> {
    const member = (await list(sessionId)).find((one) => one.user.id === userId);
    if (member === undefined) throw notFound();
    publish(bus, 'member', { sessionId, what: 'put', member });
    return member;
  }
}
export type Members = ReturnType<typeof createMembers>;

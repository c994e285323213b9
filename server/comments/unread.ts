import { type Kysely, sql } from 'kysely';
import type { User } from '../../lib/protocol';
import type { Access } from '../sessions/access';
import type { Database } from '../sql/database';

/** What somebody has not seen yet in a session. */
export interface Unread {
  readonly unread: number;
  /** How many of them mention this person. */
  readonly mentioned: number;
  readonly readAt: number;
}

interface Counted {
  readonly session_id: string;
  readonly unread: number | string;
  readonly mentioned: number | string | null;
}

/** Until when each member has seen the comments, and how many came since. */
export function createUnread(kysely: Kysely<Database>, access: Access, now: () => number) {
  /** Comments that this person may see and has not written, or replies to such, by session. */
  function since(userId: string, of: 'comments' | 'replies') {
    const mention = `%"${userId}"%`;
    return sql<Counted>`
      select comments.session_id, count(*) as unread, sum(case when ${sql.ref(`${of}.mentions`)} like ${mention} then 1 else 0 end) as mentioned
      from members
      join comments on comments.session_id = members.session_id
      ${of === 'replies' ? sql`join replies on replies.comment_id = comments.id` : sql``}
      where members.user_id = ${userId}
        and ${sql.ref(`${of}.author_id`)} <> ${userId}
        and ${of === 'comments' ? sql`comments.shown_at` : sql`replies.created_at`} > coalesce(members.comments_read_at, members.joined_at)
        and (comments.status <> 'pending' or comments.author_id = ${userId} or members.role in ('owner', 'mixer'))
      group by comments.session_id`.execute(kysely);
  }

  return {
    /** Of all sessions of this person. */
    async of(userId: string): Promise<ReadonlyMap<string, Unread>> {
      const marks = await kysely
        .selectFrom('members')
        .select(['session_id', 'joined_at', 'comments_read_at'])
        .where('user_id', '=', userId)
        .execute();
      const counts = [...(await since(userId, 'comments')).rows, ...(await since(userId, 'replies')).rows];
      return new Map(
        marks.map((mark) => {
          const mine = counts.filter((row) => row.session_id === mark.session_id);
          const sum = (field: 'unread' | 'mentioned') => mine.reduce((all, row) => all + Number(row[field] ?? 0), 0);
          const readAt = Number(mark.comments_read_at ?? mark.joined_at);
          return [mark.session_id, { unread: sum('unread'), mentioned: sum('mentioned'), readAt }];
        }),
      );
    },
    /** Everything up to `through` (service time, ms) has been seen; the mark never goes back. Returns where it is. */
    async seen(user: User, sessionId: string, through: number = now()): Promise<number> {
      await access.demand(sessionId, user.id, 'session.read');
      const at = Math.round(Math.min(through, now()));
      await kysely
        .updateTable('members')
        .set({ comments_read_at: at })
        .where('session_id', '=', sessionId)
        .where('user_id', '=', user.id)
        .where((row) => row.or([row('comments_read_at', 'is', null), row('comments_read_at', '<', at)]))
        .execute();
      const mark = await kysely
        .selectFrom('members')
        .select(['comments_read_at', 'joined_at'])
        .where('session_id', '=', sessionId)
        .where('user_id', '=', user.id)
        .executeTakeFirst();
      return Number(mark?.comments_read_at ?? mark?.joined_at ?? at);
    },
  };
}
export type UnreadComments = ReturnType<typeof createUnread>;

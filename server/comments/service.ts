import type { Kysely } from 'kysely';
import { may, type Role } from '../../lib/access';
import type { Comment, User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { forbidden, notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Access } from '../sessions/access';
import type { CommentsTable, Database, RepliesTable } from '../sql/database';
import { holdSession } from '../sql/holding';
import { commentRows } from './repository';

export interface CommentNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  /** Whether listeners may leave comments there, which then wait for approval. */
  readonly listenersMayComment: (sessionId: string) => Promise<boolean>;
  readonly people: People;
  readonly bus: Bus;
  readonly config: Pick<Config, 'MAX_COMMENTS'>;
  readonly now: () => number;
}

export interface CommentWish {
  readonly body: string;
  readonly at: number;
  readonly until?: number | undefined;
  readonly stripId?: string | undefined;
  readonly parameter?: string | undefined;
}

/** Replies up to which a comment is told whole when one of them changes. */
const TOLD_WHOLE = 20;

/** What waits for approval is seen by who wrote it and by those who may approve it. */
function maySee(comment: Pick<CommentsTable, 'status' | 'author_id'>, userId: string, role: Role): boolean {
  return comment.status !== 'pending' || comment.author_id === userId || may(role, 'comments.moderate');
}

export function createComments({ kysely, access, listenersMayComment, people, bus, config, now }: CommentNeeds) {
  const rows = commentRows(kysely);

  async function described(sessionId: string, found: readonly CommentsTable[]): Promise<Comment[]> {
    const replies = await rows.repliesTo(found.map((row) => row.id));
    const names = await people.named(
      [...found, ...replies].map((row) => row.author_id),
      sessionId,
    );
    const author = (id: string): User => names.get(id) ?? somebody(id);
    return found.map((row) =>
      commentOf(
        row,
        replies.filter((reply) => reply.comment_id === row.id),
        author,
      ),
    );
  }

  /** The comment, with the asker's role; a 404 for who may not see it. */
  async function seen(user: User, sessionId: string, id: string): Promise<{ row: CommentsTable; role: Role }> {
    const role = await access.demand(sessionId, user.id, 'session.read');
    const row = await rows.find(sessionId, id);
    if (row === undefined || !maySee(row, user.id, role)) throw notFound();
    return { row, role };
  }

  /** A reply to a comment that the asker may see, with the asker's role. */
  async function seenReply(user: User, sessionId: string, id: string, replyId: string): Promise<{ reply: RepliesTable; role: Role }> {
    const { role } = await seen(user, sessionId, id);
    const reply = await rows.findReply(id, replyId);
    if (reply === undefined) throw notFound();
    return { reply, role };
  }

  async function asItIs(sessionId: string, id: string): Promise<Comment> {
    const row = await rows.find(sessionId, id);
    const [comment] = row === undefined ? [] : await described(sessionId, [row]);
    if (comment === undefined) throw notFound();
    return comment;
  }

  async function told(sessionId: string, id: string): Promise<Comment> {
    const comment = await asItIs(sessionId, id);
    publish(bus, 'comment', { sessionId, what: 'put', comment });
    return comment;
  }

  /** Tells of one reply: of it alone under a long thread, which all would otherwise get anew with each word. */
  async function toldOfReply(sessionId: string, id: string, replyId: string): Promise<Comment> {
    const comment = await asItIs(sessionId, id);
    const pendingOf = comment.status === 'pending' ? comment.author.id : null;
    const reply = comment.replies.find((one) => one.id === replyId);
    if (comment.replies.length <= TOLD_WHOLE) publish(bus, 'comment', { sessionId, what: 'put', comment });
    else if (reply) publish(bus, 'comment', { sessionId, what: 'reply', id, reply, pendingOf });
    else publish(bus, 'comment', { sessionId, what: 'reply gone', id, replyId, pendingOf });
    return comment;
  }

  return {
    async list(user: User, sessionId: string): Promise<Comment[]> {
      const role = await access.demand(sessionId, user.id, 'session.read');
      return await described(
        sessionId,
        (await rows.of(sessionId)).filter((row) => maySee(row, user.id, role)),
      );
    },
    async create(user: User, sessionId: string, wish: CommentWish): Promise<Comment> {
      const role = await access.demand(sessionId, user.id, 'comments.suggest');
      const publishes = may(role, 'comments.write');
      if (!publishes && !(await listenersMayComment(sessionId))) {
        throw forbidden('As listener you may not comment here. The owner can allow it, or give you another role.');
      }
      const id = newId();
      const row: CommentsTable = {
        id,
        session_id: sessionId,
        author_id: user.id,
        body: wish.body,
        at_seconds: wish.at,
        until_seconds: wish.until ?? null,
        strip_id: wish.stripId ?? null,
        parameter: wish.parameter ?? null,
        status: publishes ? 'published' : 'pending',
        created_at: now(),
        edited_at: null,
      };
      // Counted where it is added: many at once are no way around the limit.
      await kysely.transaction().execute(async (transaction) => {
        const inside = commentRows(transaction);
        await holdSession(transaction, sessionId);
        if ((await inside.count(sessionId)) >= config.MAX_COMMENTS) {
          throw new Refusal(409, `This session has ${config.MAX_COMMENTS} comments, which is the limit. Delete some to make room.`);
        }
        await inside.insert(row);
      });
      return await told(sessionId, id);
    },
    async edit(user: User, sessionId: string, id: string, body: string): Promise<Comment> {
      const { row, role } = await seen(user, sessionId, id);
      if (row.author_id !== user.id) throw forbidden('Only who wrote a comment may change it.');
      // What was approved is not what a later edit says: a listener's waits again.
      const status = may(role, 'comments.write') ? row.status : 'pending';
      if (status === 'pending' && row.status !== 'pending') {
        publish(bus, 'comment', { sessionId, what: 'gone', id, pendingOf: null });
      }
      await rows.update(id, { body, status, edited_at: now() });
      return await told(sessionId, id);
    },
    async remove(user: User, sessionId: string, id: string): Promise<void> {
      const { row, role } = await seen(user, sessionId, id);
      if (row.author_id !== user.id && !may(role, 'comments.moderate')) {
        throw forbidden('Only who wrote a comment, or who mixes here, may delete it.');
      }
      await rows.remove(id);
      publish(bus, 'comment', { sessionId, what: 'gone', id, pendingOf: row.status === 'pending' ? row.author_id : null });
    },
    async approve(user: User, sessionId: string, id: string): Promise<Comment> {
      const { row } = await seen(user, sessionId, id);
      await access.demand(sessionId, user.id, 'comments.moderate');
      if (row.status === 'pending') await rows.update(id, { status: 'published' });
      return await told(sessionId, id);
    },
    async resolve(user: User, sessionId: string, id: string, resolved: boolean): Promise<Comment> {
      const { row, role } = await seen(user, sessionId, id);
      if (row.author_id !== user.id || !may(role, 'comments.write')) await access.demand(sessionId, user.id, 'comments.moderate');
      if (row.status === 'pending') throw new Refusal(409, 'This comment waits for approval; approve it before it is resolved.');
      await rows.update(id, { status: resolved ? 'resolved' : 'published' });
      return await told(sessionId, id);
    },
    async reply(user: User, sessionId: string, id: string, body: string): Promise<Comment> {
      await seen(user, sessionId, id);
      await access.demand(sessionId, user.id, 'comments.write');
      const row: RepliesTable = { id: newId(), comment_id: id, author_id: user.id, body, created_at: now(), edited_at: null };
      await kysely.transaction().execute(async (transaction) => {
        const inside = commentRows(transaction);
        await holdSession(transaction, sessionId);
        if ((await inside.countReplies(id)) >= config.MAX_COMMENTS) {
          throw new Refusal(409, `This comment has ${config.MAX_COMMENTS} replies, which is the limit.`);
        }
        await inside.insertReply(row);
      });
      return await toldOfReply(sessionId, id, row.id);
    },
    async editReply(user: User, sessionId: string, id: string, replyId: string, body: string): Promise<Comment> {
      const { reply } = await seenReply(user, sessionId, id, replyId);
      if (reply.author_id !== user.id) throw forbidden('Only who wrote a reply may change it.');
      await access.demand(sessionId, user.id, 'comments.write');
      await rows.updateReply(replyId, { body, edited_at: now() });
      return await toldOfReply(sessionId, id, replyId);
    },
    async removeReply(user: User, sessionId: string, id: string, replyId: string): Promise<Comment> {
      const { reply, role } = await seenReply(user, sessionId, id, replyId);
      if (reply.author_id !== user.id && !may(role, 'comments.moderate')) {
        throw forbidden('Only who wrote a reply, or who mixes here, may delete it.');
      }
      await rows.removeReply(replyId);
      return await toldOfReply(sessionId, id, replyId);
    },
  };
}
export type Comments = ReturnType<typeof createComments>;

function commentOf(row: CommentsTable, replies: readonly RepliesTable[], author: (id: string) => User): Comment {
  return {
    id: row.id,
    author: author(row.author_id),
    body: row.body,
    at: row.at_seconds,
    ...(row.until_seconds === null ? {} : { until: row.until_seconds }),
    ...(row.strip_id === null ? {} : { stripId: row.strip_id }),
    ...(row.parameter === null ? {} : { parameter: row.parameter }),
    status: row.status,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    replies: replies.map((reply) => ({
      id: reply.id,
      author: author(reply.author_id),
      body: reply.body,
      createdAt: reply.created_at,
      editedAt: reply.edited_at,
    })),
  };
}

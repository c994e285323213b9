import type { Kysely } from 'kysely';
import { may, type Role } from '../../lib/access';
import type { Records } from '../../lib/mix';
import { type Comment, type CommentRequest, type PastMix, recordsAsData, type User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { forbidden, notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Access } from '../sessions/access';
import type { CommentsTable, Database, RepliesTable } from '../sql/database';
import { holdSession } from '../sql/holding';
import type { SyncService } from '../sync';
import { commentOf, peopleIn } from './described';
import { commentRows } from './repository';
import { carriedOut, checkedSuggestion, suggestionIn } from './suggestion';

export interface CommentNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  /** Whether listeners may leave comments there, which then wait for approval. */
  readonly listenersMayComment: (sessionId: string) => Promise<boolean>;
  readonly people: People;
  readonly sync: Pick<SyncService, 'read' | 'edit'>;
  /** The history, as far as a comment remembers the mix it spoke of. */
  readonly past: {
    present(sessionId: string): Promise<number>;
    recordsAt(sessionId: string, place: number): Promise<Records>;
  };
  readonly bus: Bus;
  readonly config: Pick<Config, 'MAX_COMMENTS'>;
  readonly now: () => number;
}

/** Words, and who is called by name in them. */
export type Words = Pick<CommentRequest, 'body' | 'mentions'>;

/** Replies up to which a comment is told whole when one of them changes. */
const TOLD_WHOLE = 20;

/** What waits for approval is seen by who wrote it and by those who may approve it. */
function maySee(comment: Pick<CommentsTable, 'status' | 'author_id'>, userId: string, role: Role): boolean {
  return comment.status !== 'pending' || comment.author_id === userId || may(role, 'comments.moderate');
}

export function createComments({ kysely, access, listenersMayComment, people, sync, past, bus, config, now }: CommentNeeds) {
  const rows = commentRows(kysely);

  async function described(sessionId: string, found: readonly CommentsTable[]): Promise<Comment[]> {
    const replies = await rows.repliesTo(found.map((row) => row.id));
    const names = await people.named(peopleIn(found, replies), sessionId);
    const author = (id: string): User => names.get(id) ?? somebody(id);
    return found.map((row) =>
      commentOf(
        row,
        replies.filter((reply) => reply.comment_id === row.id),
        author,
      ),
    );
  }

  /** The ids of those called by name who belong to the session, as JSON; null for nobody. */
  async function called(sessionId: string, mentions: readonly string[] = []): Promise<string | null> {
    const roles = await Promise.all([...new Set(mentions)].map(async (id) => [id, await access.roleOf(sessionId, id)] as const));
    const known = roles.flatMap(([id, role]) => (role === null ? [] : [id]));
    return known.length > 0 ? JSON.stringify(known) : null;
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
    async create(user: User, sessionId: string, wish: CommentRequest): Promise<Comment> {
      const role = await access.demand(sessionId, user.id, 'comments.suggest');
      const publishes = may(role, 'comments.write');
      if (!publishes && !(await listenersMayComment(sessionId))) {
        throw forbidden('As listener you may not comment here. The owner can allow it, or give you another role.');
      }
      const id = newId();
      const at = now();
      const suggestion = wish.suggestion && checkedSuggestion(await sync.read(sessionId), wish.suggestion.changes);
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
        created_at: at,
        edited_at: null,
        mentions: await called(sessionId, wish.mentions),
        mix_sequence: await past.present(sessionId),
        suggestion: suggestion ? JSON.stringify(suggestion) : null,
        shown_at: at,
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
    async edit(user: User, sessionId: string, id: string, { body, mentions }: Words): Promise<Comment> {
      const { row, role } = await seen(user, sessionId, id);
      if (row.author_id !== user.id) throw forbidden('Only who wrote a comment may change it.');
      // What was approved is not what a later edit says: a listener's waits again.
      const status = may(role, 'comments.write') ? row.status : 'pending';
      if (status === 'pending' && row.status !== 'pending') {
        publish(bus, 'comment', { sessionId, what: 'gone', id, pendingOf: null });
      }
      await rows.update(id, { body, status, edited_at: now(), mentions: await called(sessionId, mentions) });
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
      if (row.status === 'pending') await rows.update(id, { status: 'published', shown_at: now() });
      return await told(sessionId, id);
    },
    async resolve(user: User, sessionId: string, id: string, resolved: boolean): Promise<Comment> {
      const { row, role } = await seen(user, sessionId, id);
      if (row.author_id !== user.id || !may(role, 'comments.write')) await access.demand(sessionId, user.id, 'comments.moderate');
      if (row.status === 'pending') throw new Refusal(409, 'This comment waits for approval; approve it before it is resolved.');
      await rows.update(id, { status: resolved ? 'resolved' : 'published' });
      return await told(sessionId, id);
    },
    /**
     * Accepts or declines what a comment suggests. Accepting carries it out, as one gesture of who accepts, as far as the mix is not
     * so already, and resolves the thread.
     */
    async decide(user: User, sessionId: string, id: string, accepted: boolean): Promise<Comment> {
      const { row } = await seen(user, sessionId, id);
      await access.demand(sessionId, user.id, 'mix.write');
      const suggestion = suggestionIn(row);
      if (suggestion === null) throw new Refusal(409, 'This comment suggests no changes.');
      if (row.status === 'pending') throw new Refusal(409, 'This comment waits for approval; approve it first.');
      if (suggestion.status === 'accepted') throw new Refusal(409, 'This suggestion was accepted already. Nothing was changed.');
      if (accepted) await sync.edit(sessionId, (mix) => carriedOut(mix, suggestion), { userId: user.id });
      const status = accepted ? 'accepted' : 'declined';
      await rows.update(id, {
        suggestion: JSON.stringify({ ...suggestion, status, decidedBy: user.id }),
        ...(accepted ? { status: 'resolved' } : {}),
      });
      return await told(sessionId, id);
    },
    /** The mix as it was when a comment was written. */
    async mix(user: User, sessionId: string, id: string): Promise<PastMix> {
      const { row } = await seen(user, sessionId, id);
      if (row.mix_sequence === null) throw new Refusal(410, 'This comment is older than the memory of the mix it spoke of.');
      return { records: recordsAsData(await past.recordsAt(sessionId, Number(row.mix_sequence))) };
    },
    async reply(user: User, sessionId: string, id: string, { body, mentions }: Words): Promise<Comment> {
      await seen(user, sessionId, id);
      await access.demand(sessionId, user.id, 'comments.write');
      const row: RepliesTable = {
        id: newId(),
        comment_id: id,
        author_id: user.id,
        body,
        created_at: now(),
        edited_at: null,
        mentions: await called(sessionId, mentions),
      };
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
    async editReply(user: User, sessionId: string, id: string, replyId: string, { body, mentions }: Words): Promise<Comment> {
      const { reply } = await seenReply(user, sessionId, id, replyId);
      if (reply.author_id !== user.id) throw forbidden('Only who wrote a reply may change it.');
      await access.demand(sessionId, user.id, 'comments.write');
      await rows.updateReply(replyId, { body, edited_at: now(), mentions: await called(sessionId, mentions) });
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

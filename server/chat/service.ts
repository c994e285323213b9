import type { Kysely } from 'kysely';
import { may } from '../../lib/access';
import type { ChatCall, ChatMessage, User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { atMost, type Limits } from '../http/guard';
import { forbidden, notFound } from '../http/problem';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Access } from '../sessions/access';
import type { ChatTable, Database } from '../sql/database';
import { holdSession } from '../sql/holding';
import { chatRows } from './repository';

export interface ChatNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly bus: Bus;
  readonly limits: Limits;
  readonly config: Pick<Config, 'MAX_CHAT' | 'CHAT_PER_MINUTE'>;
  readonly now: () => number;
}

type Saying = Extract<ChatCall, { readonly action: 'say' }>;

/** What people write to each other beside the song: the newest messages are kept, older ones go. */
export function createChat({ kysely, access, people, bus, limits, config, now }: ChatNeeds) {
  const rows = chatRows(kysely);
  const count = atMost(limits, config.CHAT_PER_MINUTE, 'chat messages');

  async function described(sessionId: string, found: readonly ChatTable[]): Promise<ChatMessage[]> {
    const names = await people.named(
      found.map((row) => row.author_id),
      sessionId,
    );
    return found.map((row) => messageOf(row, names.get(row.author_id) ?? somebody(row.author_id)));
  }

  return {
    /** The last `limit` messages, before the one with the id `before` where it is given; the oldest of them first. */
    async list(user: User, sessionId: string, limit: number, before?: string): Promise<ChatMessage[]> {
      await access.demand(sessionId, user.id, 'session.read');
      const end = before === undefined ? undefined : await rows.find(sessionId, before);
      if (before !== undefined && end === undefined) throw notFound();
      const found = end === undefined ? await rows.newest(sessionId, limit) : await rows.before(end, limit);
      return await described(sessionId, found.reverse());
    },
    async say(user: User, sessionId: string, { body, at, until, stripId }: Saying): Promise<ChatMessage> {
      await access.demand(sessionId, user.id, 'talk');
      await count(user.id);
      const row: ChatTable = {
        id: newId(),
        session_id: sessionId,
        author_id: user.id,
        body,
        at_seconds: at ?? null,
        until_seconds: until ?? null,
        strip_id: stripId ?? null,
        created_at: now(),
      };
      const gone = await kysely.transaction().execute(async (transaction) => {
        const inside = chatRows(transaction);
        await holdSession(transaction, sessionId);
        await inside.insert(row);
        const old = await inside.beyond(sessionId, config.MAX_CHAT);
        if (old.length > 0) await inside.remove(old);
        return old;
      });
      const [message] = await described(sessionId, [row]);
      if (message === undefined) throw notFound();
      publish(bus, 'chat', { sessionId, what: 'put', message });
      for (const id of gone) publish(bus, 'chat', { sessionId, what: 'gone', id });
      return message;
    },
    async remove(user: User, sessionId: string, id: string): Promise<void> {
      const role = await access.demand(sessionId, user.id, 'session.read');
      const row = await rows.find(sessionId, id);
      if (row === undefined) throw notFound();
      if (row.author_id !== user.id && !may(role, 'comments.moderate')) {
        throw forbidden('Only who wrote a message, or who mixes here, may delete it.');
      }
      await rows.remove([id]);
      publish(bus, 'chat', { sessionId, what: 'gone', id });
    },
  };
}
export type Chat = ReturnType<typeof createChat>;

function messageOf(row: ChatTable, author: User): ChatMessage {
  return {
    id: row.id,
    author,
    body: row.body,
    ...(row.at_seconds === null ? {} : { at: row.at_seconds }),
    ...(row.until_seconds === null ? {} : { until: row.until_seconds }),
    ...(row.strip_id === null ? {} : { stripId: row.strip_id }),
    createdAt: Number(row.created_at),
  };
}

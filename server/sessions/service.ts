import type { Kysely } from 'kysely';
import type { Role } from '../../lib/access';
import type { SessionInfo, User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { forbidden, notFound, Refusal } from '../http/problem';
import { ownColor } from '../people/colors';
import type { People } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Database, SessionsTable } from '../sql/database';
import { holdUser } from '../sql/holding';
import type { Access } from './access';
import { sessionRows } from './repository';

/** The mix documents, as far as the life of a session concerns them. */
export interface Documents {
  /** Makes the document of a new session. */
  create(sessionId: string): Promise<void>;
  /** Gives the new session a copy of another's mix; `stems` tells the new stem for each old one. */
  copy(from: string, to: string, stems: ReadonlyMap<string, string>): Promise<void>;
  remove(sessionId: string): Promise<void>;
}
/** The stems, as far as the life of a session concerns them. */
export interface SessionStems {
  /** Length in seconds and small picture of each session's song. */
  outlines(sessionIds: readonly string[]): Promise<ReadonlyMap<string, { readonly seconds: number; readonly wave: readonly number[] }>>;
  /** Gives the new session the same stems, sharing their sound; returns the new stem for each old one. */
  copy(from: string, to: string, userId: string): Promise<ReadonlyMap<string, string>>;
  remove(sessionId: string): Promise<void>;
}

export interface SessionNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly bus: Bus;
  readonly documents: Documents;
  readonly stems: SessionStems;
  /** What this person has not seen yet, in each of their sessions. */
  readonly unread: (userId: string) => Promise<ReadonlyMap<string, { unread: number; mentioned: number; readAt: number }>>;
  /** Gives a new session the comments of another, but those that wait for approval. */
  readonly copyComments: (from: string, to: string) => Promise<void>;
  /** Resolves when the demo song's template is there; rejects when it could not be made. */
  readonly demoReady: () => Promise<void>;
  readonly config: Pick<Config, 'SIGNUPS' | 'MAX_SESSIONS_PER_USER'>;
  readonly now: () => number;
}

const COPY = ' (copy)';
const TITLE_LENGTH = 200;
/** The id of the demo song's template, of which everybody gets a copy. */
export const DEMO_TEMPLATE = 'demo';
/** How long somebody waits for the demo song when it is being prepared at the first start, in milliseconds. */
const PATIENCE = 60_000;
/** Deleted sessions can be brought back for this long, in milliseconds. */
export const KEPT_AFTER_DELETE = 30 * 24 * 3600 * 1000;

export function createSessions(needs: SessionNeeds) {
  const { kysely, access, people, bus, documents, stems, unread, demoReady, config, now } = needs;
  const rows = sessionRows(kysely);
  const openingDemo = new Map<string, Promise<SessionInfo>>();

  type Mine = SessionsTable & { readonly role: Role; readonly archived_at: number | null };

  async function described(user: User, found: readonly Mine[]): Promise<SessionInfo[]> {
    const ids = found.map((row) => row.id);
    const members = await rows.members(ids);
    const names = await people.named(members.map((member) => member.user_id));
    const outlines = await stems.outlines(ids);
    const unseen = await unread(user.id);
    return found.map((row) => ({
      id: row.id,
      title: row.title,
      role: row.role,
      demo: row.demo === 1,
      listenersMayComment: row.listeners_may_comment === 1,
      createdAt: row.created_at,
      changedAt: row.changed_at,
      seconds: outlines.get(row.id)?.seconds ?? 0,
      people: members
        .filter((member) => member.session_id === row.id)
        .flatMap((member) => {
          const user = names.get(member.user_id);
          return user ? [{ ...user, color: member.color }] : [];
        }),
      wave: [...(outlines.get(row.id)?.wave ?? [])],
      unread: unseen.get(row.id)?.unread ?? 0,
      mentioned: unseen.get(row.id)?.mentioned ?? 0,
      commentsReadAt: unseen.get(row.id)?.readAt ?? 0,
      archived: row.archived_at !== null,
    }));
  }

  async function get(user: User, id: string): Promise<SessionInfo> {
    const role = await access.demand(id, user.id, 'session.read');
    const row = await rows.find(id);
    const [info] = row === undefined ? [] : await described(user, [{ ...row, role, archived_at: await rows.archivedAt(id, user.id) }]);
    if (info === undefined) throw notFound();
    return info;
  }

  async function checkOwned(inside: ReturnType<typeof sessionRows>, user: User): Promise<void> {
    if ((await inside.countOwned(user.id)) < config.MAX_SESSIONS_PER_USER) return;
    throw new Refusal(409, `You own ${config.MAX_SESSIONS_PER_USER} sessions, which is the limit. Delete one to make room.`);
  }

  /** Makes the session with what `fill` puts into it; when that fails nothing of it stays. */
  async function make(user: User, title: string, demo: boolean, fill: (id: string) => Promise<void>): Promise<SessionInfo> {
    await checkOwned(rows, user);
    const id = newId();
    const at = now();
    // Counts as deleted until it is filled: nobody finds it half-made, and what a crash leaves is swept away.
    const row = {
      id,
      title,
      owner_id: user.id,
      demo: demo ? 1 : 0,
      listeners_may_comment: 0,
      created_at: at,
      changed_at: at,
      deleted_at: at,
    };
    await rows.insert(row);
    try {
      await fill(id);
      await kysely.transaction().execute(async (transaction) => {
        const inside = sessionRows(transaction);
        await holdUser(transaction, user.id);
        // Again where it counts from: others may have been made at the same time.
        await checkOwned(inside, user);
        await inside.addMember({ session_id: id, user_id: user.id, role: 'owner', joined_at: at, color: ownColor(user.id) });
        await inside.update(id, { deleted_at: null });
      });
    } catch (error) {
      await erase(id);
      throw error;
    }
    return await get(user, id);
  }

  async function erase(id: string): Promise<void> {
    await documents.remove(id);
    await stems.remove(id);
    await rows.erase(id);
  }

  async function checkMayCreate(user: User): Promise<void> {
    if (config.SIGNUPS === 'closed') throw forbidden('New sessions are switched off here.');
    if (config.SIGNUPS === 'invited' && !(await rows.isMemberAnywhere(user.id))) {
      throw forbidden('Only people who were invited to a session can create their own here.');
    }
  }

  async function openDemo(user: User): Promise<SessionInfo> {
    const mine = await rows.demoOf(user.id);
    if (mine !== undefined && (await access.roleOf(mine.id, user.id)) !== null) return await get(user, mine.id);
    await within(PATIENCE, demoReady());
    const template = await rows.find(DEMO_TEMPLATE);
    if (template === undefined) throw new Refusal(503, 'The demo song could not be prepared here. Your own sessions work.');
    return await make(user, template.title, true, async (id) => {
      const copied = await stems.copy(DEMO_TEMPLATE, id, user.id);
      await documents.copy(DEMO_TEMPLATE, id, copied);
    });
  }

  return {
    get,
    async list(user: User): Promise<SessionInfo[]> {
      return await described(user, await rows.of(user.id));
    },
    async create(user: User, title: string): Promise<SessionInfo> {
      await checkMayCreate(user);
      return await make(user, title, false, (id) => documents.create(id));
    },
    /** My own copy of the demo song, the same one each time. Two calls at once make one. */
    demo(user: User): Promise<SessionInfo> {
      const under = openingDemo.get(user.id);
      if (under !== undefined) return under;
      const opening = openDemo(user).finally(() => openingDemo.delete(user.id));
      openingDemo.set(user.id, opening);
      return opening;
    },
    /** A session of my own with the same stems, which share their sound, and a copy of the mix as it is on disk. */
    async duplicate(
      user: User,
      from: string,
      wish: { readonly title?: string | undefined; readonly comments: boolean },
    ): Promise<SessionInfo> {
      await access.demand(from, user.id, 'session.copy');
      await checkMayCreate(user);
      const { title } = await get(user, from);
      return await make(user, wish.title ?? `${title.slice(0, TITLE_LENGTH - COPY.length)}${COPY}`, false, async (id) => {
        const copied = await stems.copy(from, id, user.id);
        await documents.copy(from, id, copied);
        if (wish.comments) await needs.copyComments(from, id);
      });
    },
    /** Puts a session away, or back among the others, for this person alone. */
    async archive(user: User, id: string, archived: boolean): Promise<SessionInfo> {
      await access.demand(id, user.id, 'session.read');
      await rows.archive(id, user.id, archived ? now() : null);
      return await get(user, id);
    },
    async change(
      user: User,
      id: string,
      change: { readonly title?: string | undefined; readonly listenersMayComment?: boolean | undefined },
    ) {
      await access.demand(id, user.id, 'session.edit');
      await rows.update(id, {
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.listenersMayComment === undefined ? {} : { listeners_may_comment: change.listenersMayComment ? 1 : 0 }),
        changed_at: now(),
      });
      const info = await get(user, id);
      publish(bus, 'info', { sessionId: id, title: info.title, listenersMayComment: info.listenersMayComment });
      return info;
    },
    async listenersMayComment(id: string): Promise<boolean> {
      return (await rows.find(id))?.listeners_may_comment === 1;
    },
    async remove(user: User, id: string): Promise<void> {
      await access.demand(id, user.id, 'session.delete');
      await rows.update(id, { deleted_at: now() });
      publish(bus, 'session', { sessionId: id, what: 'gone' });
    },
    /** For whoever runs the service: deletes a session as its owner would; false when there is none. */
    async withdraw(id: string): Promise<boolean> {
      if ((await rows.find(id)) === undefined) return false;
      await rows.update(id, { deleted_at: now() });
      publish(bus, 'session', { sessionId: id, what: 'gone' });
      return true;
    },
    /** For whoever runs the service: takes a deletion back; false when there is none. What was never finished has no members. */
    async bringBack(id: string): Promise<boolean> {
      if ((await rows.members([id])).length === 0 || (await rows.find(id)) !== undefined) return false;
      await rows.update(id, { deleted_at: null });
      return true;
    },
    /** Takes an owner's own deletion back, within the limit of how many sessions one person owns. */
    async bringBackOwn(user: User, id: string): Promise<SessionInfo> {
      await kysely.transaction().execute(async (transaction) => {
        const inside = sessionRows(transaction);
        await holdUser(transaction, user.id);
        await checkOwned(inside, user);
        await inside.update(id, { deleted_at: null });
      });
      return await get(user, id);
    },
    erase,
    /** Erases what was deleted more than thirty days ago. */
    async sweep(): Promise<void> {
      for (const { id } of await rows.deletedBefore(now() - KEPT_AFTER_DELETE)) await erase(id);
    },
  };
}
export type Sessions = ReturnType<typeof createSessions>;

/** Refuses with 503 when the demo song takes longer than `ms`, or cannot be made. */
async function within(ms: number, ready: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Refusal(503, 'The demo song is still being prepared. Try again in a few seconds.', { 'retry-after': '5' }));
    }, ms);
  });
  try {
    await Promise.race([ready.catch(() => {}), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

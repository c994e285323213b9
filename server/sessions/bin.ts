import type { Kysely } from 'kysely';
import type { BinnedSession, SessionInfo, User } from '../../lib/protocol';
import { notFound } from '../http/problem';
import type { People } from '../people/service';
import type { Database, SessionsTable } from '../sql/database';
import { sessionRows } from './repository';
import { KEPT_AFTER_DELETE, type SessionStems, type Sessions } from './service';

export interface BinNeeds {
  readonly kysely: Kysely<Database>;
  readonly people: People;
  readonly stems: Pick<SessionStems, 'outlines'>;
  readonly sessions: Pick<Sessions, 'bringBackOwn' | 'erase'>;
  readonly now: () => number;
}

/** What a session's owners have deleted: kept for thirty days, in which they bring it back or erase it at once. */
export function createBin({ kysely, people, stems, sessions, now }: BinNeeds) {
  const rows = sessionRows(kysely);

  async function inBin(user: User): Promise<SessionsTable[]> {
    return (await rows.deletedOf(user.id)).filter(({ deleted_at }) => Number(deleted_at) > now() - KEPT_AFTER_DELETE);
  }

  /** Refuses with the same 404 what is not there, what is not deleted and what is not theirs. */
  async function own(user: User, id: string): Promise<void> {
    if (!(await inBin(user)).some((row) => row.id === id)) throw notFound();
  }

  return {
    async list(user: User): Promise<BinnedSession[]> {
      const found = await inBin(user);
      const ids = found.map(({ id }) => id);
      const [members, outlines] = [await rows.members(ids), await stems.outlines(ids)];
      const names = await people.named(members.map((member) => member.user_id));
      return found.map(({ id, title, deleted_at }) => ({
        id,
        title,
        seconds: outlines.get(id)?.seconds ?? 0,
        people: members.filter(({ session_id }) => session_id === id).flatMap(({ user_id }) => names.get(user_id) ?? []),
        wave: [...(outlines.get(id)?.wave ?? [])],
        deletedAt: Number(deleted_at),
        erasedAt: Number(deleted_at) + KEPT_AFTER_DELETE,
      }));
    },
    /** Brings a session back for everybody who was in it. */
    async restore(user: User, id: string): Promise<SessionInfo> {
      await own(user, id);
      return await sessions.bringBackOwn(user, id);
    },
    /** For good. Should the service end within it, the next sweep goes on. */
    async erase(user: User, id: string): Promise<void> {
      await own(user, id);
      await rows.update(id, { deleted_at: 0 });
      await sessions.erase(id);
    },
  };
}
export type Bin = ReturnType<typeof createBin>;

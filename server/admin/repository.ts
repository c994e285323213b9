import type { Kysely } from 'kysely';
import type { AdminJob, AdminPerson, AdminSession } from '../../lib/protocol';
import type { Database } from '../sql/database';

/** What is listed at most; a search finds the rest. */
const LISTED = 200;

interface Listed<Item> {
  readonly items: Item[];
  readonly more: number;
}

/** What whoever runs the service sees of all sessions and people, deleted sessions included. */
export function adminRows(kysely: Kysely<Database>) {
  /** Half-made sessions count as deleted and have no members. */
  const sessions = (search: string) => {
    const made = kysely
      .selectFrom('sessions')
      .leftJoin('user', 'user.id', 'sessions.owner_id')
      .where((row) => row.exists(row.selectFrom('members').select('user_id').whereRef('members.session_id', '=', 'sessions.id')));
    return search === ''
      ? made
      : made.where((row) => {
          const has = (column: 'sessions.title' | 'user.name') => row(row.fn<string>('lower', [column]), 'like', containing(search));
          return row.or([has('sessions.title'), has('user.name')]);
        });
  };
  const people = (search: string) => {
    const all = kysely.selectFrom('user');
    return search === '' ? all : all.where((row) => row(row.fn<string>('lower', ['name']), 'like', containing(search)));
  };

  return {
    async sessions(search: string): Promise<Listed<AdminSession>> {
      const found = await sessions(search)
        .selectAll('sessions')
        .select('user.name as owner')
        .select((row) => [
          row
            .selectFrom('members')
            .select((of) => of.fn.countAll().as('count'))
            .whereRef('members.session_id', '=', 'sessions.id')
            .as('members'),
          row
            .selectFrom('stems')
            .select((of) => of.fn.countAll().as('count'))
            .whereRef('stems.session_id', '=', 'sessions.id')
            .as('stems'),
          row
            .selectFrom('stems')
            .select((of) => of.fn.sum('bytes').as('bytes'))
            .whereRef('stems.session_id', '=', 'sessions.id')
            .as('bytes'),
        ])
        .orderBy('sessions.changed_at', 'desc')
        .limit(LISTED)
        .execute();
      const { count } = await sessions(search)
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      const items = found.map((row) => ({
        id: row.id,
        title: row.title,
        owner: row.owner,
        members: Number(row.members),
        stems: Number(row.stems),
        bytes: Number(row.bytes ?? 0),
        createdAt: Number(row.created_at),
        changedAt: Number(row.changed_at),
        deletedAt: row.deleted_at === null ? null : Number(row.deleted_at),
      }));
      return { items, more: Number(count) - items.length };
    },
    async people(search: string): Promise<Listed<AdminPerson>> {
      const found = await people(search)
        .select(['id', 'name'])
        .select((row) => [
          row
            .selectFrom('sessions')
            .select((of) => of.fn.countAll().as('count'))
            .whereRef('owner_id', '=', 'user.id')
            .where('deleted_at', 'is', null)
            .as('sessions'),
          row
            .selectFrom('stems')
            .select((of) => of.fn.coalesce(of.fn.sum('bytes'), of.lit(0)).as('bytes'))
            .whereRef('created_by', '=', 'user.id')
            .as('bytes'),
        ])
        .orderBy('bytes', 'desc')
        .orderBy('name')
        .limit(LISTED)
        .execute();
      const { count } = await people(search)
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      const items = found.map((row) => ({ id: row.id, name: row.name, sessions: Number(row.sessions), bytes: Number(row.bytes) }));
      return { items, more: Number(count) - items.length };
    },
    async jobs(now: number, progressOf: (stemId: string) => number): Promise<Listed<AdminJob>> {
      const jobs = () =>
        kysely
          .selectFrom('stem_jobs')
          .innerJoin('stems', 'stems.id', 'stem_jobs.stem_id')
          .innerJoin('sessions', 'sessions.id', 'stems.session_id');
      const found = await jobs()
        .select(['stem_id', 'attempts', 'leased_until', 'stem_jobs.created_at as since', 'filename', 'bytes', 'sessions.title as title'])
        .orderBy('stem_jobs.created_at')
        .limit(LISTED)
        .execute();
      const { count } = await jobs()
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      const items = found.map(
        (row): AdminJob => ({
          stemId: row.stem_id,
          filename: row.filename,
          sessionTitle: row.title,
          bytes: Number(row.bytes),
          attempts: row.attempts,
          state: Number(row.leased_until ?? 0) > now ? 'working' : 'waiting',
          progress: progressOf(row.stem_id),
          since: Number(row.since),
        }),
      );
      return { items, more: Number(count) - items.length };
    },
    async counts(): Promise<{ people: number; open: number; deleted: number }> {
      const { count } = await kysely
        .selectFrom('user')
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      const { all } = await sessions('')
        .select((row) => row.fn.countAll().as('all'))
        .executeTakeFirstOrThrow();
      const { open } = await sessions('')
        .where('deleted_at', 'is', null)
        .select((row) => row.fn.countAll().as('open'))
        .executeTakeFirstOrThrow();
      return { people: Number(count), open: Number(open), deleted: Number(all) - Number(open) };
    },
  };
}

/** A pattern for `like` that finds the text anywhere in what `lower` gives; its own signs stand for any sign. */
const containing = (text: string): string => `%${text.toLowerCase().replace(/[%_\\]/g, '_')}%`;

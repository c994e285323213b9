import type { Kysely } from 'kysely';
import { may } from '../../lib/access';
import { type PlainRecords, recordsAsData, type Snapshot, type User, type WholeSnapshot } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { forbidden, notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import { type Bus, publish } from '../ports';
import type { Access } from '../sessions/access';
import type { Database, SnapshotsTable } from '../sql/database';
import { holdSession } from '../sql/holding';
import type { SyncService } from '../sync';
import { packed, unpacked } from './packed';
import { snapshotRows } from './repository';

export interface SnapshotNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly sync: Pick<SyncService, 'records'>;
  readonly bus: Bus;
  readonly config: Pick<Config, 'MAX_SNAPSHOTS'>;
  readonly now: () => number;
}

/** Kept states of a session's mix. What one holds is read from the room, never taken from a page. */
export function createSnapshots({ kysely, access, people, sync, bus, config, now }: SnapshotNeeds) {
  const rows = snapshotRows(kysely);
  type Row = Omit<SnapshotsTable, 'records' | 'session_id'>;

  async function described(sessionId: string, found: readonly Row[]): Promise<Snapshot[]> {
    const names = await people.named(
      found.map((row) => row.author_id),
      sessionId,
    );
    return found.map(({ id, name, note, author_id, created_at }) => {
      return { id, name, note, by: names.get(author_id) ?? somebody(author_id), at: Number(created_at) };
    });
  }

  /** The snapshot, for who may change it: who made it, or the owner. */
  async function own(user: User, sessionId: string, id: string): Promise<void> {
    const role = await access.demand(sessionId, user.id, 'session.read');
    const row = await rows.find(sessionId, id);
    if (row === undefined) throw notFound();
    const isMine = row.author_id === user.id && may(role, 'snapshots.write');
    if (!isMine && !may(role, 'session.edit')) throw forbidden('Only who saved a version, or the owner, may change or delete it.');
  }

  async function told(sessionId: string, id: string): Promise<Snapshot> {
    const row = await rows.find(sessionId, id);
    const [snapshot] = row === undefined ? [] : await described(sessionId, [row]);
    if (snapshot === undefined) throw notFound();
    publish(bus, 'snapshot', { sessionId, what: 'put', snapshot });
    return snapshot;
  }

  return {
    async list(user: User, sessionId: string): Promise<Snapshot[]> {
      await access.demand(sessionId, user.id, 'session.read');
      return await described(sessionId, await rows.of(sessionId));
    },
    async whole(user: User, sessionId: string, id: string): Promise<WholeSnapshot> {
      await access.demand(sessionId, user.id, 'session.read');
      const row = await rows.find(sessionId, id);
      const content = row && (await rows.contentOf(id));
      const [snapshot] = row === undefined ? [] : await described(sessionId, [row]);
      if (snapshot === undefined || content === undefined) throw notFound();
      return { ...snapshot, records: await unpacked<PlainRecords>(content.records) };
    },
    /** Keeps the mix as it is on disk now. */
    async create(user: User, sessionId: string, wish: { readonly name: string; readonly note: string }): Promise<Snapshot> {
      await access.demand(sessionId, user.id, 'snapshots.write');
      const records = await packed(recordsAsData(await sync.records(sessionId)));
      const id = newId();
      await kysely.transaction().execute(async (transaction) => {
        const inside = snapshotRows(transaction);
        await holdSession(transaction, sessionId);
        if ((await inside.count(sessionId)) >= config.MAX_SNAPSHOTS) {
          throw new Refusal(409, `This session has ${config.MAX_SNAPSHOTS} versions, which is the limit. Delete some to make room.`);
        }
        await inside.insert({ id, session_id: sessionId, author_id: user.id, created_at: now(), records, ...wish });
      });
      return await told(sessionId, id);
    },
    async change(
      user: User,
      sessionId: string,
      id: string,
      { name, note }: { name?: string | undefined; note?: string | undefined },
    ): Promise<Snapshot> {
      await own(user, sessionId, id);
      const change = { ...(name === undefined ? {} : { name }), ...(note === undefined ? {} : { note }) };
      if (Object.keys(change).length > 0) await rows.update(id, change);
      return await told(sessionId, id);
    },
    async remove(user: User, sessionId: string, id: string): Promise<void> {
      await own(user, sessionId, id);
      await rows.remove(id);
      publish(bus, 'snapshot', { sessionId, what: 'gone', id });
    },
  };
}
export type Snapshots = ReturnType<typeof createSnapshots>;

import type { Kysely } from 'kysely';
import { type Difference, differenceWords, overlaps, type Records, takeBack } from '../../lib/mix';
import type { Away, HistoryEvent, HistoryPage, MixData, User } from '../../lib/protocol';
import { notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import type { Access } from '../sessions/access';
import type { Database, HistoryTable } from '../sql/database';
import type { SyncService } from '../sync';
import { summary } from './away';
import { bodyOf, eventOf, mixData } from './described';
import { historyRows, type Wanted } from './repository';

export interface HistoryNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly sync: Pick<SyncService, 'edit' | 'past' | 'pastRecords' | 'endGestures' | 'keepHistory'>;
  readonly now: () => number;
}

/** Gestures looked at for *while you were away*, and for who has changed something since. */
const MOST_LOOKED_AT = 2000;

/** What was done to a mix, by whom, and taking it back. */
export function createHistory({ kysely, access, people, sync, now }: HistoryNeeds) {
  const rows = historyRows(kysely);
  const writing = new Set<Promise<unknown>>();

  async function described(sessionId: string, found: readonly HistoryTable[]): Promise<HistoryEvent[]> {
    const names = await people.named(
      found.flatMap(({ user_id }) => (user_id === null ? [] : [user_id])),
      sessionId,
    );
    const takenBack = await standing(
      sessionId,
      found.map(({ id }) => id),
    );
    return found.map((row) => {
      const by = row.user_id === null ? null : (names.get(row.user_id) ?? somebody(row.user_id));
      return eventOf(row, by, takenBack.has(row.id));
    });
  }

  /** Which of the gestures are taken back, by something that is not taken back itself. */
  async function standing(sessionId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const first = await rows.reverting(sessionId, ids);
    const again = await rows.reverting(
      sessionId,
      first.map(({ id }) => id),
    );
    const undone = new Set(again.map(({ reverts }) => reverts));
    return new Set(first.filter(({ id }) => !undone.has(id)).map(({ reverts }) => reverts));
  }

  async function found(sessionId: string, id: string): Promise<HistoryTable> {
    const row = await rows.find(sessionId, id);
    if (row === undefined) throw notFound();
    return row;
  }

  /** Why a gesture is not taken back: who has changed what since. */
  async function whyNot(sessionId: string, row: HistoryTable, overtaken: readonly Difference[]): Promise<string> {
    const since = await rows.list(sessionId, { after: Number(row.sequence), limit: MOST_LOOKED_AT });
    const later = since.find((other) => overlaps(overtaken, bodyOf(other).differences));
    const body = later && bodyOf(later);
    const other = body?.differences.find((one) => overlaps(overtaken, [one]));
    if (later === undefined || body === undefined || other === undefined) {
      return 'What this gesture changed is no longer as it left it. Nothing was taken back.';
    }
    const names = await people.named(later.user_id === null ? [] : [later.user_id], sessionId);
    const who = later.user_id === null ? 'The service' : (names.get(later.user_id) ?? somebody(later.user_id)).name;
    const { what, from, to } = differenceWords(other, body);
    const values = from !== null && to !== null ? ` (${from} → ${to})` : '';
    return `${who} has changed ${what} since${values}. Nothing was taken back; take that back first, or this one all the same.`;
  }

  return {
    async list(user: User, sessionId: string, wanted: Wanted): Promise<HistoryPage> {
      await access.demand(sessionId, user.id, 'session.read');
      const more = await rows.list(sessionId, { ...wanted, limit: wanted.limit + 1 });
      const page = more.slice(0, wanted.limit);
      return { events: await described(sessionId, page), next: more.length > page.length ? String(page.at(-1)?.sequence ?? '') : null };
    },
    /** The mix as it was after a gesture. */
    async mixAfter(user: User, sessionId: string, id: string): Promise<MixData> {
      await access.demand(sessionId, user.id, 'session.read');
      const row = await found(sessionId, id);
      return mixData(await sync.past(sessionId, Number(row.sequence)));
    },
    /** Now, as a place in the history; what was heard here can be had again later. */
    async present(sessionId: string): Promise<number> {
      sync.endGestures(sessionId);
      return (await rows.ends(sessionId)).newest ?? 0;
    },
    /** The mix's records as they were at a place in the history; refused where it no longer reaches that far back. */
    async recordsAt(sessionId: string, place: number): Promise<Records> {
      const { oldest } = await rows.ends(sessionId);
      if (oldest !== null && place > 0 && oldest > place) throw new Refusal(410, 'The history no longer reaches back to that mix.');
      return await sync.pastRecords(sessionId, place);
    },
    /** Takes a gesture back; with `force` also where somebody has changed the same since. The gesture that this is. */
    async takeBack(user: User, sessionId: string, id: string, force: boolean): Promise<HistoryEvent> {
      await access.demand(sessionId, user.id, 'mix.write');
      await sync.keepHistory(sessionId);
      const row = await found(sessionId, id);
      const { differences } = bodyOf(row);
      let overtaken: readonly Difference[] = [];
      const made = await sync.edit(
        sessionId,
        (_, look) => {
          const back = takeBack(differences, look);
          overtaken = force ? [] : back.overtaken;
          return overtaken.length > 0 ? [] : back.changes;
        },
        { userId: user.id, reverts: id },
      );
      if (overtaken.length > 0) throw new Refusal(409, await whyNot(sessionId, row, overtaken));
      if (made === null) throw new Refusal(422, 'The mix is already as it was before this gesture. Nothing was changed.');
      const [event] = await described(sessionId, [await found(sessionId, made)]);
      if (event === undefined) throw notFound();
      return event;
    },
    /** What others did since this person was last here. */
    async away(user: User, sessionId: string): Promise<Away> {
      await access.demand(sessionId, user.id, 'session.read');
      const since = await rows.visit(sessionId, user.id);
      if (since === null) return { since, events: 0, people: [] };
      const later = (await rows.list(sessionId, { since, notBy: user.id, limit: MOST_LOOKED_AT })).reverse();
      const ids = later.flatMap(({ user_id }) => (user_id === null ? [] : [user_id]));
      const names = await people.named(ids, sessionId);
      return { since, ...summary(later, (id) => names.get(id) ?? somebody(id)) };
    },
    /** Somebody is, or was until now, in a session. */
    seen(sessionId: string, userId: string): Promise<unknown> {
      const write = rows.visited(sessionId, userId, now());
      writing.add(write);
      return write.finally(() => writing.delete(write));
    },
    /** Resolves when all visits are noted. */
    async close(): Promise<void> {
      await Promise.allSettled(writing);
    },
  };
}
export type History = ReturnType<typeof createHistory>;

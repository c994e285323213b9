import type { Kysely } from 'kysely';
import type { Anchor } from '../../lib/protocol';
import type { Log } from '../observability/log';
import type { Database } from '../sql/database';

/** Where a song rests, in seconds, and its loop. */
type RestingPlace = Pick<Anchor, 'position' | 'loop'>;

export interface RestingPlaces {
  /** Null for a song that was never moved. */
  of(sessionId: string): Promise<RestingPlace | null>;
  /** Written a moment later, once for all that came meanwhile. */
  keep(sessionId: string, place: RestingPlace): void;
  forget(sessionId: string): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/** How long places are gathered before they are written, in milliseconds: somebody who drags the playhead moves it often. */
const GATHER = 250;

/** Keeps resting places in the database, so that a song rests where it was last after the service has died. */
export function createRestingPlaces(kysely: Kysely<Database>, log: Log): RestingPlaces {
  const fresh = new Map<string, RestingPlace>();
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const rows = [...fresh].map(([session_id, { position, loop }]) => ({
      ...{ session_id, position, loop_from: loop?.from ?? null, loop_until: loop?.until ?? null },
    }));
    fresh.clear();
    for (const row of rows) {
      try {
        await kysely
          .insertInto('resting_places')
          .values(row)
          .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
          .execute();
      } catch (error) {
        log.error({ err: error, sessionId: row.session_id }, 'where a song rests was not written');
      }
    }
  }
  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing.then(write);
    return writing;
  }

  return {
    async of(sessionId) {
      const waiting = fresh.get(sessionId);
      if (waiting !== undefined) return waiting;
      const row = await kysely.selectFrom('resting_places').selectAll().where('session_id', '=', sessionId).executeTakeFirst();
      if (row === undefined) return null;
      const { position, loop_from: from, loop_until: until } = row;
      return { position, loop: from === null || until === null ? null : { from, until } };
    },
    keep(sessionId, place) {
      fresh.set(sessionId, place);
      timer ??= setTimeout(() => void flush(), GATHER);
    },
    forget: (sessionId) => void fresh.delete(sessionId),
    close: flush,
  };
}

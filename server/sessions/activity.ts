import type { Kysely } from 'kysely';
import type { Log } from '../observability/log';
import type { Database } from '../sql/database';
import { sessionRows } from './repository';

/** How long changes are gathered before they are noted, in milliseconds. */
const GATHER = 5000;

export interface Activity {
  /** Something of this session has changed just now. Costs nothing: noted a few seconds later, once for all changes. */
  touch(sessionId: string): void;
  close(): Promise<void>;
}

/** Keeps each session's time of the last change, by which lists are ordered. */
export function createActivity(kysely: Kysely<Database>, log: Log, now: () => number): Activity {
  const rows = sessionRows(kysely);
  const touched = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  async function note(): Promise<void> {
    timer = null;
    const found = [...touched];
    touched.clear();
    for (const [id, at] of found) await rows.update(id, { changed_at: at });
  }
  return {
    touch(sessionId) {
      touched.set(sessionId, now());
      timer ??= setTimeout(() => note().catch((error: unknown) => log.error({ err: error }, 'changes not noted')), GATHER);
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await note();
    },
  };
}

import { type DBSchema, openDB } from 'idb';
import { z } from 'zod';
import type { Change } from '../../mix';
import { mapName, primitive } from '../../protocol';

interface Tables extends DBSchema {
  /** The changes of a draft, by person and session. */
  drafts: { key: string; value: unknown };
}

/** Where this browser keeps the draft of one person in one session. */
export interface KeptDraft {
  /** Null where there is none, or nothing that can be read. */
  load(): Promise<readonly Change[] | null>;
  /** Null forgets it. */
  keep(changes: readonly Change[] | null): Promise<void>;
  close(): void;
}

const DATABASE = 'mixing-table-drafts';
const record = { map: mapName, id: z.string() };
const draftSchema = z.array(
  z.discriminatedUnion('do', [
    z.object({ do: z.literal('put'), ...record, fields: z.record(z.string(), primitive.optional()) }),
    z.object({ do: z.literal('remove'), ...record }),
  ]),
);

/** Opens the browser's store. Rejects where the browser has none, or allows none. */
export async function openKeptDraft(user: string, session: string): Promise<KeptDraft> {
  const database = await openDB<Tables>(DATABASE, 1, { upgrade: (made) => void made.createObjectStore('drafts') });
  const key = `${user}/${session}`;
  return {
    async load() {
      const read = draftSchema.safeParse(await database.get('drafts', key));
      return read.success ? read.data : null;
    },
    async keep(changes) {
      if (changes === null) await database.delete('drafts', key);
      else await database.put('drafts', changes, key);
    },
    close: () => database.close(),
  };
}

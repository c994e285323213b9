import { z } from 'zod';
import { type PlainRecords, type primitive, recordsSchema } from './history';
import { userSchema } from './http';

const name = z.string().trim().min(1, 'A name is needed.').max(80, 'A name has at most 80 characters.');
const note = z.string().max(2000, 'A note has at most 2000 characters.');

/** A kept state of the mix. */
export const snapshotSchema = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  by: userSchema,
  /** Milliseconds since 1970. */
  at: z.number(),
});
/** The same with what it holds. */
export const wholeSnapshotSchema = snapshotSchema.extend({ records: recordsSchema });
/** A mix's records as JSON carries them. */
export function recordsAsData(
  records: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, z.infer<typeof primitive>>>>,
): PlainRecords {
  return Object.fromEntries(
    [...records].map(([map, all]) => [map, Object.fromEntries([...all].map(([id, fields]) => [id, Object.fromEntries(fields)]))]),
  );
}

export const createSnapshotRequest = z.object({ name, note: note.default('') });
export const patchSnapshotRequest = z.object({ name: name.optional(), note: note.optional() });

export type Snapshot = z.infer<typeof snapshotSchema>;
export type WholeSnapshot = z.infer<typeof wholeSnapshotSchema>;

import type { Kysely } from 'kysely';
import type { Database, UploadPartsTable, UploadsTable } from '../sql/database';

/** Rows of uploads that instances share, and of their parts. */
export function uploadRows(kysely: Kysely<Database>) {
  return {
    find: (stemId: string) => kysely.selectFrom('uploads').selectAll().where('stem_id', '=', stemId).executeTakeFirst(),
    parts: (stemId: string) => kysely.selectFrom('upload_parts').selectAll().where('stem_id', '=', stemId).orderBy('start').execute(),
    insertUnlessThere: (row: UploadsTable) =>
      kysely
        .insertInto('uploads')
        .values(row)
        .onConflict((conflict) => conflict.column('stem_id').doNothing())
        .execute(),
    /** False where somebody has it. */
    lease: async (stemId: string, now: number, until: number): Promise<boolean> => {
      const { numUpdatedRows } = await kysely
        .updateTable('uploads')
        .set({ leased_until: until })
        .where('stem_id', '=', stemId)
        .where((row) => row.or([row('leased_until', 'is', null), row('leased_until', '<=', now)]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    renew: (stemId: string, until: number | null) =>
      kysely.updateTable('uploads').set({ leased_until: until }).where('stem_id', '=', stemId).execute(),
    /** Adds a part where exactly so much was there before it; false where somebody else has added one meanwhile. */
    advance: (part: UploadPartsTable): Promise<boolean> =>
      kysely.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('uploads')
          .set({ received: part.start + part.bytes })
          .where('stem_id', '=', part.stem_id)
          .where('received', '=', part.start)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await transaction.insertInto('upload_parts').values(part).execute();
        return true;
      }),
    remove: (stemId: string) => kysely.deleteFrom('uploads').where('stem_id', '=', stemId).execute(),
  };
}
export type UploadRows = ReturnType<typeof uploadRows>;

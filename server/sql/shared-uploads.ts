import type { Migration } from './migration';

/** Files of stems on their way, where several instances take them: which parts have come, and who is at work on them. */
export const sharedUploads: Migration = async ({ schema }) => {
  await schema
    .createTable('uploads')
    .addColumn('stem_id', 'text', (column) => column.primaryKey().notNull().references('stems.id').onDelete('cascade'))
    .addColumn('size', 'bigint')
    .addColumn('received', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('leased_until', 'bigint')
    .execute();
  await schema
    .createTable('upload_parts')
    .addColumn('stem_id', 'text', (column) => column.notNull().references('uploads.stem_id').onDelete('cascade'))
    .addColumn('start', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('upload_parts_key', ['stem_id', 'start'])
    .execute();
};

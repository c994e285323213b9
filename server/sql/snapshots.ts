import type { Migration } from './migration';

/** Kept states of mixes: their records as deflated JSON. */
export const snapshots: Migration = async ({ schema }, dialect) => {
  await schema
    .createTable('snapshots')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('session_id', 'text', (column) => column.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('records', dialect === 'sqlite' ? 'blob' : 'bytea', (column) => column.notNull())
    .execute();
  await schema.createIndex('snapshots_session').on('snapshots').columns(['session_id', 'created_at']).execute();
};

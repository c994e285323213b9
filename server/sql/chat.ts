import type { Migration } from './migration';

/** What is written beside the song, kept for whoever comes later. */
export const chat: Migration = async ({ schema }, dialect) => {
  const real = dialect === 'sqlite' ? 'real' : 'double precision';
  await schema
    .createTable('chat')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('session_id', 'text', (column) => column.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at_seconds', real)
    .addColumn('until_seconds', real)
    .addColumn('strip_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('chat_session').on('chat').columns(['session_id', 'created_at', 'id']).execute();
};

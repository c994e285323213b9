import type { Migration } from './migration';

/** What people did to each mix, and when each member was last there. The history has no foreign key: it is written with the log. */
export const history: Migration = async ({ schema }) => {
  await schema
    .createTable('history')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('strips', 'text', (column) => column.notNull())
    .addColumn('reverts', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('history_key', ['session_id', 'id'])
    .execute();
  await schema.createIndex('history_order').on('history').columns(['session_id', 'sequence']).execute();
  await schema
    .createTable('visits')
    .addColumn('session_id', 'text', (column) => column.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('visits_key', ['session_id', 'user_id'])
    .execute();
};

import type { Migration } from './migration';

/** Blind tests: what each letter is (JSON), the mixes in the order of the letters (deflated JSON), and one vote a person. */
export const blindTests: Migration = async ({ schema }, dialect) => {
  await schema
    .createTable('blind_tests')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('session_id', 'text', (column) => column.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('together', 'integer', (column) => column.notNull())
    .addColumn('heard', 'text')
    .addColumn('revealed_at', 'bigint')
    .addColumn('versions', 'text', (column) => column.notNull())
    .addColumn('mixes', dialect === 'sqlite' ? 'blob' : 'bytea', (column) => column.notNull())
    .execute();
  await schema.createIndex('blind_tests_session').on('blind_tests').columns(['session_id', 'created_at']).execute();
  await schema
    .createTable('blind_votes')
    .addColumn('test_id', 'text', (column) => column.notNull().references('blind_tests.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('letter', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blind_votes_one', ['test_id', 'user_id'])
    .execute();
};

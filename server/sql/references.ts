import type { Migration } from './migration';

/** Files may be finished songs to compare the mix with, beside the stems; how such a one lies beside the song is kept as JSON. */
export const references: Migration = async ({ schema }) => {
  await schema
    .alterTable('stems')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('stem'))
    .execute();
  await schema.alterTable('stems').addColumn('alignment', 'text').execute();
};

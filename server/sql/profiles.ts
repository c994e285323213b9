import type { Migration } from './migration';

/** The colour by which somebody wants to be known; null for that of their id. */
export const profiles: Migration = async ({ schema }) => {
  await schema.alterTable('user').addColumn('color', 'integer').execute();
};

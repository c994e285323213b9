import type { Migration } from './migration';

/** Secrets that all instances share, by what they are for. Empty where each has them from its environment or its own folder. */
export const serviceSecrets: Migration = async ({ schema }) => {
  await schema
    .createTable('service_secrets')
    .addColumn('purpose', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
};

import type { Migration } from './migration';

/** Where each session's song rests, so that a restart of the service does not send everybody to the beginning. */
export const restingPlaces: Migration = async ({ schema }, dialect) => {
  const real = dialect === 'sqlite' ? 'real' : 'double precision';
  await schema
    .createTable('resting_places')
    .addColumn('session_id', 'text', (column) => column.primaryKey().notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('position', real, (column) => column.notNull())
    .addColumn('loop_from', real)
    .addColumn('loop_until', real)
    .execute();
};

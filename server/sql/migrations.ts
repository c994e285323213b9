import { type Kysely, sql } from 'kysely';
import { blindTests } from './blind-tests';
import { chat } from './chat';
import { conversations } from './conversations';
import type { Database } from './database';
import { epochs } from './epochs';
import { history } from './history';
import { memberColors } from './member-colors';
import type { Dialect, Migration } from './migration';
import { profiles } from './profiles';
import { references } from './references';
import { restingPlaces } from './resting-places';
import { serviceSecrets } from './service-secrets';
import { sharedUploads } from './shared-uploads';
import { snapshots } from './snapshots';
import { firstTables } from './tables';

/** In order; a migration's number is its place, from 1. Only ever appended to. */
const MIGRATIONS: readonly Migration[] = [
  firstTables,
  memberColors,
  restingPlaces,
  history,
  serviceSecrets,
  sharedUploads,
  snapshots,
  conversations,
  chat,
  blindTests,
  epochs,
  profiles,
  references,
];

/** The number of the lock, among those of the database: any that nothing else uses. */
const MIGRATING = 6_249_721;

/**
 * Brings the database to the newest shape, all in one transaction: it is either as it was or as it should be.
 * Returns how many migrations ran. Throws when the database was made by a newer version of the program.
 */
export async function migrate(kysely: Kysely<Database>, dialect: Dialect): Promise<number> {
  return await kysely.transaction().execute(async (transaction) => {
    const db = transaction as unknown as Kysely<{ schema_version: { version: number } }>;
    // Instances that start at once wait here for the one that migrates.
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATING})`.execute(db);
    await db.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey().notNull())
      .execute();
    const newest = await db
      .selectFrom('schema_version')
      .select((row) => row.fn.max('version').as('version'))
      .executeTakeFirst();
    const present = Number(newest?.version ?? 0);
    if (present > MIGRATIONS.length) {
      throw new Error(
        `The database has shape ${present}, but this version of the program knows only up to ${MIGRATIONS.length}. Use the newer version.`,
      );
    }
    for (const [index, run] of MIGRATIONS.entries()) {
      if (index < present) continue;
      await run(db as unknown as Kysely<unknown>, dialect);
      await db
        .insertInto('schema_version')
        .values({ version: index + 1 })
        .execute();
    }
    return MIGRATIONS.length - present;
  });
}

import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Log } from '../observability/log';
import type { Database } from '../sql/database';
import { migrate } from '../sql/migrations';

export interface PostgresDatabase {
  readonly kysely: Kysely<Database>;
  /** For the updates' log alone: a change of the mix never waits behind pages that are being asked for. */
  readonly updates: pg.Pool;
  close(): Promise<void>;
}

/** Together with those of the updates' log; PostgreSQL takes a hundred by default, and there may be several instances. */
const CONNECTIONS = 12;
const CONNECTIONS_OF_UPDATES = 3;
/** A database that says nothing for this long counts as gone: nothing is acknowledged, and everybody keeps their changes. */
const PATIENCE_MS = 15_000;
const CONNECTING_MS = 5000;
const INT8 = 20;

/** Connects when it is first used. Every commit waits for the disk as far as the server's `synchronous_commit` is left on. */
export function openPostgres(connectionString: string, log: Log): PostgresDatabase {
  const pool = (max: number): pg.Pool => {
    const made = new pg.Pool({
      connectionString,
      max,
      types: plainNumbers(),
      connectionTimeoutMillis: CONNECTING_MS,
      query_timeout: PATIENCE_MS,
      application_name: 'mixing-table',
    });
    // A connection that ends while nobody uses it: the next query takes another.
    made.on('error', (error) => log.warn({ err: error }, 'a connection to the database ended'));
    return made;
  };
  const updates = pool(CONNECTIONS_OF_UPDATES);
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool: forKysely(pool(CONNECTIONS)) }) });
  const close = async (): Promise<void> => {
    await kysely.destroy();
    await updates.end();
  };
  return { kysely, updates, close };
}

/** Our 64-bit numbers are times, sizes and sequences: all far below 2^53. */
function plainNumbers(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  return types;
}

/**
 * Brings the database to the newest shape; returns how many migrations ran. On a connection of its own that waits as long as it takes:
 * for another instance that is at it, and for large tables.
 */
export async function migratePostgres(connectionString: string): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: 1, types: plainNumbers(), connectionTimeoutMillis: CONNECTING_MS });
  // What breaks is told by the query that waits for it.
  pool.on('error', () => {});
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool: forKysely(pool) }) });
  try {
    return await migrate(kysely, 'postgres');
  } finally {
    await kysely.destroy();
  }
}

/**
 * What Kysely takes for a pool. A connection that broke, or answers no more, is not used again. PostgreSQL takes no text with a NUL:
 * who sends one finds nothing, as in the embedded database, rather than breaking the query.
 */
function forKysely(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let broken = false;
      const breaks = (): void => {
        broken = true;
      };
      // While it is lent out nobody else hears its errors, and an error that nobody hears ends the process.
      client.on('error', breaks);
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await client.query(text, values.map(bindable));
        } catch (error) {
          if (!(error instanceof pg.DatabaseError)) broken = true;
          throw error;
        }
      };
      const release = (): void => {
        client.off('error', breaks);
        client.release(broken);
      };
      // Its other form of `query`, with a cursor, is for streams, of which we have none.
      return { query, release } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

const bindable = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value);

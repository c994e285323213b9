import type { Kysely } from 'kysely';

export type Dialect = 'sqlite' | 'postgres';
/** One step from a shape of the database to the next, inside the transaction of the whole. */
export type Migration = (db: Kysely<unknown>, dialect: Dialect) => Promise<void>;

import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type S3Blobs, s3Blobs } from './cluster/blobs';
import { migratePostgres, openPostgres } from './cluster/database';
import { postgresTurns, type Turns } from './cluster/turns';
import { postgresUpdateLog } from './cluster/update-log';
import type { Config } from './config';
import { fileBlobs } from './embedded/blobs';
import { openDatabase } from './embedded/database';
import { embeddedUpdateLog } from './embedded/update-log';
import type { Log } from './observability/log';
import { keptSecret, sharedSecret } from './people/secret';
import type { Blobs, UpdateLog } from './ports';
import type { Database } from './sql/database';
import type { Dialect } from './sql/migration';
import { migrate } from './sql/migrations';

/** Where everything is kept, as the environment says. */
interface Storage extends Pick<Turns, 'inTurn'> {
  readonly kysely: Kysely<Database>;
  readonly dialect: Dialect;
  readonly updateLog: UpdateLog;
  readonly blobs: Blobs;
  /** Signs cookies. */
  readonly secret: string;
  /** Whether other instances may share it. */
  readonly shared: boolean;
  /** Rejects when the files cannot be reached. */
  checkBlobs(): Promise<void>;
  close(): Promise<void>;
}

/** Opens, and brings to the newest shape, the database and the files. `folder` is for what is embedded. */
export async function openStorage(config: Config, folder: string, log: Log): Promise<Storage> {
  const database = config.DATABASE_URL === null ? embedded(folder) : clustered(config.DATABASE_URL, log);
  try {
    await database.migrate();
    const secret = config.SECRET ?? (database.shared ? await sharedSecret(database.kysely) : keptSecret(folder));
    const objects = s3Of(config);
    await objects?.prepare();
    const blobs = objects ?? fileBlobs(join(folder, 'blobs'));
    return { ...database, updateLog: database.updateLog(), blobs, secret, checkBlobs: async () => objects?.check() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface OpenedDatabase extends Pick<Storage, 'kysely' | 'dialect' | 'shared' | 'inTurn' | 'close'> {
  migrate(): Promise<unknown>;
  /** Once there are tables. */
  updateLog(): UpdateLog;
}

function embedded(folder: string): OpenedDatabase {
  const database = openDatabase(join(folder, 'mixing-table.sqlite'));
  return {
    kysely: database.kysely,
    dialect: 'sqlite',
    migrate: () => migrate(database.kysely, 'sqlite'),
    updateLog: () => embeddedUpdateLog(database),
    shared: false,
    inTurn: (_name, work) => work(),
    close: database.close,
  };
}

function clustered(url: string, log: Log): OpenedDatabase {
  const database = openPostgres(url, log);
  const turns = postgresTurns(url);
  return {
    kysely: database.kysely,
    dialect: 'postgres',
    migrate: () => migratePostgres(url),
    updateLog: () => postgresUpdateLog(database.updates),
    shared: true,
    inTurn: turns.inTurn,
    async close() {
      await turns.close();
      await database.close();
    },
  };
}

function s3Of(config: Config): S3Blobs | null {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (endpoint === null || bucket === null || accessKeyId === null || secretAccessKey === null) return null;
  return s3Blobs({ endpoint, bucket, accessKeyId, secretAccessKey, region: config.S3_REGION ?? 'us-east-1' });
}

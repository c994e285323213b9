import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Dialect, Migration } from './migration';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
const required: Column = (column) => column.notNull();
const key: Column = (column) => column.primaryKey().notNull();
const counted: Column = (column) => column.notNull().defaultTo(0);
/** Goes with the row that it belongs to. */
const within =
  (of: string): Column =>
  (column) =>
    column.notNull().references(of).onDelete('cascade');

/** The few types that the two databases call by different names. */
function typesOf(dialect: Dialect) {
  return dialect === 'sqlite'
    ? ({ bytes: 'blob', instant: sql`date`, truth: 'integer', real: 'real' } as const)
    : ({ bytes: 'bytea', instant: 'timestamptz', truth: 'boolean', real: 'double precision' } as const);
}

/** better-auth's own tables; names and columns are its choice. */
async function people(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { instant, truth } = typesOf(dialect);
  const { schema } = db;
  await schema
    .createTable('user')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', required)
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', truth, required)
    .addColumn('image', 'text')
    .addColumn('createdAt', instant, required)
    .addColumn('updatedAt', instant, required)
    .addColumn('isAnonymous', truth)
    .execute();
  await schema
    .createTable('session')
    .addColumn('id', 'text', key)
    .addColumn('expiresAt', instant, required)
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('createdAt', instant, required)
    .addColumn('updatedAt', instant, required)
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', within('user.id'))
    .execute();
  await schema.createIndex('session_user').on('session').column('userId').execute();
  await schema
    .createTable('account')
    .addColumn('id', 'text', key)
    .addColumn('accountId', 'text', required)
    .addColumn('providerId', 'text', required)
    .addColumn('userId', 'text', within('user.id'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', instant)
    .addColumn('refreshTokenExpiresAt', instant)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', instant, required)
    .addColumn('updatedAt', instant, required)
    .execute();
  await schema.createIndex('account_user').on('account').column('userId').execute();
  await schema
    .createTable('verification')
    .addColumn('id', 'text', key)
    .addColumn('identifier', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('expiresAt', instant, required)
    .addColumn('createdAt', instant, required)
    .addColumn('updatedAt', instant, required)
    .execute();
  await schema.createIndex('verification_identifier').on('verification').column('identifier').execute();
}

async function sessions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('sessions')
    .addColumn('id', 'text', key)
    .addColumn('title', 'text', required)
    .addColumn('owner_id', 'text', required)
    .addColumn('demo', 'integer', counted)
    .addColumn('listeners_may_comment', 'integer', counted)
    .addColumn('created_at', 'bigint', required)
    .addColumn('changed_at', 'bigint', required)
    .addColumn('deleted_at', 'bigint')
    .execute();
  await schema.createIndex('sessions_deleted').on('sessions').column('deleted_at').execute();
  await schema
    .createTable('members')
    .addColumn('session_id', 'text', within('sessions.id'))
    .addColumn('user_id', 'text', required)
    .addColumn('role', 'text', required)
    .addColumn('joined_at', 'bigint', required)
    .addPrimaryKeyConstraint('members_key', ['session_id', 'user_id'])
    .execute();
  await schema.createIndex('members_user').on('members').column('user_id').execute();
  await schema
    .createTable('invites')
    .addColumn('id', 'text', key)
    .addColumn('session_id', 'text', within('sessions.id'))
    .addColumn('role', 'text', required)
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_by', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint')
    .addColumn('max_uses', 'integer')
    .addColumn('uses', 'integer', counted)
    .addColumn('revoked_at', 'bigint')
    .execute();
  await schema.createIndex('invites_session').on('invites').column('session_id').execute();
}

async function comments({ schema }: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { real } = typesOf(dialect);
  await schema
    .createTable('comments')
    .addColumn('id', 'text', key)
    .addColumn('session_id', 'text', within('sessions.id'))
    .addColumn('author_id', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('at_seconds', real, required)
    .addColumn('until_seconds', real)
    .addColumn('strip_id', 'text')
    .addColumn('parameter', 'text')
    .addColumn('status', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('edited_at', 'bigint')
    .execute();
  await schema.createIndex('comments_session').on('comments').columns(['session_id', 'at_seconds']).execute();
  await schema
    .createTable('replies')
    .addColumn('id', 'text', key)
    .addColumn('comment_id', 'text', within('comments.id'))
    .addColumn('author_id', 'text', required)
    .addColumn('body', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('edited_at', 'bigint')
    .execute();
  await schema.createIndex('replies_comment').on('replies').columns(['comment_id', 'created_at']).execute();
}

async function stems({ schema }: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { real } = typesOf(dialect);
  await schema
    .createTable('stems')
    .addColumn('id', 'text', key)
    .addColumn('session_id', 'text', within('sessions.id'))
    .addColumn('name', 'text', required)
    .addColumn('filename', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('progress', real, counted)
    .addColumn('error', 'text')
    .addColumn('note', 'text')
    .addColumn('frames', 'bigint')
    .addColumn('channels', 'integer')
    .addColumn('sample_rate', 'integer')
    .addColumn('loudness', real)
    .addColumn('content_id', 'text')
    .addColumn('bytes', 'bigint', counted)
    .addColumn('created_by', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('wave', 'text')
    .execute();
  await schema.createIndex('stems_session').on('stems').columns(['session_id', 'created_at']).execute();
  await schema.createIndex('stems_content').on('stems').column('content_id').execute();
  await schema
    .createTable('stem_jobs')
    .addColumn('id', 'text', key)
    .addColumn('stem_id', 'text', within('stems.id'))
    .addColumn('attempts', 'integer', counted)
    .addColumn('leased_until', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .execute();
  await schema.createIndex('stem_jobs_stem').on('stem_jobs').column('stem_id').execute();
}

/** No foreign keys here: the log is appended without a look at other tables, and removed by its own service. */
async function documents({ schema }: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { bytes } = typesOf(dialect);
  const updates = schema.createTable('updates');
  await (dialect === 'sqlite'
    ? updates.addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    : updates.addColumn('sequence', 'bigserial', (column) => column.primaryKey())
  )
    .addColumn('session_id', 'text', required)
    .addColumn('bytes', bytes, required)
    .addColumn('user_id', 'text')
    .addColumn('client_id', 'bigint')
    .addColumn('at', 'bigint', required)
    .execute();
  await schema.createIndex('updates_session').on('updates').columns(['session_id', 'sequence']).execute();
  await schema
    .createTable('snapshots_of_updates')
    .addColumn('session_id', 'text', key)
    .addColumn('bytes', bytes, required)
    .addColumn('through', 'bigint', required)
    .addColumn('at', 'bigint', required)
    .execute();
}

/** The first shape of the database. Never changed once released: what comes later is a migration of its own. */
export const firstTables: Migration = async (db, dialect) => {
  await people(db, dialect);
  await sessions(db);
  await comments(db, dialect);
  await stems(db, dialect);
  await documents(db, dialect);
};

import { expect, test } from 'vitest';
import { migrate } from '../sql/migrations';
import { openDatabase } from './database';

async function migrated() {
  const database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  return database;
}

const session = {
  id: 's',
  title: 'A song',
  owner_id: 'u',
  demo: 0,
  listeners_may_comment: 0,
  created_at: 1,
  changed_at: 1,
  deleted_at: null,
};

test('every commit waits for the disk, and foreign keys hold', () => {
  const { sqlite } = openDatabase(':memory:');
  expect(sqlite.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(sqlite.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
});

test('migrations run once', async () => {
  const { kysely, close } = openDatabase(':memory:');
  expect(await migrate(kysely, 'sqlite')).toBeGreaterThan(0);
  expect(await migrate(kysely, 'sqlite')).toBe(0);
  await close();
});

test('a database made by a newer version is refused', async () => {
  const { kysely, sqlite, close } = await migrated();
  sqlite.exec('INSERT INTO schema_version (version) VALUES (999)');
  await expect(migrate(kysely, 'sqlite')).rejects.toThrow('999');
  await close();
});

test('members, invites and comments with replies go with their session', async () => {
  const { kysely, close } = await migrated();
  await kysely.insertInto('sessions').values(session).execute();
  await kysely.insertInto('members').values({ session_id: 's', user_id: 'u', role: 'owner', joined_at: 1, color: 0 }).execute();
  await kysely
    .insertInto('comments')
    .values({
      id: 'c',
      session_id: 's',
      author_id: 'u',
      body: 'Lovely',
      at_seconds: 42.5,
      until_seconds: null,
      strip_id: null,
      parameter: null,
      status: 'published',
      created_at: 1,
      edited_at: null,
      shown_at: 1,
    })
    .execute();
  await kysely
    .insertInto('replies')
    .values({ id: 'r', comment_id: 'c', author_id: 'u', body: 'Yes', created_at: 2, edited_at: null })
    .execute();
  await kysely.deleteFrom('sessions').execute();
  expect(await kysely.selectFrom('members').selectAll().execute()).toEqual([]);
  expect(await kysely.selectFrom('replies').selectAll().execute()).toEqual([]);
  await close();
});

test('a member of no session cannot be', async () => {
  const { kysely, close } = await migrated();
  const orphan = kysely.insertInto('members').values({ session_id: 'none', user_id: 'u', role: 'owner', joined_at: 1, color: 0 });
  await expect(orphan.execute()).rejects.toThrow(/FOREIGN KEY/);
  await close();
});

test('bytes, sequences and milliseconds come back as they went in', async () => {
  const { kysely, close } = await migrated();
  const at = Date.UTC(2100, 0);
  const row = { session_id: 's', bytes: Uint8Array.of(0, 255), user_id: null, client_id: 4_294_967_295, at };
  const first = await kysely.insertInto('updates').values(row).returning('sequence').executeTakeFirstOrThrow();
  const second = await kysely.insertInto('updates').values(row).returning('sequence').executeTakeFirstOrThrow();
  expect(second.sequence).toBeGreaterThan(first.sequence);
  const read = await kysely.selectFrom('updates').selectAll().executeTakeFirstOrThrow();
  expect([...read.bytes]).toEqual([0, 255]);
  expect(read.client_id).toBe(4_294_967_295);
  expect(read.at).toBe(at);
  await close();
});

test('a failed transaction leaves nothing', async () => {
  const { kysely, close } = await migrated();
  const work = kysely.transaction().execute(async (transaction) => {
    await transaction.insertInto('sessions').values(session).execute();
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await kysely.selectFrom('sessions').selectAll().execute()).toEqual([]);
  await close();
});

test('a text with a NUL is not taken for the text before it', async () => {
  const { kysely, close } = await migrated();
  await kysely.insertInto('sessions').values(session).execute();
  const titled = { ...session, id: 't', title: 'A\0song' };
  await kysely.insertInto('sessions').values(titled).execute();
  const named = (id: string) => kysely.selectFrom('sessions').select('title').where('id', '=', id).executeTakeFirst();
  expect(await named('s\0')).toBeUndefined();
  expect(await named('t')).toEqual({ title: 'A\ufffdsong' });
  await close();
});

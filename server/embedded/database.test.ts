import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
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

async function inThread() {
  const database = openDatabase(join(await mkdtemp(join(tmpdir(), 'database-')), 'mix.db'));
  await migrate(database.kysely, 'sqlite');
  return database;
}

test('every commit waits for the disk, and foreign keys hold', async () => {
  const { kysely, close } = await inThread();
  const pragma = async (name: string) => (await sql.raw(`PRAGMA ${name}`).execute(kysely)).rows;
  expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }]);
  expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  await close();
});

test('what waits for the disk keeps nobody else: the thread that asks goes on', async () => {
  const { kysely, close } = await inThread();
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  const long = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) as n from n`;
  expect((await long.execute(kysely)).rows).toEqual([{ n: 3_000_000 }]);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(10);
  await close();
});

test('while a transaction is open nobody else comes in between, and who comes after it sees what it did', async () => {
  const { kysely, close } = await inThread();
  const order: string[] = [];
  const titles = async (as: string) => {
    const rows = await kysely.selectFrom('sessions').select('title').execute();
    order.push(`${as}: ${rows.map(({ title }) => title).join()}`);
  };
  const before = titles('before');
  let between = Promise.resolve();
  const work = kysely.transaction().execute(async (transaction) => {
    between = titles('between');
    await transaction.insertInto('sessions').values(session).execute();
    await before;
    await transaction.updateTable('sessions').set({ title: 'Another' }).execute();
    order.push('done');
  });
  await Promise.all([work, before]);
  await between;
  expect(order).toEqual(['before: ', 'done', 'between: Another']);
  await close();
});

test('what goes wrong in the thread is told to who asked, and it goes on', async () => {
  const { kysely, close } = await inThread();
  await expect(sql`select * from nowhere`.execute(kysely)).rejects.toThrow('no such table: nowhere');
  await kysely.insertInto('sessions').values(session).execute();
  const { numDeletedRows } = await kysely.deleteFrom('sessions').executeTakeFirstOrThrow();
  expect(numDeletedRows).toBe(1n);
  await close();
  await expect(kysely.selectFrom('sessions').selectAll().execute()).rejects.toThrow();
  await close();
});

test('a file that cannot be opened is told of', async () => {
  const { kysely } = openDatabase(tmpdir());
  await expect(migrate(kysely, 'sqlite')).rejects.toThrow(/open/);
});

test('migrations run once', async () => {
  const { kysely, close } = openDatabase(':memory:');
  expect(await migrate(kysely, 'sqlite')).toBeGreaterThan(0);
  expect(await migrate(kysely, 'sqlite')).toBe(0);
  await close();
});

test('a database made by a newer version is refused', async () => {
  const { kysely, close } = await migrated();
  await sql`INSERT INTO schema_version (version) VALUES (999)`.execute(kysely);
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

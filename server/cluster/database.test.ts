import { afterAll, expect, test } from 'vitest';
import { createLog } from '../observability/log';
import { sharedSecret } from '../people/secret';
import { migratePostgres, openPostgres, type PostgresDatabase } from './database';
import { emptyPostgres, newPostgresUrl } from './test-databases.fixture';
import { postgresTurns } from './turns';

const open: PostgresDatabase[] = [];
afterAll(async () => {
  for (const database of open) await database.close();
});

function opened(url: string): PostgresDatabase {
  const database = openPostgres(url, createLog('silent'));
  open.push(database);
  return database;
}

test('of three instances that start at once one migrates, the others wait, and all share one secret', async () => {
  const url = await newPostgresUrl();
  const instances = [opened(url), opened(url), opened(url)];
  const ran = await Promise.all(instances.map(() => migratePostgres(url)));
  expect(ran.filter((count) => count === 0).length).toBe(2);
  const secrets = await Promise.all(instances.map(({ kysely }) => sharedSecret(kysely)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(43);
});

test('a text with a NUL finds nothing, and breaks nothing', async () => {
  const { kysely } = await empty();
  expect(await kysely.selectFrom('sessions').select('id').where('id', '=', 'a\0').execute()).toEqual([]);
});

test('connections that the server ends, in use or not, are replaced by new ones', async () => {
  const database = await empty();
  const ids = () => database.kysely.selectFrom('sessions').select('id').execute();
  await Promise.all([ids(), ids(), ids()]);
  const cut = (kysely: PostgresDatabase['kysely']) =>
    kysely
      .selectFrom('sessions')
      .select((row) => row.fn<boolean>('pg_terminate_backend', [row.fn<number>('pg_backend_pid')]).as('cut'))
      .execute();
  await database.kysely
    .insertInto('sessions')
    .values({ id: 's', title: 'S', owner_id: 'o', demo: 0, listeners_may_comment: 0, created_at: 1, changed_at: 1, deleted_at: null })
    .execute();
  await expect(cut(database.kysely)).rejects.toThrow();
  await expect(database.kysely.transaction().execute((transaction) => cut(transaction))).rejects.toThrow();
  expect(await ids()).toEqual([{ id: 's' }]);
});

test('what only one may do at a time is done in turns, and who waits when it ends is refused', async () => {
  const url = await newPostgresUrl();
  const [one, two] = [postgresTurns(url), postgresTurns(url)];
  const said: string[] = [];
  let leave = (): void => {};
  let began = (): void => {};
  const beginning = new Promise<void>((resolve) => {
    began = resolve;
  });
  const first = one.inTurn('song', async () => {
    began();
    await new Promise<void>((resolve) => {
      leave = resolve;
    });
    said.push('first');
  });
  await beginning;
  const second = two.inTurn('song', async () => said.push('second'));
  await one.inTurn('another', async () => said.push('another'));
  const three = postgresTurns(url);
  const third = three.inTurn('song', async () => said.push('third'));
  const refused = expect(third).rejects.toThrow();
  await three.close();
  await refused;
  leave();
  await Promise.all([first, second]);
  expect(said).toEqual(['another', 'first', 'second']);
});

async function empty(): Promise<PostgresDatabase> {
  const database = await emptyPostgres();
  open.push(database);
  return database;
}

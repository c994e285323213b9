import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { updateLogContract } from '../ports/update-log.contract';
import { migrate } from '../sql/migrations';
import { openDatabase } from './database';
import { embeddedUpdateLog } from './update-log';

async function openLog(file: string) {
  const database = openDatabase(file);
  await migrate(database.kysely, 'sqlite');
  return { database, log: embeddedUpdateLog(database) };
}

updateLogContract('embedded', async () => (await openLog(':memory:')).log);

const row = (value: number) => ({ sessionId: 's', epoch: 0, update: Uint8Array.of(value), userId: null, clientId: null, at: 1 });

test('what was appended is there when the file is opened again', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'update-log-')), 'mix.db');
  const first = await openLog(file);
  await first.log.append([row(7)]);
  await first.database.close();
  const second = await openLog(file);
  expect((await second.log.read('s')).map(({ update }) => [...update])).toEqual([[7]]);
  await second.database.close();
});

test("an append never lands in somebody else's transaction, whose failure would take it back", async () => {
  const { database, log } = await openLog(':memory:');
  let appended = Promise.resolve<readonly (number | null)[]>([]);
  const failing = database.kysely.transaction().execute(async (transaction) => {
    appended = log.append([row(1)]);
    await transaction.selectFrom('sessions').selectAll().execute();
    throw new Error('their own trouble');
  });
  await expect(failing).rejects.toThrow('their own trouble');
  await appended;
  expect(await log.count('s')).toBe(1);
});

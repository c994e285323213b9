import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { updateLogContract } from '../ports/update-log.contract';
import { migrate } from '../sql/migrations';
import { type OpenDatabase, openDatabase } from './database';
import { embeddedUpdateLog } from './update-log';

async function openLog(file: string) {
  const database = openDatabase(file);
  await migrate(database.kysely, 'sqlite');
  return { database, log: embeddedUpdateLog(database) };
}

const newFile = async () => join(await mkdtemp(join(tmpdir(), 'update-log-')), 'mix.db');

updateLogContract('embedded, in memory', async () => (await openLog(':memory:')).log);

describe('in a thread of its own', () => {
  const opened: OpenDatabase[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  updateLogContract('embedded', async () => {
    const { database, log } = await openLog(await newFile());
    opened.push(database);
    return log;
  });
});

const row = (value: number) => ({ sessionId: 's', epoch: 0, update: Uint8Array.of(value), userId: null, clientId: null, at: 1 });

test('what was appended is there when the file is opened again', async () => {
  const file = await newFile();
  const first = await openLog(file);
  await first.log.append([row(7)]);
  await first.database.close();
  const second = await openLog(file);
  expect((await second.log.read('s')).map(({ update }) => [...update])).toEqual([[7]]);
  await second.database.close();
});

test("an append never lands in somebody else's transaction, whose failure would take it back", async () => {
  const { database, log } = await openLog(await newFile());
  let appended = Promise.resolve<readonly (number | null)[]>([]);
  const failing = database.kysely.transaction().execute(async (transaction) => {
    appended = log.append([row(1)]);
    await transaction.selectFrom('sessions').selectAll().execute();
    throw new Error('their own trouble');
  });
  await expect(failing).rejects.toThrow('their own trouble');
  await appended;
  expect(await log.count('s')).toBe(1);
  await database.close();
});

test('of an update that is a view of something larger only its own bytes are taken, and the sender keeps it', async () => {
  const { database, log } = await openLog(await newFile());
  const read = new Uint8Array(100_000).fill(7);
  await log.append([
    { ...row(1), update: read.subarray(10, 13) },
    { ...row(1), update: read.subarray(13, 14) },
  ]);
  expect((await log.read('s')).map(({ update }) => [...update])).toEqual([[7, 7, 7], [7]]);
  expect(read.length).toBe(100_000);
  await database.close();
});

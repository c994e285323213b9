import { afterAll, expect, test } from 'vitest';
import { createLog } from '../observability/log';
import { updateLogContract } from '../ports/update-log.contract';
import { migrate } from '../sql/migrations';
import { openPostgres } from './database';
import { startPostgres } from './postgres.fixture';
import { emptyPostgres } from './test-databases.fixture';
import { postgresUpdateLog } from './update-log';

const shared = emptyPostgres();
afterAll(async () => (await shared).close());

updateLogContract('PostgreSQL', async () => {
  const { updates } = await shared;
  await updates.query('truncate updates, snapshots_of_updates, history');
  return postgresUpdateLog(updates);
});

test('a server that crashes while many write loses nothing that was acknowledged, and writing goes on when it is back', async () => {
  const server = await startPostgres();
  const database = openPostgres(server.url, createLog('silent'));
  await migrate(database.kysely, 'postgres');
  const log = postgresUpdateLog(database.updates);
  const acknowledged: number[] = [];
  let refused = 0;
  const many = gate();
  const back = gate();
  const row = (...bytes: number[]) => ({ sessionId: 's', epoch: 0, update: Uint8Array.from(bytes), userId: null, clientId: 1, at: 1 });
  const append = async (...bytes: number[]) => {
    const [sequence] = await log.append([row(...bytes)]);
    acknowledged.push(Number(sequence));
  };
  const write = async (writer: number): Promise<void> => {
    for (let index = 0; ; index++) {
      try {
        await append(writer, index >> 8, index & 255);
      } catch {
        refused++;
        break;
      }
      if (acknowledged.length > 100) many.open();
    }
    await back.opened;
    await append(writer);
  };
  const writers = [0, 1, 2, 3].map(write);
  await many.opened;
  await server.crash();
  await server.again();
  back.open();
  await Promise.all(writers);
  const kept = new Set((await log.read('s')).map(({ sequence }) => sequence));
  expect(acknowledged.filter((sequence) => !kept.has(sequence))).toEqual([]);
  expect(refused).toBe(4);
  await database.close();
  await server.stop();
});

/** A promise and what settles it. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

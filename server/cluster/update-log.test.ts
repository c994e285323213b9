import { afterAll } from 'vitest';
import { updateLogContract } from '../ports/update-log.contract';
import { emptyPostgres } from './test-databases.fixture';
import { postgresUpdateLog } from './update-log';

const databases: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const database of databases) await database.close();
});

updateLogContract('PostgreSQL', async () => {
  const database = await emptyPostgres();
  databases.push(database);
  return postgresUpdateLog(database.updates);
});

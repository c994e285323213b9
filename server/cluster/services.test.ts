import { describe } from 'vitest';
import { keepDataWhere } from '../running-service';
import { clusterEnvironment } from './test-databases.fixture';

// What the services promise they promise on PostgreSQL and S3 too: the same tests once more.
keepDataWhere(clusterEnvironment);

describe('people', async () => {
  await import('../people/people.test');
});
describe('sessions', async () => {
  await import('../sessions/sessions.test');
});
describe('invites', async () => {
  await import('../invites/invites.test');
});
describe('history', async () => {
  await import('../history/history.test');
});
describe('administration', async () => {
  await import('../admin/admin.test');
});

import { cp, rm } from 'node:fs/promises';
import { ApiUser } from './api';
import { SEED, startServer } from './server';

/** Once for all tests: a first start from nothing, until every stem of the demo song can play; its data is kept as the seed. */
export default async function seed(): Promise<void> {
  const server = await startServer({ empty: true });
  const visitor = await ApiUser.arrive(server.url, 'First visitor');
  const demo = await visitor.openDemo();
  const stems = await visitor.settled(demo.id);
  const failed = stems.filter((stem) => stem.status !== 'ready');
  if (failed.length || stems.length !== 12) throw new Error(`The demo song is not whole: ${JSON.stringify(failed)} of ${stems.length}`);
  await visitor.call('delete', '/api/sessions/{id}', { id: demo.id });
  await server.stop();
  await rm(SEED, { recursive: true, force: true });
  await cp(server.dataDir, SEED, { recursive: true });
  await server.dispose();
}

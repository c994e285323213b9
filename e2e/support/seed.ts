import { cp, rm } from 'node:fs/promises';
import { ApiUser } from './api';
import { startBacking } from './cluster';
import { SEED, type Server, startServer } from './server';

/**
 * Once for all tests: a first start from nothing, until every stem of the demo song can play; its data is kept as the seed. With
 * INSTANCES the flows run on that many instances, which share a database and files where the demo song is.
 */
export default async function seed(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.INSTANCES === undefined) {
    const server = await startServer({ empty: true });
    await demoIsWhole(server);
    await server.stop();
    await rm(SEED, { recursive: true, force: true });
    await cp(server.dataDir, SEED, { recursive: true });
    await server.dispose();
    return undefined;
  }
  const backing = await startBacking();
  process.env.BACKING = JSON.stringify(backing.environment);
  const server = await startServer({ empty: true, environment: backing.environment });
  await demoIsWhole(server);
  await server.dispose();
  return () => backing.stop();
}

async function demoIsWhole(server: Server): Promise<void> {
  const visitor = await ApiUser.arrive(server.url, 'First visitor');
  const demo = await visitor.openDemo();
  const stems = await visitor.settled(demo.id);
  const failed = stems.filter((stem) => stem.status !== 'ready');
  if (failed.length || stems.length !== 12) throw new Error(`The demo song is not whole: ${JSON.stringify(failed)} of ${stems.length}`);
  await visitor.call('delete', '/api/sessions/{id}', { id: demo.id });
}

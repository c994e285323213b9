import { startPostgres } from '../../../server/cluster/postgres.fixture';
import { testRedis } from '../../../server/cluster/redis.fixture';
import type { Figure } from '../figure';
import { type Place, places } from './company';
import { through } from './outage';
import { startPeer } from './peer';

const PEOPLE = 8;
const POSTGRES_MS = 20_000;
const REDIS_MS = 30_000;

/** Two instances on servers of their own, while one of those is away. */
export async function outages(): Promise<Figure[]> {
  const [postgres, redis] = [await startPostgres(), await testRedis()];
  const environment = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const one = await startPeer('ours', environment);
  const other = await startPeer('ours', environment);
  try {
    const figures: Figure[] = [];
    const both = async (): Promise<Place[]> => {
      const [place] = await places(one, 1, PEOPLE);
      if (!place) return [];
      return [place, { ...place, url: place.url.replace(one.url.replace('http', 'ws'), other.url.replace('http', 'ws')) }];
    };
    const gone = { name: `PostgreSQL stopped for ${POSTGRES_MS / 1000} s`, ms: POSTGRES_MS, begin: postgres.crash, end: postgres.again };
    figures.push(...(await through(gone, await both(), PEOPLE)));
    const hung = {
      name: `Redis paused for ${REDIS_MS / 1000} s`,
      ms: REDIS_MS,
      begin: async () => redis.pause(),
      end: async () => redis.resume(),
    };
    figures.push(...(await through(hung, await both(), PEOPLE)));
    return figures;
  } finally {
    await one.dispose();
    await other.dispose();
    await redis.kill();
    await postgres.stop();
  }
}

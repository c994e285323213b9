import { startPostgres } from '../../server/cluster/postgres.fixture';
import { type TestRedis, testRedis } from '../../server/cluster/redis.fixture';
import { S3_TEST_KEY, startS3 } from '../../server/cluster/s3.fixture';
import { type Balancer, balance } from './balancer';
import { type Server, startServer } from './server';

/** Several instances of the real program behind a proxy, with a PostgreSQL, a Redis and an S3 server of their own. */
export interface Cluster {
  readonly url: string;
  readonly instances: readonly Server[];
  readonly balancer: Balancer;
  readonly redis: TestRedis;
  dispose(): Promise<void>;
}

export async function startCluster(count: number): Promise<Cluster> {
  const [postgres, redis, files, balancer] = await Promise.all([startPostgres(), testRedis(), startS3(), balance()]);
  const environment = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    S3_ENDPOINT: files.url,
    S3_BUCKET: 'mixing-table',
    S3_ACCESS_KEY_ID: S3_TEST_KEY,
    S3_SECRET_ACCESS_KEY: S3_TEST_KEY,
    PUBLIC_URL: balancer.url,
    DEMO_SONG: 'off',
  };
  const instances = await Promise.all(Array.from({ length: count }, () => startServer({ empty: true, environment })));
  balancer.instances = instances.map(({ url }) => Number(new URL(url).port));
  return {
    url: balancer.url,
    instances,
    balancer,
    redis,
    async dispose() {
      redis.resume();
      await Promise.all(instances.map((instance) => instance.dispose()));
      await balancer.close();
      await Promise.all([postgres.stop(), redis.kill(), files.stop()]);
    },
  };
}

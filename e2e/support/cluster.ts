import { startPostgres } from '../../server/cluster/postgres.fixture';
import { type TestRedis, testRedis } from '../../server/cluster/redis.fixture';
import { S3_TEST_KEY, startS3 } from '../../server/cluster/s3.fixture';
import { type Balancer, balance } from './balancer';
import { type Server, type ServerOptions, startServer } from './server';

/** What instances share: a PostgreSQL, a Redis and an S3 server, all real and all empty. */
interface Backing {
  /** The variables under which an instance finds them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly redis: TestRedis;
  stop(): Promise<void>;
}

export async function startBacking(): Promise<Backing> {
  const [postgres, redis, files] = await Promise.all([startPostgres(), testRedis(), startS3()]);
  return {
    environment: {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      S3_ENDPOINT: files.url,
      S3_BUCKET: 'mixing-table',
      S3_ACCESS_KEY_ID: S3_TEST_KEY,
      S3_SECRET_ACCESS_KEY: S3_TEST_KEY,
    },
    redis,
    async stop() {
      redis.resume();
      await Promise.all([postgres.stop(), redis.kill(), files.stop()]);
    },
  };
}

/** Several instances of the real program behind a proxy, as one server. */
export interface Cluster extends Server {
  readonly instances: readonly Server[];
  readonly balancer: Balancer;
}

/** `backing`: the variables of what they share. */
export async function startInstances(
  count: number,
  backing: Readonly<Record<string, string>>,
  options: ServerOptions = {},
): Promise<Cluster> {
  const balancer = await balance();
  const environment = { ...backing, PUBLIC_URL: balancer.url, ...options.environment };
  const instances = await Promise.all(Array.from({ length: count }, () => startServer({ empty: true, environment })));
  balancer.instances = instances.map(({ url }) => Number(new URL(url).port));
  const all = <T>(what: (instance: Server) => Promise<T>) => Promise.all(instances.map(what));
  return {
    url: balancer.url,
    dataDir: instances[0]?.dataDir ?? '',
    instances,
    balancer,
    output: () => instances.map((instance) => instance.output()).join('\n'),
    start: async () => void (await all((instance) => instance.start())),
    kill: async () => void (await all((instance) => instance.kill())),
    stop: async () => (await all((instance) => instance.stop())).find((code) => code !== 0) ?? 0,
    async dispose() {
      await all((instance) => instance.dispose());
      await balancer.close();
    },
  };
}

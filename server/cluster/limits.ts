import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RedisLink } from './redis';

/** Counts for all instances together; while Redis is gone each counts for itself. */
export function redisLimits({ commands, prefix }: RedisLink): (name: string, points: number) => RateLimiterRedis {
  return (name, points) =>
    new RateLimiterRedis({
      storeClient: commands,
      keyPrefix: `${prefix}limit:${name.replaceAll(' ', '-')}`,
      points,
      duration: 60,
      insuranceLimiter: new RateLimiterMemory({ points, duration: 60 }),
    });
}

import type { Locks } from '../ports';
import type { RedisLink } from './redis';

export function redisLocks({ commands, prefix, instance }: RedisLink): Locks {
  return {
    async take(name, ms) {
      try {
        return (await commands.set(`${prefix}lock:${name}`, instance, 'PX', ms, 'NX')) === 'OK';
      } catch {
        return false;
      }
    },
  };
}

import { KNOWN_MS, type SharedLines } from '../ports';
import type { RedisLink } from './redis';

/** KEYS: the person's. ARGV: the instance, its lines, now, until when that is known. Counts the lines and instances of the others. */
const TELL = `
if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. ARGV[4])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
local lines, instances = 0, 0
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  local count, known = string.match(all[at + 1], '^(%d+):(%d+)$')
  if tonumber(known) < tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[1], all[at])
  elseif all[at] ~= ARGV[1] then
    lines = lines + tonumber(count)
    instances = instances + 1
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return {lines, instances}`;

/** A hash for each person: an instance's lines, and until when that is known. */
export function redisLines(link: RedisLink): SharedLines {
  const { commands, prefix, instance } = link;
  return {
    async tell(userId, lines) {
      if (!link.alive) return { lines: 0, instances: 0 };
      const now = Math.round(link.now());
      try {
        const told = await commands.eval(TELL, 1, `${prefix}lines:${userId}`, instance, lines, now, now + KNOWN_MS, KNOWN_MS);
        const [elsewhere, instances] = Array.isArray(told) ? told.map(Number) : [];
        return { lines: elsewhere ?? 0, instances: instances ?? 0 };
      } catch {
        return { lines: 0, instances: 0 };
      }
    },
  };
}

import { type Anchor, anchorSchema } from '../../lib/protocol';
import type { SharedAnchors } from '../ports';
import type { RedisLink } from './redis';

/** A session that nobody has opened for so long rests where the database says. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** KEYS: the anchor's. ARGV: the version before, the new anchor's version, the anchor, when it is, how long it is kept. */
const SWAP = `
local version = redis.call('HGET', KEYS[1], 'version')
if version and tonumber(version) > tonumber(ARGV[1]) then return redis.call('HGET', KEYS[1], 'anchor') end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'anchor', ARGV[3], 'attended', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return false`;
const ATTEND = `
for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then
    redis.call('HSET', key, 'attended', ARGV[1])
    redis.call('PEXPIRE', key, ARGV[2])
  end
end`;

/** Anchors in Redis: read, judged and written in one step of its own. */
export function redisAnchors(link: RedisLink): SharedAnchors {
  const { commands, prefix, now } = link;
  const keyOf = (sessionId: string) => `${prefix}anchor:${sessionId}`;
  return {
    async read(sessionId) {
      const [text, attended] = await commands.hmget(keyOf(sessionId), 'anchor', 'attended');
      const anchor = text ? readAnchor(text) : null;
      return anchor && { anchor, attended: Number(attended) };
    },
    async swap(sessionId, before, anchor) {
      // Who presses play does not wait for what is known to be gone.
      if (!link.alive) throw new Error('Redis does not answer');
      const text = JSON.stringify(anchor);
      const kept = await commands.eval(SWAP, 1, keyOf(sessionId), before, anchor.version, text, now(), KEPT_MS);
      return typeof kept === 'string' ? readAnchor(kept) : null;
    },
    async attend(sessionIds, at) {
      if (sessionIds.length > 0) await commands.eval(ATTEND, sessionIds.length, ...sessionIds.map(keyOf), at, KEPT_MS);
    },
    async forget(sessionId) {
      await commands.del(keyOf(sessionId));
    },
  };
}

function readAnchor(text: string): Anchor | null {
  const read = anchorSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}

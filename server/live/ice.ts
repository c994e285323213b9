import { createHmac } from 'node:crypto';
import type { TalkWays } from '../../lib/protocol';
import type { Config } from '../config';

/** How long the credentials of a relay are good, in seconds: longer than a page waits before it asks again. */
const GOOD_FOR = 6 * 3600;

/**
 * By which servers the pages of a person find others. Credentials of relays end by themselves and name the person: the name is
 * `<end>:<id>`, the password its HMAC-SHA1 under the shared secret, as draft-uberti-behave-turn-rest has it. Guests go through the
 * relay only, where there is one: nobody learns the address of somebody they do not know. `now` in milliseconds.
 */
export function waysFor(
  { STUN_URLS, TURN_URLS, TURN_SECRET }: Pick<Config, 'STUN_URLS' | 'TURN_URLS' | 'TURN_SECRET'>,
  person: { readonly id: string; readonly guest: boolean },
  now: number,
): TalkWays {
  const stun = STUN_URLS === null ? [] : [{ urls: STUN_URLS }];
  if (TURN_URLS === null || TURN_SECRET === null) return { servers: stun, relayOnly: false };
  const username = `${Math.floor(now / 1000) + GOOD_FOR}:${person.id}`;
  const credential = createHmac('sha1', TURN_SECRET).update(username).digest('base64');
  return { servers: [...stun, { urls: TURN_URLS, username, credential }], relayOnly: person.guest };
}

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Kysely } from 'kysely';
import type { User } from '../../lib/protocol';
import type { Database } from '../sql/database';
import type { Accounts } from './accounts';
import { ownColor } from './colors';

/** Who holds a cookie is looked up again after this long, in milliseconds. */
const REMEMBERED = 30_000;
const MOST_REMEMBERED = 10_000;

export interface People {
  /** Who sends these headers, by cookie or bearer token; null for nobody known. Cheap: remembered for half a minute. */
  userOf(headers: IncomingHttpHeaders | Headers): Promise<User | null>;
  /** Makes a guest, or gives the one who asks the new name. `cookies` are `Set-Cookie` lines. */
  /** Looks up again who this person is, and in which browsers. */
  forget(userId: string): void;
  welcome(name: string, headers: Headers): Promise<{ readonly user: User; readonly cookies: readonly string[] }>;
  /** Those of the ids that exist; its members in the colours that are theirs in the session, where one is given. */
  named(ids: readonly string[], sessionId?: string): Promise<ReadonlyMap<string, User>>;
  /** Whether this is somebody without an account. */
  isGuest(id: string): Promise<boolean>;
}

export function createPeople(kysely: Kysely<Database>, accounts: Accounts, now: () => number = Date.now): People {
  const remembered = new Map<string, { readonly user: User; readonly until: number }>();

  async function userOf(headers: IncomingHttpHeaders | Headers): Promise<User | null> {
    const credentials = credentialsOf(headers);
    if (credentials === null) return null;
    const key = createHash('sha256').update(credentials).digest('base64url');
    const known = remembered.get(key);
    if (known !== undefined && known.until > now()) return known.user;
    remembered.delete(key);
    const found = await accounts.who(asHeaders(headers));
    if (found === null) return null;
    const user = userFrom(found);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, { user, until: now() + REMEMBERED });
    return user;
  }

  const forget = (id: string) => {
    for (const [key, { user }] of remembered) if (user.id === id) remembered.delete(key);
  };

  return {
    userOf,
    forget,
    async welcome(name, headers) {
      const known = await userOf(headers);
      if (known === null) {
        const { id, cookies } = await accounts.createGuest(name, headers.get('user-agent') ?? '');
        return { user: userFrom({ id, name }), cookies };
      }
      await accounts.rename(headers, name);
      forget(known.id);
      return { user: userFrom({ id: known.id, name }), cookies: [] };
    },
    async named(ids, sessionId = '') {
      if (ids.length === 0) return new Map();
      const rows = await kysely
        .selectFrom('user')
        .leftJoin('members', (join) => join.onRef('members.user_id', '=', 'user.id').on('members.session_id', '=', sessionId))
        .select(['user.id', 'user.name', 'user.color as own', 'members.color'])
        .where('user.id', 'in', [...new Set(ids)])
        .execute();
      return new Map(rows.map((row) => [row.id, userFrom({ ...row, color: row.color ?? row.own })]));
    },
    async isGuest(id) {
      const row = await kysely.selectFrom('user').select('isAnonymous').where('id', '=', id).executeTakeFirst();
      return row === undefined || Boolean(row.isAnonymous);
    },
  };
}

/** Someone whose row is gone: their comments stay. */
export const somebody = (id: string): User => userFrom({ id, name: 'Someone who left' });

function userFrom({ id, name, color }: { readonly id: string; readonly name: string; readonly color?: number | null }): User {
  return { id, name, color: color ?? ownColor(id) };
}

function asHeaders(headers: IncomingHttpHeaders | Headers): Headers {
  if (headers instanceof Headers) return headers;
  const kept = new Headers();
  if (headers.cookie !== undefined) kept.set('cookie', headers.cookie);
  if (headers.authorization !== undefined) kept.set('authorization', headers.authorization);
  return kept;
}

function credentialsOf(headers: IncomingHttpHeaders | Headers): string | null {
  const { cookie, authorization } =
    headers instanceof Headers ? { cookie: headers.get('cookie') ?? '', authorization: headers.get('authorization') ?? '' } : headers;
  return cookie || authorization ? `${authorization ?? ''}\n${cookie ?? ''}` : null;
}

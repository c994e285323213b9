import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { anonymous, bearer } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Database } from '../sql/database';

export interface AccountOptions {
  readonly kysely: Kysely<Database>;
  readonly dialect: 'sqlite' | 'postgres';
  readonly secret: string;
  /** Where the service is reached; with https the cookie is `Secure` and `__Host-`. */
  readonly baseUrl: string;
}

/** The longest that browsers keep a cookie, in seconds. A guest who loses it loses their sessions, for there is no password. */
const COOKIE_AGE = 400 * 24 * 3600;

/**
 * better-auth, used in the process only: its own HTTP handler is not mounted, so what it offers beyond guests is out of reach.
 * A token counts only with its signature: what lies in the database opens nothing.
 */
export function createAccounts({ kysely, dialect, secret, baseUrl }: AccountOptions) {
  const secure = baseUrl.startsWith('https:');
  const guestName = new AsyncLocalStorage<string>();
  const auth = betterAuth({
    baseURL: baseUrl,
    secret,
    database: { db: kysely, type: dialect },
    session: { expiresIn: COOKIE_AGE, updateAge: 24 * 3600, disableSessionRefresh: true },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    plugins: [anonymous({ generateName: () => guestName.getStore() ?? 'Guest' }), bearer({ requireSignature: true })],
    advanced: {
      // The name carries its own prefix: better-auth would use the weaker `__Secure-`.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: secure ? '__Host-mixing-table' : 'mixing-table',
          attributes: { path: '/', sameSite: 'lax', httpOnly: true, secure },
        },
      },
    },
  });

  return {
    async createGuest(name: string): Promise<{ readonly id: string; readonly cookies: readonly string[] }> {
      const signedIn = await guestName.run(name, () => auth.api.signInAnonymous({ headers: new Headers(), returnHeaders: true }));
      return { id: signedIn.response.user.id, cookies: signedIn.headers.getSetCookie() };
    },
    async who(headers: Headers): Promise<{ readonly id: string; readonly name: string } | null> {
      const session = await auth.api.getSession({ headers });
      return session === null ? null : { id: session.user.id, name: session.user.name };
    },
    async rename(headers: Headers, name: string): Promise<void> {
      await auth.api.updateUser({ headers, body: { name } });
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

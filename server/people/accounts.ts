import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { anonymous, bearer } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Database } from '../sql/database';
import type { SendMail } from './mail';

export interface AccountOptions {
  readonly kysely: Kysely<Database>;
  readonly dialect: 'sqlite' | 'postgres';
  readonly secret: string;
  /** Where the service is reached; with https the cookie is `Secure` and `__Host-`. */
  readonly baseUrl: string;
  readonly sendMail: SendMail;
}

/** Somebody by their cookie. */
export interface Known {
  readonly id: string;
  readonly name: string;
  readonly color: number | null;
  /** Null for a guest. */
  readonly email: string | null;
  /** This very login. */
  readonly login: string;
}

/** The longest that browsers keep a cookie, in seconds. A guest who loses it loses their sessions, for there is no password. */
const COOKIE_AGE = 400 * 24 * 3600;
const RESET_AGE = 3600;

/**
 * better-auth, used in the process only: its own HTTP handler is not mounted, so what it offers beyond this is out of reach.
 * A token counts only with its signature: what lies in the database opens nothing.
 */
export function createAccounts({ kysely, dialect, secret, baseUrl, sendMail }: AccountOptions) {
  const secure = baseUrl.startsWith('https:');
  const guestName = new AsyncLocalStorage<string>();
  const auth = betterAuth({
    baseURL: baseUrl,
    secret,
    database: { db: kysely, type: dialect },
    session: { expiresIn: COOKIE_AGE, updateAge: 24 * 3600, disableSessionRefresh: true, freshAge: 0 },
    // What lies in the database sets no password.
    verification: { storeIdentifier: 'hashed' },
    user: { additionalFields: { color: { type: 'number', required: false, input: false } } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      resetPasswordTokenExpiresIn: RESET_AGE,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => sendMail?.(resetLetter(user.email, `${baseUrl}/account#${token}`)),
    },
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
    async createGuest(name: string, browser: string): Promise<{ readonly id: string; readonly cookies: readonly string[] }> {
      const headers = new Headers({ 'user-agent': browser });
      const signedIn = await guestName.run(name, () => auth.api.signInAnonymous({ headers, returnHeaders: true }));
      return { id: signedIn.response.user.id, cookies: signedIn.headers.getSetCookie() };
    },
    async who(headers: Headers): Promise<Known | null> {
      const found = await auth.api.getSession({ headers });
      if (found === null) return null;
      const { user, session } = found;
      return { id: user.id, name: user.name, color: user.color ?? null, email: user.isAnonymous ? null : user.email, login: session.id };
    },
    async rename(headers: Headers, name: string): Promise<void> {
      await auth.api.updateUser({ headers, body: { name } });
    },
    /** Makes a guest's row that of an account: who they are, and what they have, stays. False where the address is taken. */
    async signUp(userId: string, email: string, password: string): Promise<boolean> {
      const { internalAdapter, password: passwords } = await auth.$context;
      const hash = await passwords.hash(password);
      if (await internalAdapter.findUserByEmail(email)) return false;
      try {
        // Unique: of two at once one fails here, before it has a password.
        await internalAdapter.updateUser(userId, { email, isAnonymous: false });
      } catch (error) {
        if (await internalAdapter.findUserByEmail(email)) return false;
        throw error;
      }
      await internalAdapter.linkAccount({ userId, accountId: userId, providerId: 'credential', password: hash });
      return true;
    },
    /** Null where address and password do not fit; that takes as long, whether or not there is such an account. */
    async signIn(
      email: string,
      password: string,
      browser: string,
    ): Promise<{ readonly id: string; readonly cookies: readonly string[] } | null> {
      const headers = new Headers({ 'user-agent': browser });
      const signedIn = await unlessRefused(auth.api.signInEmail({ headers, body: { email, password }, returnHeaders: true }));
      return signedIn && { id: signedIn.response.user.id, cookies: signedIn.headers.getSetCookie() };
    },
    /** `Set-Cookie` lines that take the cookie away. */
    async signOut(headers: Headers): Promise<readonly string[]> {
      return (await auth.api.signOut({ headers, returnHeaders: true })).headers.getSetCookie();
    },
    async logins(
      headers: Headers,
    ): Promise<{ readonly id: string; readonly token: string; readonly browser: string; readonly since: number }[]> {
      const found = await auth.api.listSessions({ headers });
      return found.map(({ id, token, userAgent, createdAt }) => ({
        id,
        token,
        browser: userAgent ?? '',
        since: new Date(createdAt).getTime(),
      }));
    },
    async endLogin(headers: Headers, token: string): Promise<void> {
      await auth.api.revokeSession({ headers, body: { token } });
    },
    /** False where the present password is another one. All other logins end; the cookies are those of the new one. */
    async changePassword(headers: Headers, current: string, next: string): Promise<readonly string[] | null> {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      const changed = await unlessRefused(auth.api.changePassword({ headers, body, returnHeaders: true }));
      return changed?.headers.getSetCookie() ?? null;
    },
    async askReset(email: string): Promise<void> {
      await auth.api.requestPasswordReset({ body: { email } });
    },
    /** Whose password it now is; null where the token is none, or an old one. All their logins end. */
    async reset(token: string, password: string): Promise<boolean> {
      return (await unlessRefused(auth.api.resetPassword({ body: { token, newPassword: password } }))) !== null;
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

/** Null where better-auth refuses; anything else that goes wrong is thrown on. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return null;
    throw error;
  }
}

function resetLetter(to: string, link: string) {
  const text = [
    'Somebody, probably you, wants a new password for this address at Mixing Table.',
    `Set it here within an hour:\n\n${link}`,
    'If it was not you, nothing is changed: forget this letter.',
  ].join('\n\n');
  return { to, subject: 'A new password for Mixing Table', text };
}

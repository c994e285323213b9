import type { Kysely } from 'kysely';
import type { Account, Device, Member, User } from '../../lib/protocol';
import type { Config } from '../config';
import { notFound, Refusal, unauthenticated } from '../http/problem';
import { type Bus, publish } from '../ports';
import type { Database } from '../sql/database';
import type { Accounts, Known } from './accounts';
import { mergeGuest } from './merge';
import type { People } from './service';

export interface AccountNeeds {
  readonly kysely: Kysely<Database>;
  readonly accounts: Accounts;
  readonly people: People;
  readonly bus: Bus;
  /** Tells everybody in a session how a member now stands. */
  readonly told: (sessionId: string, userId: string) => Promise<Member>;
  /** Gives a member another colour in a session, theirs or the next that is free. */
  readonly recolor: (sessionId: string, userId: string, color: number) => Promise<void>;
  readonly mail: boolean;
  readonly config: Pick<Config, 'SIGNUPS'>;
}

/** Somebody with the cookie that they have from now on. */
export interface SignedIn {
  readonly user: User;
  readonly cookies: readonly string[];
}

const TAKEN = 'No account can be made with this address. If it is yours, sign in with it.';
const UNFIT = 'Address and password do not fit together. Nothing was changed.';
const NO_MAIL =
  'This service has no mail server, so it cannot send you a link. Somebody who is signed in stays signed in; whoever runs the service can help.';

/** Accounts by e-mail and password, over the guests that everybody begins as. */
export function createAccountService({ kysely, accounts, people, bus, told, recolor, mail, config }: AccountNeeds) {
  async function known(headers: Headers): Promise<Known> {
    const found = await accounts.who(headers);
    if (found === null) throw unauthenticated();
    return found;
  }

  async function sessionsOf(userId: string): Promise<string[]> {
    const rows = await kysely
      .selectFrom('members')
      .innerJoin('sessions', 'sessions.id', 'members.session_id')
      .select('session_id')
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .execute();
    return rows.map((row) => row.session_id);
  }

  async function asUser(id: string): Promise<User> {
    const user = (await people.named([id])).get(id);
    if (user === undefined) throw notFound();
    return user;
  }

  return {
    async look(headers: Headers): Promise<Account> {
      return { email: (await accounts.who(headers))?.email ?? null, mail };
    },
    /** Name and colour, as all sessions then show them. */
    async change(headers: Headers, { name, color }: { name?: string | undefined; color?: number | undefined }): Promise<User> {
      const { id } = await known(headers);
      if (name !== undefined) await accounts.rename(headers, name);
      if (color !== undefined) await kysely.updateTable('user').set({ color }).where('id', '=', id).execute();
      publish(bus, 'login', { userId: id });
      for (const session of await sessionsOf(id)) {
        if (color !== undefined) await recolor(session, id, color);
        await told(session, id);
      }
      return await asUser(id);
    },
    /** Whoever asks has an account from now on, and keeps who they are and all that they have. */
    async signUp(
      headers: Headers,
      { email, password, name }: { email: string; password: string; name?: string | undefined },
    ): Promise<SignedIn> {
      if (config.SIGNUPS === 'closed') throw new Refusal(403, 'New accounts are switched off here.');
      const before = await accounts.who(headers);
      if (before !== null && before.email !== null) throw new Refusal(409, 'You have an account already. Sign out first to make another.');
      if (before === null && name === undefined) throw new Refusal(400, 'name: say who you are');
      const guest = before ?? (await people.welcome(name ?? '', headers));
      const [id, cookies] = 'user' in guest ? [guest.user.id, guest.cookies] : [guest.id, []];
      if (!(await accounts.signUp(id, email, password))) throw new Refusal(409, TAKEN);
      publish(bus, 'login', { userId: id });
      return { user: await asUser(id), cookies };
    },
    /** What a guest has done in this browser comes along into the account. */
    async signIn(headers: Headers, { email, password }: { email: string; password: string }): Promise<SignedIn> {
      const before = await accounts.who(headers);
      const signedIn = await accounts.signIn(email, password, headers.get('user-agent') ?? '');
      if (signedIn === null) throw new Refusal(401, UNFIT);
      const { id, cookies } = signedIn;
      if (before !== null && before.email === null) {
        const sessions = await mergeGuest(kysely, before.id, id);
        await accounts.signOut(headers);
        publish(bus, 'login', { userId: before.id });
        for (const sessionId of sessions) {
          publish(bus, 'member', { sessionId, what: 'gone', userId: before.id });
          // Of a session that is in the bin nobody is told.
          await told(sessionId, id).catch(() => {});
        }
      }
      return { user: await asUser(id), cookies };
    },
    async signOut(headers: Headers): Promise<readonly string[]> {
      const { id } = await known(headers);
      const cookies = await accounts.signOut(headers);
      publish(bus, 'login', { userId: id });
      return cookies;
    },
    async devices(headers: Headers): Promise<Device[]> {
      const { login } = await known(headers);
      const found = await accounts.logins(headers);
      return found
        .map(({ id, browser, since }) => ({ id, browser, since, current: id === login }))
        .sort((a, b) => Number(b.current) - Number(a.current) || b.since - a.since);
    },
    /** Signs a browser out; its open lines end too. */
    async signOutDevice(headers: Headers, deviceId: string): Promise<void> {
      const { id } = await known(headers);
      const found = (await accounts.logins(headers)).find((login) => login.id === deviceId);
      if (found === undefined) throw notFound();
      await accounts.endLogin(headers, found.token);
      publish(bus, 'login', { userId: id });
    },
    async changePassword(headers: Headers, { current, next }: { current: string; next: string }): Promise<readonly string[]> {
      const { id, email } = await known(headers);
      if (email === null) throw new Refusal(409, 'A guest has no password. Make an account first.');
      const cookies = await accounts.changePassword(headers, current, next);
      if (cookies === null) throw new Refusal(403, 'That is not your present password. Nothing was changed.');
      publish(bus, 'login', { userId: id });
      return cookies;
    },
    /** The same whether or not there is such an account. */
    async askReset(email: string): Promise<void> {
      if (!mail) throw new Refusal(409, NO_MAIL);
      await accounts.askReset(email);
    },
    async reset(token: string, password: string): Promise<void> {
      if (!(await accounts.reset(token, password)))
        throw new Refusal(410, 'This link has been used, or is older than an hour. Ask for a new one.');
    },
  };
}
export type AccountService = ReturnType<typeof createAccountService>;

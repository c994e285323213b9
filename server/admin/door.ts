import { createHmac, timingSafeEqual } from 'node:crypto';
import { notFound, Refusal } from '../http/problem';
import { secretCheck } from '../http/secret-check';

/** How long a login lasts, in milliseconds. */
const LASTS = 12 * 3_600_000;

export interface DoorOptions {
  /** Null: there is no administration here, and nothing that tells of one. */
  readonly token: string | null;
  /** The service's own secret: a cookie alone then does not let anybody try tokens at home. */
  readonly secret: string;
  /** Behind TLS. */
  readonly secure: boolean;
  readonly now: () => number;
}

/** Who may administer: whoever has the token, or a cookie that was given for it. */
export interface AdminDoor {
  /** Refuses with 404 where there is no administration, with 401 who has neither. */
  demand(headers: Headers): void;
  /** The `Set-Cookie` line for who has the token; refuses as `demand`. */
  open(token: string): string;
  /** The `Set-Cookie` line that ends a login in this browser. */
  close(): string;
}

export function createAdminDoor({ token, secret, secure, now }: DoorOptions): AdminDoor {
  const name = secure ? '__Host-mixing-table-admin' : 'mixing-table-admin';
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  const opens = token === null ? null : secretCheck(token);
  const sign = (until: string) => createHmac('sha256', `${secret}\n${token}`).update(`admin until ${until}`).digest();

  function isOurs(cookie: string): boolean {
    const [until = '', signature = ''] = cookie.split('.');
    const given = Buffer.from(signature, 'base64url');
    const wanted = sign(until);
    return given.length === wanted.length && timingSafeEqual(given, wanted) && Number(until) > now();
  }

  return {
    demand(headers) {
      if (opens === null) throw notFound();
      const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
      const cookie = cookieOf(headers.get('cookie') ?? '', name);
      if ((bearer !== undefined && opens(bearer)) || (cookie !== null && isOurs(cookie))) return;
      throw new Refusal(401, 'Log in with the ADMIN_TOKEN of this service first.', { 'www-authenticate': 'Bearer' });
    },
    open(given) {
      if (opens === null) throw notFound();
      if (!opens(given)) throw new Refusal(401, 'That is not the token. Whoever set this service up has it: ADMIN_TOKEN.');
      const until = String(now() + LASTS);
      return `${name}=${until}.${sign(until).toString('base64url')}; Max-Age=${LASTS / 1000}; ${attributes}`;
    },
    close() {
      if (opens === null) throw notFound();
      return `${name}=; Max-Age=0; ${attributes}`;
    },
  };
}

function cookieOf(header: string, name: string): string | null {
  const pair = header.split(/;\s*/).find((one) => one.startsWith(`${name}=`));
  return pair === undefined ? null : pair.slice(name.length + 1);
}

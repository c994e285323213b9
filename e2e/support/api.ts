import type { CreatedInvite, SessionInfo, Stem } from '../../lib/protocol';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The answer to a call: its status and its JSON, whatever it is. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/**
 * Somebody who uses the API as other programs do: by the paths that `GET /api/openapi.json` lists (a path it does not
 * list cannot be called), with the cookies that it is given.
 */
export class ApiUser {
  private cookie = '';

  private constructor(
    readonly url: string,
    private readonly description: OpenApi,
  ) {}

  static async arrive(url: string, name?: string): Promise<ApiUser> {
    const answer = await fetch(`${url}/api/openapi.json`);
    const user = new ApiUser(url, (await answer.json()) as OpenApi);
    if (name) await user.call('post', '/api/guests', {}, { name });
    return user;
  }

  /** Every route that the description lists, as `method path`. */
  routes(): string[] {
    return Object.entries(this.description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  }

  /** The cookie header, for sockets and for a browser. */
  get cookies(): string {
    return this.cookie;
  }

  async call<T = unknown>(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    parameters: Readonly<Record<string, string>> = {},
    body?: unknown,
  ): Promise<Answer<T>> {
    if (!this.description.paths[path]?.[method]) throw new Error(`The API's description does not list ${method} ${path}`);
    const unused = new URLSearchParams(parameters);
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      unused.delete(name);
      return encodeURIComponent(parameters[name] ?? '');
    });
    const query = unused.size ? `?${unused}` : '';
    return this.send<T>(method, filled + query, body);
  }

  private async send<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array;
    const answer = await fetch(this.url + path, {
      method: method.toUpperCase(),
      headers: {
        origin: this.url,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (set.length) this.cookie = set.join('; ');
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T, headers: answer.headers };
  }

  async createSession(title: string): Promise<SessionInfo> {
    return (await this.call<SessionInfo>('post', '/api/sessions', {}, { title })).body;
  }

  async openDemo(): Promise<SessionInfo> {
    return (await this.call<SessionInfo>('post', '/api/demo')).body;
  }

  async invite(id: string, role: 'mixer' | 'commenter' | 'listener', more: object = {}): Promise<CreatedInvite> {
    return (await this.call<CreatedInvite>('post', '/api/sessions/{id}/invites', { id }, { role, ...more })).body;
  }

  async redeem(token: string, name?: string): Promise<Answer<{ sessionId: string; role: string }>> {
    return this.call('post', '/api/invites/redeem', {}, { token, ...(name ? { name } : {}) });
  }

  async uploadStem(id: string, filename: string, bytes: Uint8Array): Promise<Answer<{ id: string; status: string }>> {
    return this.call('post', '/api/sessions/{id}/stems', { id, filename }, bytes);
  }

  async stems(id: string): Promise<Stem[]> {
    return (await this.call<Stem[]>('get', '/api/sessions/{id}/stems', { id })).body;
  }

  /** Resolves when no stem of the session is under way any more. */
  async settled(id: string): Promise<Stem[]> {
    for (;;) {
      const stems = await this.stems(id);
      if (stems.length && stems.every((stem) => stem.status === 'ready' || stem.status === 'failed')) return stems;
      await new Promise((later) => setTimeout(later, 100));
    }
  }
}

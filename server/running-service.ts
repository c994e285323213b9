import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient, SessionInfo } from '../lib/protocol';
import { compose, type Services } from './compose';
import { readConfig } from './config';
import { createLog } from './observability/log';
import { start } from './start';

/** The real service with a data folder of its own, without pages; for tests. */
export interface RunningService {
  readonly url: string;
  readonly services: Services;
  readonly folder: string;
  /** Someone with a cookie jar; a guest when a name is given. */
  person(name?: string): Promise<Person>;
  /** Ends it and starts it again on the same data. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

let placement = async (): Promise<Readonly<Record<string, string>>> => ({});

/** Services that run from now on keep their data where this says: it is asked once for each. */
export function keepDataWhere(next: typeof placement): void {
  placement = next;
}

/** `hear` gets every line that is logged, which otherwise goes to standard output. */
export async function runService(
  environment: Readonly<Record<string, string>> = {},
  hear?: (line: string) => void,
): Promise<RunningService> {
  const folder = await mkdtemp(join(tmpdir(), 'service-'));
  const placed = await placement();
  const open = async () => {
    const config = readConfig({ LOG_LEVEL: 'error', DATA_DIR: folder, PORT: '0', DEMO_SONG: 'off', ...placed, ...environment });
    const log = createLog(config.LOG_LEVEL, ...(hear ? [{ write: hear }] : []));
    const services = await compose(config, log);
    const running = await start({ services, log, port: 0, host: '127.0.0.1', secure: false, openPages: null });
    return { services, running };
  };
  let current = await open();
  const service: RunningService = {
    get url() {
      return `http://127.0.0.1:${current.running.port}`;
    },
    get services() {
      return current.services;
    },
    folder,
    async person(name) {
      const someone = new Person(() => service.url);
      if (name !== undefined) await someone.arrive(name);
      return someone;
    },
    async restart() {
      await current.running.stop();
      current = await open();
    },
    async dispose() {
      await current.running.stop();
      await rm(folder, { recursive: true });
    },
  };
  return service;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Somebody who asks the service over the network, as other programs do. */
export class Person {
  cookie = '';
  id = '';

  constructor(private readonly url: () => string) {}

  async arrive(name: string): Promise<void> {
    const { body } = await this.ask<{ user: { id: string } }>('POST', '/api/guests', { name });
    this.id = body.user.id;
  }

  async ask<T = unknown>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    const file = body instanceof Uint8Array;
    const kind = body === undefined ? {} : { 'content-type': file ? 'application/octet-stream' : 'application/json' };
    const answer = await fetch(this.url() + path, {
      method,
      headers: { cookie: this.cookie, ...kind, ...headers },
      ...(body === undefined ? {} : { body: file ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (set.length > 0) this.cookie = set.join('; ');
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as T,
      headers: answer.headers,
    };
  }

  async session(title = 'A song'): Promise<string> {
    return (await this.ask<SessionInfo>('POST', '/api/sessions', { title })).body.id;
  }

  async invite(sessionId: string, role: string, more: object = {}): Promise<string> {
    const { body } = await this.ask<{ token: string }>('POST', `/api/sessions/${sessionId}/invites`, { role, ...more });
    return body.token;
  }

  redeem(token: string, name?: string): Promise<Answer<{ sessionId: string; role: string; detail: string }>> {
    return this.ask('POST', '/api/invites/redeem', { token, ...(name === undefined ? {} : { name }) });
  }

  /** A live line to a session. */
  live(sessionId: string, headers: Readonly<Record<string, string>> = {}): Socket<ServerToClient, ClientToServer> {
    return io(this.url(), {
      auth: { sessionId },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: this.cookie, ...headers },
    });
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Log } from '../observability/log';
import type { Metrics } from '../observability/metrics';
import type { Api } from './api';
import { FILES } from './files';
import { setSecurityHeaders } from './headers';
import type { Origins } from './origins';
import type { Pages } from './pages';
import { notFound, problemOf } from './problem';

/** How long the body of a request is waited for, in milliseconds. */
interface Patience {
  /** While nothing of it comes. */
  readonly quietMs: number;
  /** For all of it, unless it is a file, which may take long on a slow line. */
  readonly bodyMs: number;
}
const PATIENCE: Patience = { quietMs: 60_000, bodyMs: 30_000 };

export interface Parts {
  readonly app: Api;
  /** Paths of pages that are answered as if they were not there. */
  readonly hidden: (path: string) => boolean;
  readonly origins: Origins;
  readonly metrics: Metrics;
  readonly log: Pick<Log, 'debug'>;
  readonly live: { request(request: IncomingMessage, response: ServerResponse): void };
  /** The pages, once they are ready; null while they are not, or where there are none. */
  readonly pages: () => Pages | null;
  readonly secure: boolean;
  readonly patience?: Patience;
}

const OURS = /^\/(api|media)(\/|$)|^\/(healthz|readyz|metrics)$/;
/** Characters of a path that are logged. */
const LOGGED_PATH = 200;
/** No page has this address. */
const NOWHERE = '/nowhere';
const OPERATION = /^\/(healthz|readyz|metrics)$/;

/** The one HTTP server: the API, live events over polling, and pages for everything else. Does not listen yet. */
export function createHttp({ app, hidden, origins, metrics, log, live, pages, secure, patience = PATIENCE }: Parts): Server {
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const ours = OURS.test(path);
    const live_ = path === '/socket.io/';
    setSecurityHeaders(response, { page: !ours && !live_, secure });
    awaitBody(request, response, FILES.test(path) ? { ...patience, bodyMs: null } : patience);
    noteEnd(request.method ?? '', path, response);
    measure(response, request.method ?? '', ours ? (path.split('/')[1] ?? '') : live_ ? 'live' : 'page');
    if (!OPERATION.test(path) && origins.publicUrl(request.headers.host) === null)
      return answer(response, 421, 'This is not the address of this service.');
    // `OPTIONS *` asks about the service as a whole (RFC 9110, 9.3.7); a whole address as target is for proxies.
    if (path === '*') return void response.writeHead(204, { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }).end();
    if (!path.startsWith('/')) return answer(response, 400, 'The target of a request is a path here, not a whole address.');
    if (ours) return void api(request, response);
    if (live_) return live.request(request, response);
    if (path.startsWith('/socket.io') || path.startsWith('/sync')) return answer(response, 404, notFound().detail);
    const ready = pages();
    if (ready === null) return answer(response, 503, 'The pages are not ready yet; try again in a moment.');
    if (hidden(path)) request.url = NOWHERE;
    ready.handle(request, response).catch(() => response.destroy());
  });
  // A stem may take long to arrive on a slow line, a request's head may not; `awaitBody` sees to the rest.
  server.requestTimeout = 0;
  server.headersTimeout = 20_000;
  // Longer than the minute for which proxies keep a line they may use again: the one who closes it should be the caller.
  server.keepAliveTimeout = 75_000;
  return server;

  /** Without what stands behind the question mark, which nobody has looked at yet. */
  function noteEnd(method: string, path: string, response: ServerResponse): void {
    const began = performance.now();
    response.once('close', () =>
      log.debug(
        { method, path: path.slice(0, LOGGED_PATH), status: response.statusCode, ms: Math.round(performance.now() - began) },
        'asked',
      ),
    );
  }

  function measure(response: ServerResponse, method: string, path: string): void {
    const end = metrics.requests.startTimer({ method, path });
    response.once('close', () => end({ status: response.statusCode }));
  }
}

/** Ends a request whose body does not come. Ours takes as long to answer as it must: only the body's time counts. */
function awaitBody(
  request: IncomingMessage,
  response: ServerResponse,
  { quietMs, bodyMs }: { quietMs: number; bodyMs: number | null },
): void {
  const { socket, headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  // A body that has come whole is in time, also where nobody reads it: then there is no `end`.
  const end = () => void (request.complete || request.destroy());
  socket.setTimeout(quietMs);
  // Without a listener Node would end the line by itself.
  response.on('timeout', end);
  request.once('end', () => socket.setTimeout(0));
  response.once('close', () => socket.setTimeout(0));
  if (bodyMs === null) return;
  const late = setTimeout(end, bodyMs);
  request.once('end', () => clearTimeout(late));
  response.once('close', () => clearTimeout(late));
}

function answer(response: ServerResponse, status: number, detail: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problemOf(status, detail)));
}

/** Listens; resolves to the port, rejects when it is taken. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

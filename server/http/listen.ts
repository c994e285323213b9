import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Metrics } from '../observability/metrics';
import type { Api } from './api';
import { setSecurityHeaders } from './headers';
import type { Origins } from './origins';
import type { Pages } from './pages';
import { notFound, problemOf } from './problem';

export interface Parts {
  readonly app: Api;
  readonly origins: Origins;
  readonly metrics: Metrics;
  readonly live: { request(request: IncomingMessage, response: ServerResponse): void };
  /** The pages, once they are ready; null while they are not, or where there are none. */
  readonly pages: () => Pages | null;
  readonly secure: boolean;
}

const OURS = /^\/(api|media)(\/|$)|^\/(healthz|readyz|metrics)$/;
const OPERATION = /^\/(healthz|readyz|metrics)$/;

/** The one HTTP server: the API, live events over polling, and pages for everything else. Does not listen yet. */
export function createHttp({ app, origins, metrics, live, pages, secure }: Parts): Server {
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const ours = OURS.test(path);
    const live_ = path === '/socket.io/';
    setSecurityHeaders(response, { page: !ours && !live_, secure });
    measure(response, request.method ?? '', ours ? (path.split('/')[1] ?? '') : live_ ? 'live' : 'page');
    if (!OPERATION.test(path) && origins.publicUrl(request.headers.host) === null)
      return answer(response, 421, 'This is not the address of this service.');
    if (ours) return void api(request, response);
    if (live_) return live.request(request, response);
    if (path.startsWith('/socket.io') || path.startsWith('/sync')) return answer(response, 404, notFound().detail);
    const ready = pages();
    if (ready === null) return answer(response, 503, 'The pages are not ready yet; try again in a moment.');
    ready.handle(request, response).catch(() => response.destroy());
  });
  // A stem may take long to arrive on a slow line, a request's head may not.
  server.requestTimeout = 0;
  server.headersTimeout = 20_000;
  return server;

  function measure(response: ServerResponse, method: string, path: string): void {
    const end = metrics.requests.startTimer({ method, path });
    response.once('close', () => end({ status: response.statusCode }));
  }
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

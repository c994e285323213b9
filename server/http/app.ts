import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { z } from '@hono/zod-openapi';
import type { Config } from '../config';
import type { Log } from '../observability/log';
import type { People } from '../people/service';
import { type Api, answerError, createApi, describeRoute, jsonOf, problemResponse } from './api';
import { FILES } from './files';
import { clientAddress, type Origins } from './origins';
import { notFound, Refusal } from './problem';

/** JSON bodies: a comment of 10,000 characters, each escaped, fits. Files have limits of their own. */
const JSON_BYTES = 128 * 1024;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface AppParts {
  readonly config: Pick<Config, 'TRUSTED_PROXIES'>;
  readonly origins: Origins;
  readonly people: People;
  readonly log: Log;
  readonly apis: readonly Api[];
}

/** Everything under `/api` and `/media`, and the health pages; can be asked without a port. */
export function createApp({ config, origins, people, log, apis }: AppParts): Api {
  const app = createApi();
  app.onError((error, context) =>
    answerError(error, context, (bug) => log.error({ err: bug, request: context.get('requestId') }, 'unforeseen error')),
  );
  app.notFound(() => problemResponse(404, notFound().detail));

  app.use(async (context, next) => {
    const incoming = (context.env as Partial<HttpBindings> | undefined)?.incoming;
    const host = context.req.header('host') ?? new URL(context.req.url).host;
    context.set('requestId', randomUUID());
    context.set('address', clientAddress(incoming?.socket.remoteAddress, context.req.header('x-forwarded-for'), config.TRUSTED_PROXIES));
    context.set('publicUrl', origins.publicUrl(host) ?? '');
    if (!SAFE.has(context.req.method) && !origins.allows(context.req.header('origin'), host)) {
      throw new Refusal(403, 'This request comes from a page of another site.');
    }
    context.set('user', await people.userOf(context.req.raw.headers));
    await next();
    context.header('x-request-id', context.get('requestId'));
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });
  app.use(async (context, next) => {
    if (!FILES.test(context.req.path)) checkLength(context.req.header('content-length'), context.req.header('transfer-encoding'));
    await next();
  });

  for (const api of apis) app.route('/', api);
  app.openapi(description, (context) => context.json(app.getOpenAPI31Document(INFO), 200));
  return app;
}

const INFO = {
  openapi: '3.1.0',
  info: { title: 'Mixing Table', version: '1', description: 'Errors are RFC 9457 problems: `application/problem+json`.' },
};
const description = describeRoute({
  method: 'get',
  path: '/api/openapi.json',
  tags: ['Operation'],
  summary: 'This description',
  responses: { 200: jsonOf('OpenAPI 3.1, made from the schemas that check the requests', z.unknown()) },
});

/** JSON bodies say how long they are, so that too long a one is refused before it is read; Node holds them to it. */
function checkLength(length: string | undefined, transferEncoding: string | undefined): void {
  if (transferEncoding !== undefined) throw new Refusal(411, 'Send the body with a Content-Length.');
  if (Number(length ?? 0) > JSON_BYTES) throw new Refusal(413, `The body is larger than ${JSON_BYTES / 1024} KB.`);
}

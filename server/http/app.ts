import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { bodyLimit } from 'hono/body-limit';
import type { Config } from '../config';
import type { Log } from '../observability/log';
import type { People } from '../people/service';
import { type Api, answerError, createApi, problemResponse } from './api';
import { clientAddress, type Origins } from './origins';
import { notFound, Refusal } from './problem';

/** JSON bodies: a comment of 10,000 characters, each escaped, fits. Files have limits of their own. */
const JSON_BYTES = 128 * 1024;
const FILES = /^\/api\/(uploads(\/|$)|sessions\/[^/]+\/stems$)/;
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
  const limit = bodyLimit({
    maxSize: JSON_BYTES,
    onError: () => {
      throw new Refusal(413, `The body is larger than ${JSON_BYTES / 1024} KB.`);
    },
  });
  app.use((context, next) => (FILES.test(context.req.path) ? next() : limit(context, next)));

  for (const api of apis) app.route('/', api);
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Mixing Table', version: '1', description: 'Errors are RFC 9457 problems: `application/problem+json`.' },
  });
  return app;
}

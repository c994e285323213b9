import { z } from '@hono/zod-openapi';
import { type Api, createApi, describeRoute, jsonOf } from '../http/api';
import type { Metrics } from './metrics';

/** Asks every part whether it works; the names of those that do not. */
export type Readiness = () => Promise<readonly string[]>;

const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } }) as const;
const state = z.object({ ready: z.boolean(), failing: z.array(z.string()) });
const tags = ['Operation'];

const health = describeRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Does it live?',
  responses: { 200: text('While it lives') },
});
const ready = describeRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Can it be used?',
  responses: { 200: jsonOf('It can', state), 503: jsonOf('It cannot; `failing` names the parts', state) },
});
const metrics = describeRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Prometheus metrics',
  responses: { 200: text('Metrics') },
});

export function operationRoutes(readiness: Readiness, measured: Metrics): Api {
  const api = createApi();
  api.openapi(health, (context) => context.text('ok', 200));
  api.openapi(ready, async (context) => {
    const failing = [...(await readiness())];
    return failing.length === 0 ? context.json({ ready: true, failing }, 200) : context.json({ ready: false, failing }, 503);
  });
  api.openapi(metrics, async (context) => context.text(await measured.text(), 200, { 'content-type': measured.contentType }));
  return api;
}

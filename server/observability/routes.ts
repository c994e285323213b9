import type { HttpBindings } from '@hono/node-server';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isLoopback } from '../config';
import { type Api, createApi, describeRoute, type Env, jsonOf } from '../http/api';
import { forbidden, Refusal } from '../http/problem';
import { secretCheck } from '../http/secret-check';
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
  description: 'For programs on this machine, or with the METRICS_TOKEN as `Authorization: Bearer` where one is set.',
  responses: { 200: text('Metrics') },
});

/** Who may read the metrics. */
export function metricsGuard(token: string | null): (context: Context<Env>) => void {
  const opens = token === null ? null : secretCheck(token);
  return (context) => {
    const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
    if (opens !== null) {
      if (!opens(bearer)) throw new Refusal(401, 'Metrics need the METRICS_TOKEN.', { 'www-authenticate': 'Bearer' });
      return;
    }
    // A proxy on this machine asks for others: it says so.
    const direct = context.req.header('x-forwarded-for') === undefined && context.req.header('forwarded') === undefined;
    const incoming = (context.env as Partial<HttpBindings> | undefined)?.incoming;
    const remote = incoming?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
    if (!direct || !isLoopback(remote)) throw forbidden('Metrics are for programs on this machine, or for who has the METRICS_TOKEN.');
  };
}

export function operationRoutes(readiness: Readiness, measured: Metrics, mayMeasure: (context: Context<Env>) => void): Api {
  const api = createApi();
  api.openapi(health, (context) => context.text('ok', 200));
  api.openapi(ready, async (context) => {
    const failing = [...(await readiness())];
    return failing.length === 0 ? context.json({ ready: true, failing }, 200) : context.json({ ready: false, failing }, 503);
  });
  api.openapi(metrics, async (context) => {
    mayMeasure(context);
    return context.text(await measured.text(), 200, { 'content-type': measured.contentType });
  });
  return api;
}

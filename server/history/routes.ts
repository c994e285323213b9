import { z } from '@hono/zod-openapi';
import { awaySchema, historyEventSchema, historyQuery, historySchema, mixSchema, takeBackRequest } from '../../lib/protocol';
import { type Api, createApi, describeRoute, idParameter, jsonOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { History } from './service';

const tags = ['History'];
const session = z.object({ id: idParameter });
const params = z.object({ id: idParameter, eventId: idParameter });
const ALL = '/api/sessions/{id}/history';
const ONE = `${ALL}/{eventId}` as const;

const list = describeRoute({
  method: 'get',
  path: ALL,
  tags,
  summary: 'What was done to the mix, the newest first',
  description: 'Times in milliseconds since 1970; `next` of one answer is `before` of the next question.',
  request: { params: session, query: historyQuery },
  responses: { 200: jsonOf('Gestures', historySchema) },
});
const away = describeRoute({
  method: 'get',
  path: `${ALL}/away`,
  tags,
  summary: 'What others did since I was last here',
  request: { params: session },
  responses: { 200: jsonOf('By person and strip', awaySchema) },
});
const mix = describeRoute({
  method: 'get',
  path: `${ONE}/mix`,
  tags,
  summary: 'The mix as it was after a gesture',
  request: { params },
  responses: { 200: jsonOf('The whole mix', mixSchema) },
});
const takeBack = describeRoute({
  method: 'post',
  path: `${ONE}/take-back`,
  tags,
  summary: 'Take one gesture back, mine or somebody else’s',
  description: 'Refused with 409 where somebody has changed the same since, unless `force` is true.',
  request: { params, body: { required: false, content: { 'application/json': { schema: takeBackRequest } } } },
  responses: { 200: jsonOf('The gesture that this is', historyEventSchema) },
});

export function historyRoutes(history: History, guard: Guard): Api {
  const api = createApi();
  api.openapi(list, async (context) => {
    const user = whoAsks(context);
    await guard.history(context);
    const { before, ...wanted } = context.req.valid('query');
    const page = await history.list(user, context.req.valid('param').id, {
      ...wanted,
      ...(before === undefined ? {} : { before: Number(before) }),
    });
    return context.json(page, 200);
  });
  api.openapi(away, async (context) => {
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await history.away(user, context.req.valid('param').id), 200);
  });
  api.openapi(mix, async (context) => {
    const { id, eventId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await history.mixAfter(user, id, eventId), 200);
  });
  api.openapi(takeBack, async (context) => {
    const { id, eventId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    const { force = false } = context.req.valid('json');
    return context.json(await history.takeBack(user, id, eventId, force), 200);
  });
  return api;
}

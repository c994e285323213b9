import { z } from '@hono/zod-openapi';
import { createSnapshotRequest, patchSnapshotRequest, snapshotSchema, wholeSnapshotSchema } from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { Snapshots } from './service';

const session = z.object({ id: idParameter });
const params = z.object({ id: idParameter, snapshotId: idParameter });
const ALL = '/api/sessions/{id}/snapshots';
const ONE = `${ALL}/{snapshotId}` as const;

const route = routesOf('Snapshots');

const list = route('get', ALL, 'Kept states of the mix, the newest first', {
  request: { params: session },
  responses: { 200: jsonOf('The snapshots', z.array(snapshotSchema)) },
});
const create = route('post', ALL, 'Keep the mix as it is now', {
  description: 'Holds what is on disk: changes that were not acknowledged yet are not in it.',
  request: { params: session, body: jsonBody(createSnapshotRequest) },
  responses: { 201: jsonOf('The snapshot', snapshotSchema) },
});
const whole = route('get', ONE, 'A snapshot with the records that it holds', {
  request: { params },
  responses: { 200: jsonOf('The snapshot', wholeSnapshotSchema) },
});
const change = route('patch', ONE, 'Change name or note', {
  request: { params, body: jsonBody(patchSnapshotRequest) },
  responses: { 200: jsonOf('The snapshot as it now is', snapshotSchema) },
});
const remove = route('delete', ONE, 'Delete a snapshot; the mix stays as it is', { request: { params }, responses: { 204: NOTHING } });

export function snapshotRoutes(snapshots: Snapshots, guard: Guard): Api {
  const api = createApi();
  api.openapi(list, async (context) => context.json(await snapshots.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(create, async (context) => {
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await snapshots.create(user, context.req.valid('param').id, context.req.valid('json')), 201);
  });
  api.openapi(whole, async (context) => {
    const { id, snapshotId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await snapshots.whole(user, id, snapshotId), 200);
  });
  api.openapi(change, async (context) => {
    const { id, snapshotId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await snapshots.change(user, id, snapshotId, context.req.valid('json')), 200);
  });
  api.openapi(remove, async (context) => {
    const { id, snapshotId } = context.req.valid('param');
    await snapshots.remove(whoAsks(context), id, snapshotId);
    return context.body(null, 204);
  });
  return api;
}

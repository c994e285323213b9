import { z } from '@hono/zod-openapi';
import {
  archiveRequest,
  binnedSchema,
  createSessionRequest,
  duplicateRequest,
  memberSchema,
  patchMemberRequest,
  patchSessionRequest,
  sessionSchema,
} from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { Bin } from './bin';
import type { Members } from './members';
import type { Sessions } from './service';

const one = z.object({ id: idParameter });
const route = routesOf('Sessions');

const create = route('post', '/api/sessions', 'Create a session', {
  request: { body: jsonBody(createSessionRequest) },
  responses: { 201: jsonOf('The new session; you are its owner', sessionSchema) },
});
const list = route('get', '/api/sessions', 'My sessions, the last changed first', {
  responses: { 200: jsonOf('Your sessions', z.array(sessionSchema)) },
});
const demo = route('post', '/api/demo', 'My own copy of the demo song', {
  description: 'Made the first time, the same one afterwards. 503 with `Retry-After` while the demo song is being prepared.',
  responses: { 200: jsonOf('Your copy; you are its owner', sessionSchema) },
});
const get = route('get', '/api/sessions/{id}', 'A session', {
  request: { params: one },
  responses: { 200: jsonOf('The session, with your role', sessionSchema) },
});
const patch = route('patch', '/api/sessions/{id}', 'Change title or settings', {
  request: { params: one, body: jsonBody(patchSessionRequest) },
  responses: { 200: jsonOf('The session as it now is', sessionSchema) },
});
const remove = route('delete', '/api/sessions/{id}', 'Delete a session', {
  description: "It is gone for everybody at once, lies in its owners' bin for thirty days, and is then erased.",
  request: { params: one },
  responses: { 204: NOTHING },
});
const duplicate = route('post', '/api/sessions/{id}/duplicate', 'Make a copy of a session', {
  description: 'A session of your own with the same stems and a copy of the mix. History and versions stay behind.',
  request: { params: one, body: { required: false, content: { 'application/json': { schema: duplicateRequest } } } },
  responses: { 201: jsonOf('The copy; you are its owner', sessionSchema) },
});
const archive = route('post', '/api/sessions/{id}/archive', 'Put a session away, or back; for me alone', {
  request: { params: one, body: jsonBody(archiveRequest) },
  responses: { 200: jsonOf('The session', sessionSchema) },
});
const bin = route('get', '/api/bin', 'Sessions of mine that were deleted', {
  responses: { 200: jsonOf('The last deleted first', z.array(binnedSchema)) },
});
const restore = route('post', '/api/bin/{id}/restore', 'Bring a deleted session back, for everybody in it', {
  request: { params: one },
  responses: { 200: jsonOf('The session', sessionSchema) },
});
const erase = route('delete', '/api/bin/{id}', 'Erase a deleted session now', {
  request: { params: one },
  responses: { 204: NOTHING },
});
const members = route('get', '/api/sessions/{id}/members', 'Who belongs to a session', {
  request: { params: one },
  responses: { 200: jsonOf('Everybody, by when they joined', z.array(memberSchema)) },
});
const member = z.object({ id: idParameter, userId: idParameter });
const setRole = route('patch', '/api/sessions/{id}/members/{userId}', "Change a member's role", {
  description: 'Acts on open connections at once.',
  request: { params: member, body: jsonBody(patchMemberRequest) },
  responses: { 200: jsonOf('The member as they now are', memberSchema) },
});
const removeMember = route('delete', '/api/sessions/{id}/members/{userId}', 'Remove a member, or leave', {
  request: { params: member },
  responses: { 204: NOTHING },
});

export function sessionRoutes(sessions: Sessions, binOf: Bin, membersOf: Members, guard: Guard): Api {
  const api = createApi();
  api.openapi(create, async (context) => {
    const user = whoAsks(context);
    await guard.sessions(context);
    return context.json(await sessions.create(user, context.req.valid('json').title), 201);
  });
  api.openapi(list, async (context) => context.json(await sessions.list(whoAsks(context)), 200));
  api.openapi(demo, async (context) => {
    const user = whoAsks(context);
    await guard.sessions(context);
    return context.json(await sessions.demo(user), 200);
  });
  api.openapi(get, async (context) => context.json(await sessions.get(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(patch, async (context) =>
    context.json(await sessions.change(whoAsks(context), context.req.valid('param').id, context.req.valid('json')), 200),
  );
  api.openapi(remove, async (context) => {
    await sessions.remove(whoAsks(context), context.req.valid('param').id);
    return context.body(null, 204);
  });
  api.openapi(duplicate, async (context) => {
    const user = whoAsks(context);
    await guard.sessions(context);
    const { title, comments = false } = context.req.valid('json');
    return context.json(await sessions.duplicate(user, context.req.valid('param').id, { title, comments }), 201);
  });
  api.openapi(archive, async (context) => {
    const { archived } = context.req.valid('json');
    return context.json(await sessions.archive(whoAsks(context), context.req.valid('param').id, archived), 200);
  });
  api.openapi(bin, async (context) => context.json(await binOf.list(whoAsks(context)), 200));
  api.openapi(restore, async (context) => context.json(await binOf.restore(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(erase, async (context) => {
    await binOf.erase(whoAsks(context), context.req.valid('param').id);
    return context.body(null, 204);
  });
  api.openapi(members, async (context) => context.json(await membersOf.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(setRole, async (context) => {
    const { id, userId } = context.req.valid('param');
    return context.json(await membersOf.setRole(whoAsks(context), id, userId, context.req.valid('json').role), 200);
  });
  api.openapi(removeMember, async (context) => {
    const { id, userId } = context.req.valid('param');
    await membersOf.remove(whoAsks(context), id, userId);
    return context.body(null, 204);
  });
  return api;
}

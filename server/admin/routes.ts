import { z } from '@hono/zod-openapi';
import { adminJobsSchema, adminLoginRequest, adminOverviewSchema, adminPeopleSchema, adminSessionsSchema } from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf } from '../http/api';
import type { Guard } from '../http/guard';
import type { Admin } from './service';

const route = routesOf('Administration');
const search = z.object({ search: z.string().max(200).default('') });
const session = z.object({ id: idParameter });
const stem = z.object({ stemId: idParameter });

const logIn = route('post', '/api/admin/login', 'Log in to the administration', {
  description: 'With ADMIN_TOKEN; programs may send it as `Authorization: Bearer` instead. Without that variable all of this is 404.',
  request: { body: jsonBody(adminLoginRequest) },
  responses: { 204: NOTHING },
});
const logOut = route('delete', '/api/admin/login', 'Log out', { responses: { 204: NOTHING } });
const overview = route('get', '/api/admin/overview', 'How the service is', {
  responses: { 200: jsonOf('People, sessions, storage, quotas', adminOverviewSchema) },
});
const sessions = route('get', '/api/admin/sessions', 'All sessions, the last changed first', {
  description: 'Deleted ones are among them until they are erased after thirty days.',
  request: { query: search },
  responses: { 200: jsonOf('Sessions whose title or owner has the text in it', adminSessionsSchema) },
});
const remove = route('delete', '/api/admin/sessions/{id}', 'Delete a session', {
  request: { params: session },
  responses: { 204: NOTHING },
});
const bringBack = route('post', '/api/admin/sessions/{id}/restore', 'Bring a deleted session back', {
  request: { params: session },
  responses: { 204: NOTHING },
});
const people = route('get', '/api/admin/people', 'Everybody, who keeps the most first', {
  request: { query: search },
  responses: { 200: jsonOf('People whose name has the text in it', adminPeopleSchema) },
});
const jobs = route('get', '/api/admin/jobs', 'Files that wait or are worked on', {
  responses: { 200: jsonOf('Jobs, the oldest first', adminJobsSchema) },
});
const retry = route('post', '/api/admin/jobs/{stemId}/retry', 'Begin anew with a file', {
  request: { params: stem },
  responses: { 204: NOTHING },
});
const stop = route('delete', '/api/admin/jobs/{stemId}', 'Stop the work on a file', {
  description: 'The stem then has failed.',
  request: { params: stem },
  responses: { 204: NOTHING },
});

export function adminRoutes(admin: Admin, guard: Guard): Api {
  const api = createApi();
  api.openapi(logIn, async (context) => {
    await guard.logins(context);
    context.header('set-cookie', admin.logIn(context.req.valid('json').token));
    return context.body(null, 204);
  });
  api.openapi(logOut, (context) => {
    context.header('set-cookie', admin.logOut());
    return context.body(null, 204);
  });
  api.openapi(overview, async (context) => context.json(await admin.overview(context.req.raw.headers), 200));
  api.openapi(sessions, async (context) =>
    context.json(await admin.sessions(context.req.raw.headers, context.req.valid('query').search), 200),
  );
  api.openapi(remove, async (context) => {
    await admin.deleteSession(context.req.raw.headers, context.req.valid('param').id);
    return context.body(null, 204);
  });
  api.openapi(bringBack, async (context) => {
    await admin.bringBackSession(context.req.raw.headers, context.req.valid('param').id);
    return context.body(null, 204);
  });
  api.openapi(people, async (context) => context.json(await admin.people(context.req.raw.headers, context.req.valid('query').search), 200));
  api.openapi(jobs, async (context) => context.json(await admin.jobs(context.req.raw.headers), 200));
  api.openapi(retry, async (context) => {
    await admin.retryJob(context.req.raw.headers, context.req.valid('param').stemId);
    return context.body(null, 204);
  });
  api.openapi(stop, async (context) => {
    await admin.stopJob(context.req.raw.headers, context.req.valid('param').stemId);
    return context.body(null, 204);
  });
  return api;
}

import { z } from '@hono/zod-openapi';
import {
  createdInviteSchema,
  invitePreviewSchema,
  inviteRequest,
  inviteSchema,
  lookInviteRequest,
  redeemedSchema,
  redeemRequest,
} from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import { Refusal } from '../http/problem';
import type { People } from '../people/service';
import type { Invites } from './service';

const route = routesOf('Invites');
const params = z.object({ id: idParameter });
const GONE = { description: 'Expired, taken back, or used up' } as const;

const create = route('post', '/api/sessions/{id}/invites', 'Make an invite', {
  description: 'The token is told this once and kept only as a hash. It stands in the fragment of the link, which no server sees.',
  request: { params, body: jsonBody(inviteRequest) },
  responses: { 201: jsonOf('The invite with its link', createdInviteSchema) },
});
const list = route('get', '/api/sessions/{id}/invites', 'Invites in force', {
  request: { params },
  responses: { 200: jsonOf('The newest first', z.array(inviteSchema)) },
});
const revoke = route('delete', '/api/sessions/{id}/invites/{inviteId}', 'Take an invite back', {
  description: 'Who has used it stays a member.',
  request: { params: z.object({ id: idParameter, inviteId: idParameter }) },
  responses: { 204: NOTHING },
});
const look = route('post', '/api/invites/look', 'What is this an invite to?', {
  request: { body: jsonBody(lookInviteRequest) },
  responses: { 200: jsonOf('What the invite page may show', invitePreviewSchema), 410: GONE },
});
const redeem = route('post', '/api/invites/redeem', 'Join by an invite', {
  description: 'Who has no cookie gives a `name`, becomes a guest and gets one. A role is never lowered; joining twice counts once.',
  request: { body: jsonBody(redeemRequest) },
  responses: { 200: jsonOf('You are in', redeemedSchema), 410: GONE },
});

export function inviteRoutes(invites: Invites, people: People, guard: Guard): Api {
  const api = createApi();
  api.openapi(create, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await invites.create(whoAsks(context), id, context.req.valid('json'), context.get('publicUrl')), 201);
  });
  api.openapi(list, async (context) => context.json(await invites.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(revoke, async (context) => {
    const { id, inviteId } = context.req.valid('param');
    await invites.revoke(whoAsks(context), id, inviteId);
    return context.body(null, 204);
  });
  api.openapi(look, async (context) => {
    await guard.looks(context);
    return context.json(await invites.look(context.req.valid('json').token), 200);
  });
  api.openapi(redeem, async (context) => {
    await guard.looks(context);
    const { token, name } = context.req.valid('json');
    const known = context.get('user');
    if (known !== null) return context.json(await invites.redeem(known, token), 200);
    if (name === undefined) throw new Refusal(401, 'Give a name to join with, or send your cookie.');
    await invites.check(token);
    await guard.guests(context);
    const { user, cookies } = await people.welcome(name, context.req.raw.headers);
    const joined = await invites.redeem(user, token);
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
    return context.json(joined, 200);
  });
  return api;
}

import { z } from '@hono/zod-openapi';
import { guestRequest, meSchema, userSchema } from '../../lib/protocol';
import { type Api, createApi, describeRoute, jsonBody, jsonOf } from '../http/api';
import type { Guard } from '../http/guard';
import type { People } from './service';

const arrive = describeRoute({
  method: 'post',
  path: '/api/guests',
  tags: ['People'],
  summary: 'Say who you are',
  description:
    'Makes a guest and sets their cookie. Who has a cookie already stays the same person under the new name. ' +
    "Programs may send the cookie's value as `Authorization: Bearer` instead.",
  request: { body: jsonBody(guestRequest) },
  responses: { 201: jsonOf('Welcome', z.object({ user: userSchema })) },
});
const me = describeRoute({
  method: 'get',
  path: '/api/me',
  tags: ['People'],
  summary: 'Who am I?',
  responses: { 200: jsonOf('You, or null for nobody known', meSchema) },
});

export function peopleRoutes(people: People, guard: Guard): Api {
  const api = createApi();
  api.openapi(arrive, async (context) => {
    await guard.guests(context);
    const { user, cookies } = await people.welcome(context.req.valid('json').name, context.req.raw.headers);
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
    return context.json({ user }, 201);
  });
  api.openapi(me, (context) => context.json({ user: context.get('user') }, 200));
  return api;
}

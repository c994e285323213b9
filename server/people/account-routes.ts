import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  accountSchema,
  deviceSchema,
  newPasswordRequest,
  passwordRequest,
  profileRequest,
  resetRequest,
  signedInSchema,
  signInRequest,
  signUpRequest,
} from '../../lib/protocol';
import { type Api, createApi, type Env, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { AccountService } from './account-service';

const route = routesOf('Accounts');
const look = route('get', '/api/account', 'My account', { responses: { 200: jsonOf('Its address; null for a guest', accountSchema) } });
const change = route('patch', '/api/account', 'Change my name or colour', {
  request: { body: jsonBody(profileRequest) },
  responses: { 200: jsonOf('You as you now are', signedInSchema) },
});
const signUp = route('post', '/api/account/sign-up', 'Make an account', {
  description: 'A guest stays who they are and keeps everything. `name` is for those who have none yet.',
  request: { body: jsonBody(signUpRequest) },
  responses: { 201: jsonOf('Welcome', signedInSchema) },
});
const signIn = route('post', '/api/account/sign-in', 'Sign in', {
  description: 'What a guest did in this browser comes along into the account.',
  request: { body: jsonBody(signInRequest) },
  responses: { 200: jsonOf('Welcome back', signedInSchema) },
});
const signOut = route('post', '/api/account/sign-out', 'Sign out in this browser', { responses: { 204: NOTHING } });
const devices = route('get', '/api/account/devices', 'Where I am signed in', {
  responses: { 200: jsonOf('This browser first', z.array(deviceSchema)) },
});
const signOutDevice = route('delete', '/api/account/devices/{deviceId}', 'Sign a browser out', {
  request: { params: z.object({ deviceId: idParameter }) },
  responses: { 204: NOTHING },
});
const password = route('post', '/api/account/password', 'Change my password', {
  description: 'All other browsers are signed out.',
  request: { body: jsonBody(passwordRequest) },
  responses: { 204: NOTHING },
});
const askReset = route('post', '/api/account/reset', 'I forgot my password', {
  description: 'The same answer whether or not there is such an account. 409 where no mail server is configured.',
  request: { body: jsonBody(resetRequest) },
  responses: { 202: NOTHING },
});
const reset = route('post', '/api/account/reset/confirm', 'Set a new password by the link in the letter', {
  description: 'All browsers are signed out.',
  request: { body: jsonBody(newPasswordRequest) },
  responses: { 204: NOTHING },
});

const bake = (context: Context<Env>, cookies: readonly string[]) => {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
};

export function accountRoutes(accounts: AccountService, guard: Guard): Api {
  const api = createApi();
  api.openapi(look, async (context) => context.json(await accounts.look(context.req.raw.headers), 200));
  api.openapi(change, async (context) => {
    whoAsks(context);
    await guard.profiles(context);
    return context.json({ user: await accounts.change(context.req.raw.headers, context.req.valid('json')) }, 200);
  });
  api.openapi(signUp, async (context) => {
    await guard.signIns(context);
    const { user, cookies } = await accounts.signUp(context.req.raw.headers, context.req.valid('json'));
    bake(context, cookies);
    return context.json({ user }, 201);
  });
  api.openapi(signIn, async (context) => {
    const wish = context.req.valid('json');
    await guard.signIns(context);
    await guard.signInsTo(wish.email);
    const { user, cookies } = await accounts.signIn(context.req.raw.headers, wish);
    bake(context, cookies);
    return context.json({ user }, 200);
  });
  api.openapi(signOut, async (context) => {
    whoAsks(context);
    bake(context, await accounts.signOut(context.req.raw.headers));
    return context.body(null, 204);
  });
  api.openapi(devices, async (context) => {
    whoAsks(context);
    return context.json(await accounts.devices(context.req.raw.headers), 200);
  });
  api.openapi(signOutDevice, async (context) => {
    whoAsks(context);
    await accounts.signOutDevice(context.req.raw.headers, context.req.valid('param').deviceId);
    return context.body(null, 204);
  });
  api.openapi(password, async (context) => {
    whoAsks(context);
    await guard.signIns(context);
    bake(context, await accounts.changePassword(context.req.raw.headers, context.req.valid('json')));
    return context.body(null, 204);
  });
  api.openapi(askReset, async (context) => {
    await guard.signIns(context);
    await accounts.askReset(context.req.valid('json').email);
    return context.body(null, 202);
  });
  api.openapi(reset, async (context) => {
    await guard.signIns(context);
    const { token, password: next } = context.req.valid('json');
    await accounts.reset(token, next);
    return context.body(null, 204);
  });
  return api;
}

import { z } from '@hono/zod-openapi';
import { blindLetter, blindMixSchema, createBlindTestRequest, letterRequest, ownBlindTestSchema } from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { Guard } from '../http/guard';
import type { BlindTests } from './service';

const ALL = '/api/sessions/{id}/blind-tests';
const ONE = `${ALL}/{testId}` as const;
const session = { params: z.object({ id: idParameter }) };
const test = { params: z.object({ id: idParameter, testId: idParameter }) };
const told = { 200: jsonOf('The test', ownBlindTestSchema) } as const;
const letter = { ...test, body: jsonBody(letterRequest) };
const route = routesOf('Blind tests');

const list = route('get', ALL, 'Blind tests, the newest first; what the letters are only once revealed', {
  request: session,
  responses: { 200: jsonOf('The tests', z.array(ownBlindTestSchema)) },
});
const create = route('post', ALL, 'Begin a blind test', {
  description: '`versions`: two to four ids of snapshots, or `now` for the mix as it is on disk. One test at a time.',
  request: { ...session, body: jsonBody(createBlindTestRequest) },
  responses: { 201: jsonOf('The test', ownBlindTestSchema) },
});
const mix = route('get', `${ONE}/mixes/{letter}`, 'The mix behind a letter, with nothing that tells which it is', {
  request: { params: test.params.extend({ letter: blindLetter }) },
  responses: { 200: jsonOf('The mix', blindMixSchema) },
});
const hear = route('post', `${ONE}/hear`, 'Let everybody hear a letter', { request: letter, responses: told });
const vote = route('put', `${ONE}/vote`, 'Vote for a letter; until the reveal it can be changed', { request: letter, responses: told });
const reveal = route('post', `${ONE}/reveal`, 'Reveal what the letters are', { request: test, responses: told });
const remove = route('delete', ONE, 'End a test, or take it off the list', { request: test, responses: { 204: NOTHING } });

export function blindTestRoutes(tests: BlindTests, guard: Guard): Api {
  const api = createApi();
  api.openapi(list, async (context) => context.json(await tests.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(create, async (context) => {
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await tests.create(user, context.req.valid('param').id, context.req.valid('json')), 201);
  });
  api.openapi(mix, async (context) => {
    const { id, testId, letter } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await tests.mix(user, id, testId, letter), 200);
  });
  api.openapi(hear, async (context) => {
    const { id, testId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await tests.hear(user, id, testId, context.req.valid('json').letter), 200);
  });
  api.openapi(vote, async (context) => {
    const { id, testId } = context.req.valid('param');
    const user = whoAsks(context);
    await guard.history(context);
    return context.json(await tests.vote(user, id, testId, context.req.valid('json').letter), 200);
  });
  api.openapi(reveal, async (context) => {
    const { id, testId } = context.req.valid('param');
    return context.json(await tests.reveal(whoAsks(context), id, testId), 200);
  });
  api.openapi(remove, async (context) => {
    const { id, testId } = context.req.valid('param');
    await tests.remove(whoAsks(context), id, testId);
    return context.body(null, 204);
  });
  return api;
}

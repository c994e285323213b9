import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiProblem } from './problem';
import { createRequest } from './request';

const answering = (response: Response) => createRequest(async () => response);
const failing = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it should have been refused'),
    (problem: unknown) =>
      problem instanceof ApiProblem ? { message: problem.message, status: problem.status } : expect.fail(String(problem)),
  );
const schema = z.object({ id: z.string() });

describe('a request', () => {
  it('sends JSON and gives back what the schema says', async () => {
    let seen: { url: string; init: RequestInit } | undefined;
    const request = createRequest(async (url, init) => {
      seen = { url, init };
      return Response.json({ id: 'a', more: 1 }, { status: 201 });
    }, 'http://here');
    expect(await request('POST', '/api/things', schema, { title: 'x' })).toEqual({ id: 'a' });
    expect(seen?.url).toBe('http://here/api/things');
    expect(seen?.init).toMatchObject({ method: 'POST', body: '{"title":"x"}', headers: { 'content-type': 'application/json' } });
  });

  it('says what the service says of its problem', async () => {
    const body = { type: 'about:blank', title: 'Expired', status: 410, detail: 'This invite has expired. Ask for a new one.' };
    const request = answering(Response.json(body, { status: 410, headers: { 'content-type': 'application/problem+json' } }));
    expect(await failing(request('GET', '/', schema))).toEqual({ message: body.detail, status: 410 });
  });

  it('has a sentence of its own where the answer has none', async () => {
    const { message, status } = await failing(answering(new Response('<html>', { status: 503 }))('GET', '/', schema));
    expect(status).toBe(503);
    expect(message).toMatch(/Try again/);
  });

  it('takes an empty answer where nothing is expected', async () => {
    expect(await answering(new Response(null, { status: 204 }))('DELETE', '/', z.undefined())).toBeUndefined();
  });

  it('says so when nothing can be reached', async () => {
    const request = createRequest(async () => {
      throw new TypeError('fetch failed');
    });
    expect(await failing(request('GET', '/', schema))).toMatchObject({ status: 0 });
  });

  it('refuses an answer that is not what was agreed', async () => {
    expect(await failing(answering(Response.json({ id: 5 }))('GET', '/', schema))).toMatchObject({ status: 0 });
  });
});

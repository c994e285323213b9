import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type RunningService, runService } from '../running-service';
import { clientAddress, createOrigins } from './origins';

let service: RunningService;
let owner: Person;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Owner');
});
afterAll(() => service.dispose());

const problem = (status: number) => ({ type: 'about:blank', status, title: expect.any(String), detail: expect.any(String) });

test('alive, ready, measured', async () => {
  expect((await owner.ask('GET', '/healthz')).status).toBe(200);
  expect((await owner.ask('GET', '/readyz')).body).toEqual({ ready: true, failing: [] });
  const metrics = await owner.ask<string>('GET', '/metrics');
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  expect(metrics.body).toContain('http_request_seconds_bucket');
  expect(metrics.body).toMatch(/^sync_sockets 0$/m);
});

test('a path that is not, is a problem', async () => {
  const answer = await owner.ask('GET', '/api/nothing');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toEqual(problem(404));
});

test.each([
  ['not JSON', 'application/json', '{"title":', 400],
  ['another kind of content', 'text/plain', 'title', 415],
  ['too long a body', 'application/json', JSON.stringify({ title: 'x'.repeat(200_000) }), 413],
  ['an unfitting one', 'application/json', '{"title":7}', 400],
])('%s is refused', async (_, kind, body, status) => {
  const answer = await fetch(`${service.url}/api/sessions`, {
    method: 'POST',
    headers: { cookie: owner.cookie, 'content-type': kind },
    body,
  });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual(problem(status));
});

test('a body of unknown length is refused before it is read', async () => {
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode('{"title":"x"}')),
    pull: (stream) => stream.close(),
  });
  const init = { method: 'POST', headers: { cookie: owner.cookie, 'content-type': 'application/json' }, body, duplex: 'half' };
  expect((await fetch(`${service.url}/api/sessions`, init)).status).toBe(411);
});

test('a page of another site changes nothing', async () => {
  const answer = await owner.ask('POST', '/api/sessions', { title: 'Forged' }, { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
  expect(answer.body).toEqual(problem(403));
  expect((await owner.ask('POST', '/api/sessions', { title: 'Ours' }, { origin: service.url })).status).toBe(201);
});

test('a name that was rebound to this machine is not served', async () => {
  const status = await new Promise((resolve, reject) => {
    const { port } = new URL(service.url);
    const asked = request({ port, host: '127.0.0.1', path: '/api/me', headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });
  expect(status).toBe(421);
});

test('a target that is no path is answered in plain words, not with an error of ours', async () => {
  const status = (method: string, path: string) =>
    new Promise((resolve, reject) => {
      const { port } = new URL(service.url);
      const asked = request({ port, host: '127.0.0.1', method, path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
  expect(await status('OPTIONS', '*')).toBe(204);
  expect(await status('GET', `${service.url}/api/me`)).toBe(400);
});

test('every answer isolates the page and may not be framed or sniffed', async () => {
  for (const path of ['/api/me', '/api/nothing', '/healthz', '/']) {
    const { headers } = await owner.ask('GET', path);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
  }
  expect((await owner.ask('GET', '/api/me')).headers.get('cache-control')).toBe('no-store');
});

test('origins: the public address when one is set, else what this machine is called', () => {
  const local = createOrigins({ PUBLIC_URL: null });
  expect(local.allows('http://localhost:3000', 'localhost:3000')).toBe(true);
  expect(local.allows('http://localhost:3001', 'localhost:3000')).toBe(false);
  expect(local.allows('http://evil.example', 'evil.example')).toBe(false);
  expect(local.allows(undefined, 'localhost:3000')).toBe(true);
  expect(local.publicUrl('[::1]:3000')).toBe('http://[::1]:3000');
  expect(local.publicUrl('localhost.evil.example')).toBeNull();
  const open = createOrigins({ PUBLIC_URL: 'https://mix.example.org/' });
  expect(open.allows('https://mix.example.org', '10.0.0.7:3000')).toBe(true);
  expect(open.allows('http://mix.example.org', 'mix.example.org')).toBe(false);
  expect(open.publicUrl(undefined)).toBe('https://mix.example.org');
});

test('addresses: only what trusted proxies added counts', () => {
  expect(clientAddress('10.0.0.1', '6.6.6.6', 0)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', '6.6.6.6, 1.2.3.4', 1)).toBe('1.2.3.4');
  expect(clientAddress('10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', 2)).toBe('1.2.3.4');
  expect(clientAddress('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
});

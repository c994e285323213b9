import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../observability/log';
import { createMetrics } from '../observability/metrics';
import { createApi } from './api';
import { createHttp, listen } from './listen';
import { createOrigins } from './origins';

let server: Server;
afterEach(() => void server.close());

/** A service whose routes say how many bytes they were sent, two of them after `answerMs`. */
async function serve(patience: { readonly quietMs: number; readonly bodyMs: number }, answerMs = 0): Promise<number> {
  const app = createApi();
  app.onError(() => new Response(null, { status: 400 }));
  app.all('/api/slow', (context) => new Promise<Response>((resolve) => setTimeout(() => resolve(context.text('done')), answerMs)));
  app.all('/api/read', async (context) => {
    await context.req.arrayBuffer();
    return await new Promise<Response>((resolve) => setTimeout(() => resolve(context.text('done')), answerMs));
  });
  app.post('*', async (context) => context.text(String((await context.req.arrayBuffer()).byteLength)));
  const origins = createOrigins({ PUBLIC_URL: null });
  server = createHttp({
    app,
    hidden: () => false,
    origins,
    metrics: createMetrics(),
    log: createLog('silent'),
    live: { request() {} },
    pages: () => null,
    secure: false,
    patience,
  });
  return await listen(server, 0, '127.0.0.1');
}

/** A request that promises `length` bytes. */
function begin(port: number, path: string, length: number) {
  const line = connect(port, '127.0.0.1');
  line.on('error', () => {});
  line.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`);
  return line;
}

/** Resolves when a line is closed, however: one that is cut while bytes are on their way is an error first. */
const closed = (line: Socket) => new Promise<void>((resolve) => line.once('close', () => resolve()));

/** Sends a byte every 5 ms; resolves to what the service has said when the line is closed. */
async function trickle(port: number, path: string, length: number): Promise<string> {
  const line = begin(port, path, length);
  let left = length;
  const sending = setInterval(() => (left-- > 0 ? line.write('x') : clearInterval(sending)), 5);
  let said = '';
  line.on('data', (bytes) => {
    said += bytes;
  });
  await closed(line);
  clearInterval(sending);
  return said;
}

test('a body that stops coming, of a file too, does not hold its line for ever', async () => {
  const port = await serve({ quietMs: 300, bodyMs: 1_000_000 });
  for (const path of ['/api/guests', '/api/sessions/x/stems', '/api/uploads/x', '/api/nothing']) {
    const line = begin(port, path, 50);
    line.write('{');
    line.resume();
    await closed(line);
  }
});

test('a body that comes byte by byte has to be there in time, unless it is a file', async () => {
  const port = await serve({ quietMs: 1_000_000, bodyMs: 1000 });
  expect(await trickle(port, '/api/guests', 1_000_000)).toBe('');
  expect(await trickle(port, '/api/sessions/x/stems', 300)).toMatch(/ 200 .*\r\n300/s);
  expect(await trickle(port, '/api/uploads/x', 300)).toMatch(/ 200 .*\r\n300/s);
});

test('our answer may take longer than a body: to a question, and to a body that has come', async () => {
  const port = await serve({ quietMs: 300, bodyMs: 1000 }, 1500);
  const url = `http://localhost:${port}/api`;
  expect(await (await fetch(`${url}/slow`)).text()).toBe('done');
  expect(await (await fetch(`${url}/slow`, { method: 'POST' })).text()).toBe('done');
  expect(await (await fetch(`${url}/slow`, { method: 'POST', body: 'not read' })).text()).toBe('done');
  expect(await (await fetch(`${url}/read`, { method: 'POST', body: 'x' })).text()).toBe('done');
});

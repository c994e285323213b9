import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
let session: string;

beforeAll(async () => {
  service = await runService({
    MAX_STRIPS: '2',
    MAX_INVITES: '2',
    MAX_COMMENTS: '2',
    MAX_SESSIONS_PER_USER: '3',
    MAX_SOCKETS_PER_USER: '2',
  });
  owner = await service.person('Olga');
  session = await owner.session();
});
afterAll(() => service.dispose());

/** Asks the service, without a line between, ten times in one step; how often it was granted. */
async function granted(path: string, body: object | Uint8Array<ArrayBuffer>): Promise<number> {
  const file = body instanceof Uint8Array;
  const bytes = file ? body : new TextEncoder().encode(JSON.stringify(body));
  const headers = {
    cookie: owner.cookie,
    'content-type': file ? 'application/octet-stream' : 'application/json',
    'content-length': String(bytes.length),
  };
  const ask = () => service.services.app.request(service.url + path, { method: 'POST', headers, body: bytes });
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  expect(answers.filter(({ status }) => status !== 409).every(({ status }) => status < 300)).toBe(true);
  return answers.filter(({ status }) => status < 300).length;
}

test('ten stems at once are two where two are the most', async () => {
  expect(await granted(`/api/sessions/${session}/stems?filename=a.wav`, new Uint8Array(100))).toBe(2);
  expect((await owner.ask<unknown[]>('GET', `/api/sessions/${session}/stems`)).body.length).toBe(2);
});

test('ten invites at once are two where two are the most', async () => {
  expect(await granted(`/api/sessions/${session}/invites`, { role: 'mixer' })).toBe(2);
});

test('ten comments at once, and ten replies to one of them, are two where two are the most', async () => {
  expect(await granted(`/api/sessions/${session}/comments`, { body: 'Louder.', at: 1 })).toBe(2);
  const [comment] = (await owner.ask<{ id: string }[]>('GET', `/api/sessions/${session}/comments`)).body;
  expect(await granted(`/api/sessions/${session}/comments/${comment?.id}/replies`, { body: 'Yes.' })).toBe(2);
  const { body } = await owner.ask<{ replies: unknown[] }[]>('GET', `/api/sessions/${session}/comments`);
  expect(body.map(({ replies }) => replies.length)).toEqual([2, 0]);
});

test('ten sessions at once are two more where three are the most, and nothing of the others stays', async () => {
  expect(await granted('/api/sessions', { title: 'Another' })).toBe(2);
  expect((await owner.ask<unknown[]>('GET', '/api/sessions')).body.length).toBe(3);
});

test('ten live lines at once are two where two are the most; who goes makes room', async () => {
  const connected = async () => {
    const line = owner.live(session);
    const come = await Promise.race([
      once(line as never, 'connect').then(() => true),
      once(line as never, 'connect_error').then(() => false),
    ]);
    return { line, come };
  };
  const lines = await Promise.all(Array.from({ length: 10 }, connected));
  const open = lines.filter(({ come }) => come);
  expect(open.length).toBe(2);
  // The service hears of it before it hears of the next.
  open[0]?.line.disconnect();
  expect((await connected()).come).toBe(true);
  for (const { line } of lines) line.disconnect();
});

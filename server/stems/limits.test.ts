import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;

beforeAll(async () => {
  service = await runService({ MAX_STEM_MEGABYTES: '1', MAX_STRIPS: '1' });
  owner = await service.person('Olga');
});
afterAll(() => service.dispose());

const send = (session: string, bytes: number) =>
  owner.ask<{ detail: string }>('POST', `/api/sessions/${session}/stems?filename=a.wav`, new Uint8Array(bytes));

test('A file over the limit is refused, and nothing of it stays', async () => {
  const session = await owner.session();
  const { status, body } = await send(session, 1_000_001);
  expect(status).toBe(413);
  expect(body.detail).toBe('This file is larger than the 1 MB that one stem may have. Nothing was added; the other stems are safe.');
  expect((await owner.ask('GET', `/api/sessions/${session}/stems`)).body).toEqual([]);
});

test('A file that does not tell its size is stopped at the limit', async () => {
  const session = await owner.session();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
  });
  const request = { method: 'POST', headers: { cookie: owner.cookie }, body, duplex: 'half' };
  const answer = await fetch(`${service.url}/api/sessions/${session}/stems?filename=a.wav`, request).then(
    ({ status }) => status,
    // The line may be cut before the answer is read.
    () => 413,
  );
  expect(answer).toBe(413);
  expect((await owner.ask('GET', `/api/sessions/${session}/stems`)).body).toEqual([]);
});

test('A session that is full takes no further stem', async () => {
  const session = await owner.session();
  expect((await send(session, 100)).status).toBe(202);
  const { status, body } = await send(session, 100);
  expect(status).toBe(409);
  expect(body.detail).toContain('1 stems at most');
});

test('The same limits hold for resumable uploads', async () => {
  const session = await owner.session();
  const metadata = `sessionId ${Buffer.from(session).toString('base64')},filename ${Buffer.from('a.wav').toString('base64')}`;
  const create = (length: number) =>
    owner.ask('POST', '/api/uploads', undefined, {
      'tus-resumable': '1.0.0',
      'upload-length': String(length),
      'upload-metadata': metadata,
    });
  expect((await create(1_000_001)).status).toBe(413);
  expect((await create(1000)).status).toBe(201);
  expect((await create(1000)).status).toBe(409);
});

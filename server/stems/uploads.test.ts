import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

const KICK = join(process.cwd(), 'public/demo-song/stems/01_Kick.flac');
const TUS = { 'tus-resumable': '1.0.0' };

let service: RunningService;
let owner: Person;
let session: string;

beforeEach(async () => {
  service = await runService();
  owner = await service.person('Olga');
  session = await owner.session();
});
afterEach(() => service.dispose());

async function create(person: Person, length: number, to = session) {
  const metadata = `sessionId ${Buffer.from(to).toString('base64')},filename ${Buffer.from('01_Kick.flac').toString('base64')}`;
  const answer = await person.ask('POST', '/api/uploads', undefined, {
    ...TUS,
    'upload-length': String(length),
    'upload-metadata': metadata,
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '' };
}

function patch(person: Person, location: string, offset: number, bytes: Uint8Array) {
  const headers = { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return person.ask('PATCH', location, bytes, headers);
}

/** What half-received and staged files there are. */
async function filesLeft(): Promise<string[]> {
  const found = await readdir(join(service.folder, 'ingest'), { recursive: true, withFileTypes: true });
  return found.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name]));
}

async function stems(): Promise<Stem[]> {
  return (await owner.ask<Stem[]>('GET', `/api/sessions/${session}/stems`)).body;
}

/** Resolves when a stem has come as far as this. */
function reached(status: Stem['status']): Promise<Stem> {
  const socket = owner.live(session);
  return new Promise((resolve) => {
    const look = (stem: Stem | undefined) => {
      if (stem?.status !== status) return;
      socket.close();
      resolve(stem);
    };
    socket.on('stem', (event) => event.what === 'put' && look(event.stem));
    socket.on('connect', async () => look((await stems())[0]));
  });
}

test('An upload goes on after the server was started again, and becomes a stem', async () => {
  const file = await readFile(KICK);
  const half = Math.floor(file.length / 2);
  const { status, location } = await create(owner, file.length);
  expect(status).toBe(201);
  expect(location).toMatch(/^\/api\/uploads\/[a-z0-9]+$/);
  expect(await stems()).toMatchObject([{ name: 'Kick', status: 'receiving' }]);
  expect((await patch(owner, location, 0, file.subarray(0, half))).status).toBe(204);

  await service.restart();
  expect(await stems()).toMatchObject([{ status: 'receiving' }]);
  const head = await owner.ask('HEAD', location, undefined, TUS);
  expect(head.headers.get('upload-offset')).toBe(String(half));
  expect((await patch(owner, location, half, file.subarray(half))).status).toBe(204);
  const ready = await reached('ready');
  expect(ready).toMatchObject({ name: 'Kick', frames: 4_224_000 });
  const original = await fetch(`${service.url}/api/sessions/${session}/stems/${ready.id}/original`, { headers: { cookie: owner.cookie } });
  expect(Buffer.compare(new Uint8Array(await original.arrayBuffer()), file)).toBe(0);
  expect((await owner.ask('HEAD', location, undefined, TUS)).status).toBe(404);
});

test('Bytes at the wrong place are refused', async () => {
  const { location } = await create(owner, 1000);
  expect((await patch(owner, location, 500, new Uint8Array(500))).status).toBe(409);
});

test('Who may not add stems can neither begin an upload nor go on with one', async () => {
  const listener = await service.person();
  await listener.redeem(await owner.invite(session, 'listener'), 'Lisa');
  const stranger = await service.person('Sam');
  const nobody = await service.person();
  expect((await create(listener, 1000)).status).toBe(403);
  expect((await create(stranger, 1000)).status).toBe(404);
  expect((await create(nobody, 1000)).status).toBe(401);
  const { location } = await create(owner, 1000);
  for (const [person, status] of [
    [listener, 404],
    [stranger, 404],
    [nobody, 401],
  ] as const) {
    expect((await patch(person, location, 0, new Uint8Array(1000))).status).toBe(status);
    expect((await person.ask('DELETE', location, undefined, TUS)).status).toBe(status);
  }
});

test('Who is no longer a mixer can not finish an upload', async () => {
  const mixer = await service.person('Max');
  await mixer.redeem(await owner.invite(session, 'mixer'));
  const { location } = await create(mixer, 1000);
  expect((await patch(mixer, location, 0, new Uint8Array(500))).status).toBe(204);
  await owner.ask('PATCH', `/api/sessions/${session}/members/${mixer.id}`, { role: 'listener' });
  expect((await patch(mixer, location, 500, new Uint8Array(500))).status).toBe(403);
});

test('An upload that is cancelled leaves nothing', async () => {
  const { location } = await create(owner, 1000);
  await patch(owner, location, 0, new Uint8Array(500));
  expect((await owner.ask('DELETE', location, undefined, TUS)).status).toBe(204);
  expect(await stems()).toEqual([]);
  expect(await filesLeft()).toEqual([]);
});

test('A stem that is removed while it is still coming leaves nothing, and the rest of it is not taken', async () => {
  const { location } = await create(owner, 1000);
  await patch(owner, location, 0, new Uint8Array(500));
  const [stem] = await stems();
  expect((await owner.ask('DELETE', `/api/sessions/${session}/stems/${stem?.id}`)).status).toBe(204);
  expect(await filesLeft()).toEqual([]);
  expect((await patch(owner, location, 500, new Uint8Array(500))).status).toBe(404);
});

test('A disk that is full is said, and when there is room again the upload goes on where it was', async () => {
  const file = await readFile(KICK);
  const { location } = await create(owner, file.length);
  const received = join(service.folder, 'ingest/uploads', location.split('/').at(-1) ?? '');
  await rm(received);
  // A file that can be opened and never written to: every write ends as on a full disk.
  await symlink('/dev/full', received);
  const { status, body, headers } = await patch(owner, location, 0, file);
  expect(status).toBe(507);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({ status: 507, detail: expect.stringContaining('There is no room here to keep this.') });
  await rm(received);
  await writeFile(received, file.subarray(0, 1000));
  const head = await owner.ask('HEAD', location, undefined, TUS);
  expect(head.headers.get('upload-offset')).toBe('1000');
  expect((await patch(owner, location, 1000, file.subarray(1000))).status).toBe(204);
  expect(await reached('ready')).toMatchObject({ name: 'Kick' });
});

test('An upload without a session or a name is refused', async () => {
  const answer = await owner.ask<{ detail: string }>('POST', '/api/uploads', undefined, { ...TUS, 'upload-length': '10' });
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain('sessionId');
});

test('An upload that came whole but cannot be kept is refused, and leaves neither a stem nor an upload', async () => {
  const file = await readFile(KICK);
  const { location } = await create(owner, file.length);
  const staged = join(service.folder, 'ingest/staged');
  await rm(staged, { recursive: true, force: true });
  await writeFile(staged, 'a file where the folder was');
  expect((await patch(owner, location, 0, file)).status).toBe(507);
  await rm(staged);
  expect(await stems()).toEqual([]);
  expect((await owner.ask('HEAD', location, undefined, TUS)).status).toBe(404);
});

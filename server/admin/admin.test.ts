import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { noise, pcmBytes, wavFile } from '../../lib/ingest/made-files';
import type { AdminJob, AdminList, AdminOverview, AdminPerson, AdminSession, Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

const TOKEN = 'a token of sixteen or more';
const WAV = { rate: 48_000, channels: 1, bits: 16 } as const;
const ROUTES = [
  'DELETE /api/admin/login',
  'GET /api/admin/overview',
  'GET /api/admin/sessions',
  'DELETE /api/admin/sessions/x',
  'POST /api/admin/sessions/x/restore',
  'GET /api/admin/people',
  'GET /api/admin/jobs',
  'POST /api/admin/jobs/x/retry',
  'DELETE /api/admin/jobs/x',
];
const OPEN = ['DELETE /api/admin/login'];

let service: RunningService;
let owner: Person;
let admin: Person;
beforeAll(async () => {
  service = await runService({ ADMIN_TOKEN: TOKEN });
  owner = await service.person('Olga');
  admin = await service.person();
  expect((await admin.ask('POST', '/api/admin/login', { token: TOKEN })).status).toBe(204);
});
afterAll(() => service.dispose());

const asked = (person: Person, route: string, headers: Readonly<Record<string, string>> = {}) => {
  const [method = '', path = ''] = route.split(' ');
  return person.ask(method, path, undefined, headers);
};
const sessions = async (search = '') =>
  (await admin.ask<AdminList<AdminSession>>('GET', `/api/admin/sessions?search=${encodeURIComponent(search)}`)).body.items;

test('without ADMIN_TOKEN nothing tells that there could be an administration', async () => {
  const plain = await runService();
  const someone = await plain.person('Someone');
  for (const route of [...ROUTES, 'POST /api/admin/login']) {
    const body = route.startsWith('POST /api/admin/login') ? { token: TOKEN } : undefined;
    const [method = '', path = ''] = route.split(' ');
    expect([route, (await someone.ask(method, path, body)).status]).toEqual([route, 404]);
  }
  expect(plain.services.hidden('/admin')).toBe(true);
  expect(service.services.hidden('/admin')).toBe(false);
  await plain.dispose();
});

test('every route asks who it is: nobody, an owner, a wrong token and a forged or old cookie get nowhere', async () => {
  const { body } = await owner.ask<{ paths: Record<string, object> }>('GET', '/api/openapi.json');
  const described = Object.entries(body.paths).flatMap(([path, methods]) =>
    path.startsWith('/api/admin') ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`) : [],
  );
  const listed = ROUTES.map((route) => route.replace('sessions/x', 'sessions/{id}').replace('jobs/x', 'jobs/{stemId}'));
  expect(described.sort()).toEqual([...listed, 'POST /api/admin/login'].sort());
  const forged = [`mixing-table-admin=${Date.now() + 1e6}.AAAA`, admin.cookie.replace(/=\d/, '=9'), 'mixing-table-admin=1.x'];
  for (const route of ROUTES.filter((one) => !OPEN.includes(one))) {
    expect([route, (await asked(owner, route)).status]).toEqual([route, 401]);
    expect((await asked(owner, route, { authorization: 'Bearer another token, as long' })).status).toBe(401);
    for (const cookie of forged) expect((await asked(owner, route, { cookie })).status).toBe(401);
  }
  const bearer = { authorization: `Bearer ${TOKEN}` };
  expect((await asked(await service.person(), 'GET /api/admin/overview', bearer)).status).toBe(200);
});

test('a login takes the token alone, its cookie is out of reach of scripts, and guessing is slowed down', async () => {
  const other = await runService({ ADMIN_TOKEN: TOKEN });
  const someone = await other.person();
  const wrong = await someone.ask<{ detail: string }>('POST', '/api/admin/login', { token: 'hunter2' });
  expect([wrong.status, wrong.body.detail]).toEqual([401, expect.stringMatching(/^That is not the token/)]);
  const right = await someone.ask('POST', '/api/admin/login', { token: TOKEN });
  expect(right.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^mixing-table-admin=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/),
  ]);
  expect(right.headers.getSetCookie()[0]).not.toContain(TOKEN);
  expect((await asked(someone, 'GET /api/admin/overview')).status).toBe(200);
  expect((await asked(someone, 'DELETE /api/admin/login')).headers.getSetCookie()[0]).toContain('Max-Age=0');
  const statuses: number[] = [];
  for (let time = 0; time < 12; time++) statuses.push((await someone.ask('POST', '/api/admin/login', { token: 'hunter2' })).status);
  expect(statuses).toContain(429);
  await other.dispose();
});

test('sessions are found by title and owner, deleted for everybody at once, and brought back', async () => {
  const id = await owner.session('Ferry 100%_');
  await owner.session('Another');
  expect((await sessions('y 100%')).map(({ title, owner: name, members }) => [title, name, members])).toEqual([['Ferry 100%_', 'Olga', 1]]);
  expect((await sessions('olg')).length).toBe(2);
  expect((await admin.ask('DELETE', `/api/admin/sessions/${id}`)).status).toBe(204);
  expect((await owner.ask('GET', `/api/sessions/${id}`)).status).toBe(404);
  expect((await admin.ask('DELETE', `/api/admin/sessions/${id}`)).status).toBe(404);
  expect((await sessions('Ferry'))[0]?.deletedAt).not.toBeNull();
  expect((await admin.ask('POST', `/api/admin/sessions/${id}/restore`)).status).toBe(204);
  expect((await owner.ask('GET', `/api/sessions/${id}`)).status).toBe(200);
  expect((await admin.ask('POST', `/api/admin/sessions/${id}/restore`)).status).toBe(404);
  expect((await admin.ask('POST', '/api/admin/sessions/nowhere/restore')).status).toBe(404);
});

test('storage, people and quotas are shown', async () => {
  const id = await owner.session('With a stem');
  const file = wavFile(pcmBytes(noise(4800, 1, 16), WAV), WAV);
  await owner.ask<Stem>('POST', `/api/sessions/${id}/stems?filename=a.wav`, file);
  await vi.waitFor(async () => expect((await owner.ask<Stem[]>('GET', `/api/sessions/${id}/stems`)).body[0]?.status).toBe('ready'), 20_000);
  expect((await sessions('With a stem'))[0]).toMatchObject({ stems: 1, bytes: file.length });
  const { body: people } = await admin.ask<AdminList<AdminPerson>>('GET', '/api/admin/people?search=Olga');
  expect(people.items).toEqual([expect.objectContaining({ name: 'Olga', bytes: file.length })]);
  const { body } = await admin.ask<AdminOverview>('GET', '/api/admin/overview');
  expect(body).toMatchObject({
    people: { here: 0, known: 1 },
    storage: { stems: file.length },
    quotas: { members: 100, stemBytes: 2_048_000_000 },
  });
  expect(body.storage.free).toBeGreaterThan(0);
});

test('work on a file is begun anew, or stopped: the stem then has failed with a sentence', async () => {
  const id = await owner.session('Long');
  // A minute at a rate that is resampled takes seconds.
  const long = { rate: 44_100, channels: 2, bits: 16 } as const;
  const file = wavFile(pcmBytes(noise(60 * 44_100, 2, 16), long), long);
  const { body: stem } = await owner.ask<Stem>('POST', `/api/sessions/${id}/stems?filename=long.wav`, file);
  const jobs = async () => (await admin.ask<AdminList<AdminJob>>('GET', '/api/admin/jobs')).body.items;
  expect(await jobs()).toMatchObject([{ stemId: stem.id, filename: 'long.wav', sessionTitle: 'Long', bytes: file.length }]);
  expect((await admin.ask('POST', `/api/admin/jobs/${stem.id}/retry`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/api/admin/jobs/${stem.id}`)).status).toBe(204);
  expect(await jobs()).toEqual([]);
  const { body: stems } = await owner.ask<Stem[]>('GET', `/api/sessions/${id}/stems`);
  expect(stems).toMatchObject([{ status: 'failed', error: expect.stringMatching(/^Whoever runs this service stopped/) }]);
  expect((await admin.ask('DELETE', `/api/admin/jobs/${stem.id}`)).status).toBe(404);
});

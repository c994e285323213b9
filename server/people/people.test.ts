import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningService, runService } from '../running-service';

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.dispose());

test('a guest gets a cookie that scripts cannot read and other sites do not send', async () => {
  const nobody = await service.person();
  const answer = await nobody.ask<{ user: { id: string; name: string } }>('POST', '/api/guests', { name: ' Zoë ' });
  expect(answer.status).toBe(201);
  expect(answer.body.user.name).toBe('Zoë');
  const cookie = answer.headers.getSetCookie().join();
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect((await nobody.ask('GET', '/api/me')).body).toMatchObject({ user: { name: 'Zoë' } });
});

test('nobody known is null, not an error', async () => {
  expect((await (await service.person()).ask('GET', '/api/me')).body).toEqual({ user: null });
});

test('who has a cookie stays the same person under a new name', async () => {
  const ada = await service.person('Ada');
  const { body } = await ada.ask<{ user: { id: string } }>('POST', '/api/guests', { name: 'Ada Lovelace' });
  expect(body.user.id).toBe(ada.id);
  expect((await ada.ask('GET', '/api/me')).body).toMatchObject({ user: { id: ada.id, name: 'Ada Lovelace' } });
});

test('programs send the cookie as a bearer token; a changed one is nobody', async () => {
  const ada = await service.person('Ada');
  const token = decodeURIComponent(ada.cookie.split('=').slice(1).join('='));
  const program = await service.person();
  const me = (authorization: string) => program.ask('GET', '/api/me', undefined, { authorization });
  expect((await me(`Bearer ${token}`)).body).toMatchObject({ user: { id: ada.id } });
  expect((await me(`Bearer ${encodeURIComponent(token)}`)).body).toMatchObject({ user: { id: ada.id } });
  expect((await me(`Bearer ${token.split('.')[0]}`)).body).toEqual({ user: null });
  expect((await me(`Bearer ${token.slice(0, -4)}AAA=`)).body).toEqual({ user: null });
});

test('a cookie that was tampered with is nobody', async () => {
  const ada = await service.person('Ada');
  const eve = await service.person();
  eve.cookie = ada.cookie.replace(/%3D$/, '').slice(0, -6).concat('AAAAAA');
  expect((await eve.ask('GET', '/api/me')).body).toEqual({ user: null });
});

test('everybody is still who they were after a restart', async () => {
  const ada = await service.person('Ada');
  await service.restart();
  expect((await ada.ask('GET', '/api/me')).body).toMatchObject({ user: { id: ada.id, name: 'Ada' } });
});

test.each([
  ['an empty name', { name: '  ' }],
  ['a name with a line break', { name: 'Ada\nBob' }],
  ['a name of 81 characters', { name: 'x'.repeat(81) }],
  ['no name', {}],
])('%s is refused with a problem', async (_, body) => {
  const answer = await (await service.person()).ask('POST', '/api/guests', body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ status: 400, title: expect.any(String), detail: expect.stringContaining('name') });
});

test('behind TLS the cookie is Secure and bound to the host', async () => {
  const behind = await runService({ PUBLIC_URL: 'https://mix.example.org' });
  const { headers } = await (await behind.person()).ask('POST', '/api/guests', { name: 'Ada' });
  const cookie = headers.getSetCookie().join();
  expect(cookie).toMatch(/^__Host-/);
  expect(cookie).toMatch(/; Secure/);
  expect(cookie).toMatch(/; Path=\//);
  expect(cookie).not.toMatch(/Domain/);
  await behind.dispose();
});

test('new guests are limited by address', async () => {
  const strict = await runService({ GUESTS_PER_MINUTE: '2' });
  const statuses = [];
  for (const name of ['A', 'B', 'C']) {
    const answer = await (await strict.person()).ask('POST', '/api/guests', { name });
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([201, 201, 429]);
  await strict.dispose();
});

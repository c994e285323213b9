import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Member, SessionInfo } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Owner');
});
afterAll(() => service.dispose());

test('a new session belongs to who made it, and is there after a restart', async () => {
  const { status, body } = await owner.ask<SessionInfo>('POST', '/api/sessions', { title: 'Träumerei' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ title: 'Träumerei', role: 'owner', demo: false, seconds: 0, wave: [], people: [{ id: owner.id }] });
  await service.restart();
  expect((await owner.ask('GET', `/api/sessions/${body.id}`)).body).toMatchObject({ title: 'Träumerei', role: 'owner' });
});

test('the list holds my sessions only', async () => {
  const other = await service.person('Other');
  const mine = await other.session('Mine');
  await owner.session('Not mine');
  const { body } = await other.ask<SessionInfo[]>('GET', '/api/sessions');
  expect(body.map((session) => session.id)).toEqual([mine]);
});

test('title and settings change one by one', async () => {
  const id = await owner.session('Before');
  const { body } = await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  expect(body).toMatchObject({ title: 'Before', listenersMayComment: true });
  expect((await owner.ask('PATCH', `/api/sessions/${id}`, { title: 'After' })).body).toMatchObject({
    title: 'After',
    listenersMayComment: true,
  });
});

test('a deleted session is gone from everywhere at once', async () => {
  const id = await owner.session();
  expect((await owner.ask('DELETE', `/api/sessions/${id}`)).status).toBe(204);
  expect((await owner.ask('GET', `/api/sessions/${id}`)).status).toBe(404);
  expect((await owner.ask('DELETE', `/api/sessions/${id}`)).status).toBe(404);
  const { body } = await owner.ask<SessionInfo[]>('GET', '/api/sessions');
  expect(body.some((session) => session.id === id)).toBe(false);
});

test('a session keeps an owner; it can be handed over', async () => {
  const id = await owner.session();
  const heir = await service.person('Heir');
  await heir.redeem(await owner.invite(id, 'mixer'));
  const member = (person: Person) => `/api/sessions/${id}/members/${person.id}`;
  expect((await owner.ask('DELETE', member(owner))).status).toBe(409);
  expect((await owner.ask('PATCH', member(owner), { role: 'mixer' })).status).toBe(409);
  expect((await owner.ask<Member>('PATCH', member(heir), { role: 'owner' })).body.role).toBe('owner');
  expect((await owner.ask('DELETE', member(owner))).status).toBe(204);
  expect((await owner.ask('GET', `/api/sessions/${id}`)).status).toBe(404);
  expect((await heir.ask('GET', `/api/sessions/${id}`)).body).toMatchObject({ role: 'owner' });
});

test('everybody may leave', async () => {
  const id = await owner.session();
  const guest = await service.person('Guest');
  await guest.redeem(await owner.invite(id, 'listener'));
  expect((await guest.ask('DELETE', `/api/sessions/${id}/members/${guest.id}`)).status).toBe(204);
  expect((await guest.ask('GET', `/api/sessions/${id}`)).status).toBe(404);
});

test('who is no member cannot be made one by a change of role', async () => {
  const id = await owner.session();
  const stranger = await service.person('Stranger');
  expect((await owner.ask('PATCH', `/api/sessions/${id}/members/${stranger.id}`, { role: 'mixer' })).status).toBe(404);
  expect((await stranger.ask('GET', `/api/sessions/${id}`)).status).toBe(404);
});

test('the limit of sessions is named, and nothing is made beyond it', async () => {
  const small = await runService({ MAX_SESSIONS_PER_USER: '2' });
  const person = await small.person('Ada');
  await person.session();
  await person.session();
  const third = await person.ask<{ detail: string }>('POST', '/api/sessions', { title: 'Third' });
  expect(third.status).toBe(409);
  expect(third.body.detail).toContain('2 sessions');
  expect((await person.ask<SessionInfo[]>('GET', '/api/sessions')).body).toHaveLength(2);
  await small.dispose();
});

test('SIGNUPS says who creates sessions', async () => {
  const closed = await runService({ SIGNUPS: 'closed' });
  expect((await (await closed.person('Ada')).ask('POST', '/api/sessions', { title: 'A song' })).status).toBe(403);
  await closed.dispose();
  const invited = await runService({ SIGNUPS: 'invited' });
  expect((await (await invited.person('Ada')).ask('POST', '/api/sessions', { title: 'A song' })).status).toBe(403);
  await invited.dispose();
});

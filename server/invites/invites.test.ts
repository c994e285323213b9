import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreatedInvite, Invite } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
let id: string;
beforeAll(async () => {
  service = await runService({ GUESTS_PER_MINUTE: '10000', INVITE_LOOKS_PER_MINUTE: '10000', MAX_MEMBERS: '12' });
  owner = await service.person('Owner');
});
afterAll(() => service.dispose());
const scene = async () => {
  id = await owner.session();
};

test('the link carries the token in its fragment; the token is told once and kept nowhere', async () => {
  await scene();
  const { body } = await owner.ask<CreatedInvite>('POST', `/api/sessions/${id}/invites`, { role: 'mixer' });
  expect(body.url).toBe(`${service.url}/invite#${body.token}`);
  expect(Buffer.from(body.token, 'base64url').length).toBeGreaterThanOrEqual(16);
  const { body: listed } = await owner.ask<Invite[]>('GET', `/api/sessions/${id}/invites`);
  expect(JSON.stringify(listed)).not.toContain(body.token);
});

test('someone unknown looks, gives a name, and is in', async () => {
  await scene();
  const token = await owner.invite(id, 'commenter');
  const guest = await service.person();
  expect((await guest.ask('POST', '/api/invites/look', { token })).body).toEqual({
    sessionTitle: 'A song',
    role: 'commenter',
    invitedBy: 'Owner',
  });
  expect((await guest.redeem(token)).status).toBe(401);
  const joined = await guest.redeem(token, 'Guest');
  expect(joined.body).toEqual({ sessionId: id, role: 'commenter' });
  expect((await guest.ask('GET', `/api/sessions/${id}`)).body).toMatchObject({ role: 'commenter' });
});

test('a role is never lowered, and joining twice counts once', async () => {
  await scene();
  const guest = await service.person('Guest');
  const mixer = await owner.invite(id, 'mixer', { maxUses: 2 });
  expect((await guest.redeem(mixer)).body.role).toBe('mixer');
  expect((await guest.redeem(mixer)).body.role).toBe('mixer');
  expect((await guest.redeem(await owner.invite(id, 'listener'))).body.role).toBe('mixer');
  expect((await owner.redeem(mixer)).body.role).toBe('owner');
  const { body } = await owner.ask<Invite[]>('GET', `/api/sessions/${id}/invites`);
  expect(body.find((invite) => invite.role === 'mixer')?.uses).toBe(1);
});

test('a better invite raises the role', async () => {
  await scene();
  const guest = await service.person('Guest');
  await guest.redeem(await owner.invite(id, 'listener'));
  expect((await guest.redeem(await owner.invite(id, 'mixer'))).body.role).toBe('mixer');
});

test('of many who redeem the last use at once, one gets in', async () => {
  await scene();
  const token = await owner.invite(id, 'mixer', { maxUses: 1 });
  const guests = await Promise.all(Array.from({ length: 8 }, (_, index) => service.person(`Guest ${index}`)));
  const statuses = (await Promise.all(guests.map((guest) => guest.redeem(token)))).map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 410)).toHaveLength(7);
});

test('one person who redeems many times at once is counted once', async () => {
  await scene();
  const token = await owner.invite(id, 'mixer', { maxUses: 5 });
  const guest = await service.person('Guest');
  await Promise.all(Array.from({ length: 5 }, () => guest.redeem(token)));
  const { body } = await owner.ask<Invite[]>('GET', `/api/sessions/${id}/invites`);
  expect(body[0]?.uses).toBe(1);
});

test('an expired invite says so and lets nobody in', async () => {
  await scene();
  const token = await owner.invite(id, 'mixer', { expiresInHours: 1e-9 });
  const answer = await (await service.person()).redeem(token, 'Late');
  expect(answer.status).toBe(410);
  expect(answer.body.detail).toMatch(/expired/);
});

test('a revoked invite says so; who used it before stays', async () => {
  await scene();
  const { body: invite } = await owner.ask<CreatedInvite>('POST', `/api/sessions/${id}/invites`, { role: 'mixer' });
  const early = await service.person('Early');
  await early.redeem(invite.token);
  expect((await owner.ask('DELETE', `/api/sessions/${id}/invites/${invite.id}`)).status).toBe(204);
  expect((await owner.ask('DELETE', `/api/sessions/${id}/invites/${invite.id}`)).status).toBe(404);
  const late = await service.person();
  expect((await late.redeem(invite.token, 'Late')).status).toBe(410);
  expect(late.cookie).toBe('');
  expect((await early.ask('GET', `/api/sessions/${id}`)).status).toBe(200);
});

test('an invite to a deleted session, and one that never was, do not exist', async () => {
  await scene();
  const token = await owner.invite(id, 'mixer');
  await owner.ask('DELETE', `/api/sessions/${id}`);
  const guest = await service.person('Guest');
  expect((await guest.redeem(token)).status).toBe(404);
  expect((await guest.redeem('x'.repeat(43))).status).toBe(404);
});

test('a full session takes nobody more, and the use is not counted', async () => {
  await scene();
  const token = await owner.invite(id, 'listener');
  for (let index = 1; index < 12; index++) expect((await (await service.person()).redeem(token, `Guest ${index}`)).status).toBe(200);
  const tooMany = await (await service.person()).redeem(token, 'One more');
  expect(tooMany.status).toBe(409);
  expect(tooMany.body.detail).toContain('12');
  const { body } = await owner.ask<Invite[]>('GET', `/api/sessions/${id}/invites`);
  expect(body[0]?.uses).toBe(11);
});

test.each([[{ role: 'owner' }], [{ role: 'mixer', maxUses: 0 }], [{ role: 'mixer', expiresInHours: -1 }]])(
  'no invite can be %j',
  async (wish) => {
    await scene();
    expect((await owner.ask('POST', `/api/sessions/${id}/invites`, wish)).status).toBe(400);
  },
);

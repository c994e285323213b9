import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BinnedSession, Comment, SessionInfo } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
let mixer: Person;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Owner');
  mixer = await service.person('Mixer');
});
afterAll(() => service.dispose());

async function shared(): Promise<string> {
  const id = await owner.session('Together');
  await mixer.redeem(await owner.invite(id, 'mixer'));
  return id;
}
const bin = async (person: Person) => (await person.ask<BinnedSession[]>('GET', '/api/bin')).body;
const titles = async (person: Person) => (await person.ask<SessionInfo[]>('GET', '/api/sessions')).body.map(({ title }) => title);

test('a deleted session lies in its owner’s bin for thirty days and comes back for everybody', async () => {
  const id = await shared();
  await owner.ask('DELETE', `/api/sessions/${id}`);
  const [binned] = await bin(owner);
  expect(binned).toMatchObject({ id, title: 'Together' });
  expect((binned?.erasedAt ?? 0) - (binned?.deletedAt ?? 0)).toBe(30 * 24 * 3600 * 1000);
  expect(await bin(mixer)).toEqual([]);
  expect((await owner.ask<SessionInfo>('POST', `/api/bin/${id}/restore`)).body).toMatchObject({ id, role: 'owner' });
  expect((await mixer.ask('GET', `/api/sessions/${id}`)).status).toBe(200);
  expect(await bin(owner)).toEqual([]);
});

test('what was erased is gone for good, with its mix', async () => {
  const id = await shared();
  await owner.ask('DELETE', `/api/sessions/${id}`);
  expect((await owner.ask('DELETE', `/api/bin/${id}`)).status).toBe(204);
  expect(await bin(owner)).toEqual([]);
  expect((await owner.ask('POST', `/api/bin/${id}/restore`)).status).toBe(404);
  expect((await owner.ask('DELETE', `/api/bin/${id}`)).status).toBe(404);
});

test('a session that is not deleted cannot be erased through the bin', async () => {
  const id = await shared();
  expect((await owner.ask('DELETE', `/api/bin/${id}`)).status).toBe(404);
  expect((await owner.ask('GET', `/api/sessions/${id}`)).status).toBe(200);
});

test('bringing one back keeps to the limit of sessions', async () => {
  const small = await runService({ MAX_SESSIONS_PER_USER: '1' });
  const ada = await small.person('Ada');
  const id = await ada.session();
  await ada.ask('DELETE', `/api/sessions/${id}`);
  await ada.session();
  expect((await ada.ask('POST', `/api/bin/${id}/restore`)).status).toBe(409);
  await small.dispose();
});

test('a copy is a session of one’s own with the same mix; comments come along only where asked, and none that wait', async () => {
  const id = await shared();
  await service.services.sync.edit(id, () => [{ do: 'put', map: 'strips', id: 'master', fields: { fader: -6 } }], { userId: owner.id });
  const { body: comment } = await owner.ask<Comment>('POST', `/api/sessions/${id}/comments`, { body: 'Lovely', at: 1 });
  await owner.ask('POST', `/api/sessions/${id}/comments/${comment.id}/replies`, { body: 'Yes' });
  await owner.ask('PATCH', `/api/sessions/${id}`, { listenersMayComment: true });
  const listener = await service.person('Listener');
  await listener.redeem(await owner.invite(id, 'listener'));
  await listener.ask('POST', `/api/sessions/${id}/comments`, { body: 'Waits', at: 1 });

  const copy = async (wish: object) => (await mixer.ask<SessionInfo>('POST', `/api/sessions/${id}/duplicate`, wish)).body;
  const plain = await copy({});
  expect(plain).toMatchObject({ title: 'Together (copy)', role: 'owner', people: [{ id: mixer.id }] });
  expect((await service.services.sync.read(plain.id)).strips.get('master')?.values['fader']).toBe(-6);
  expect((await mixer.ask('GET', `/api/sessions/${plain.id}/comments`)).body).toEqual([]);
  expect((await owner.ask('GET', `/api/sessions/${plain.id}`)).status).toBe(404);

  const talked = await copy({ title: 'Talked about', comments: true });
  expect((await mixer.ask('GET', `/api/sessions/${talked.id}/comments`)).body).toMatchObject([
    { body: 'Lovely', author: { id: owner.id }, replies: [{ body: 'Yes' }] },
  ]);
  // The copy is a copy: what is done to it does nothing to the other.
  await service.services.sync.edit(talked.id, () => [{ do: 'put', map: 'strips', id: 'master', fields: { fader: 0 } }]);
  expect((await service.services.sync.read(id)).strips.get('master')?.values['fader']).toBe(-6);
});

test('putting a session away is one’s own business', async () => {
  const id = await shared();
  expect((await mixer.ask<SessionInfo>('POST', `/api/sessions/${id}/archive`, { archived: true })).body.archived).toBe(true);
  const archived = async (person: Person) =>
    (await person.ask<SessionInfo[]>('GET', '/api/sessions')).body.find((session) => session.id === id)?.archived;
  expect([await archived(mixer), await archived(owner)]).toEqual([true, false]);
  expect(await titles(mixer)).toContain('Together');
  await mixer.ask('POST', `/api/sessions/${id}/archive`, { archived: false });
  expect(await archived(mixer)).toBe(false);
});

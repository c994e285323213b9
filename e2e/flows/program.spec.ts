import { expect, test } from '@playwright/test';
import type * as Y from 'yjs';
import { ApiUser } from '../support/api';
import { ownServer } from '../support/people';
import { fader, join, setFader } from '../support/raw-socket';

const server = ownServer();

test('an unmodified y-websocket provider reads the mix, writes a fader and is told that it is on disk', async () => {
  const owner = await ApiUser.arrive(server().url, 'Program');
  const session = await owner.openDemo();
  const first = await join(server().url, session.id, owner.cookies);
  const strips = first.doc.getMap<Y.Map<unknown>>('strips');
  const kick = [...strips].find(([, strip]) => strip.get('name') === 'Kick')?.[0] ?? '';
  expect(strips.get(kick)?.get('kind')).toBe('stem');
  const before = first.saved();
  setFader(first.doc, kick, 6.5);
  await expect.poll(() => first.saved()).toBeGreaterThan(before);
  first.close();

  await server().kill();
  await server().start();
  const again = await join(server().url, session.id, owner.cookies);
  expect(fader(again.doc, kick)).toBe(6.5);
  again.close();
});

test('the description lists every route that the contract names', async () => {
  const routes = (await ApiUser.arrive(server().url)).routes();
  const named = [
    'post /api/guests',
    'get /api/me',
    'post /api/sessions',
    'get /api/sessions',
    'get /api/sessions/{id}',
    'patch /api/sessions/{id}',
    'delete /api/sessions/{id}',
    'post /api/sessions/{id}/invites',
    'get /api/sessions/{id}/invites',
    'delete /api/sessions/{id}/invites/{inviteId}',
    'post /api/invites/redeem',
    'get /api/sessions/{id}/members',
    'patch /api/sessions/{id}/members/{userId}',
    'delete /api/sessions/{id}/members/{userId}',
    'post /api/sessions/{id}/stems',
    'get /api/sessions/{id}/stems',
    'delete /api/sessions/{id}/stems/{stemId}',
    'get /api/sessions/{id}/stems/{stemId}/original',
    'get /api/sessions/{id}/comments',
    'post /api/sessions/{id}/comments',
    'patch /api/sessions/{id}/comments/{commentId}',
    'delete /api/sessions/{id}/comments/{commentId}',
    'post /api/sessions/{id}/comments/{commentId}/approve',
    'post /api/sessions/{id}/comments/{commentId}/resolve',
    'post /api/sessions/{id}/comments/{commentId}/replies',
  ];
  for (const route of named) expect(routes).toContain(route);
});

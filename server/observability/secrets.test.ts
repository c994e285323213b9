import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { CreatedInvite } from '../../lib/protocol';
import { type Person, runService } from '../running-service';

const ADMIN = 'the token of the administration';
const METRICS = 'the token of the metrics';
const WORDS = 'Nobody else should read what I wrote here';

/** What everybody does here sooner or later, with its mistakes; returns every secret that took part. */
async function mainRequests(owner: Person, stranger: Person, url: string): Promise<string[]> {
  const session = await owner.session();
  const { body: invite } = await owner.ask<CreatedInvite>('POST', `/api/sessions/${session}/invites`, { role: 'mixer' });
  expect(invite.url).toContain(`#${invite.token}`);
  await stranger.ask('POST', '/api/invites/look', { token: invite.token });
  await stranger.ask('POST', '/api/invites/look', { token: `${invite.token}x` });
  await stranger.ask('POST', '/api/invites/redeem', { token: invite.token, name: 'Max' });
  await owner.ask('POST', `/api/sessions/${session}/comments`, { body: WORDS, at: 1 });
  await owner.ask('POST', `/api/sessions/${session}/comments`, { body: WORDS, at: 'when?' });
  await owner.ask('POST', `/api/sessions/${session}/stems?filename=a.wav`, new Uint8Array(100));
  const bearer = decodeURIComponent(owner.cookie.split('=').slice(1).join('='));
  await (await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${bearer}` } })).text();
  await (await fetch(`${url}/api/me?token=${invite.token}`, { headers: { cookie: `${owner.cookie}x` } })).text();
  const broken = {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: owner.cookie },
    body: `{"token":"${invite.token}`,
  };
  await (await fetch(`${url}/api/invites/redeem`, broken)).text();
  await stranger.ask('POST', '/api/admin/login', { token: ADMIN });
  await stranger.ask('GET', '/api/admin/overview');
  const admin = stranger.cookie;
  await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS}` } })).text();
  const sync = new WebSocket(`${url.replace('http', 'ws')}/sync/${session}?token=${invite.token}`, { headers: { cookie: owner.cookie } });
  await once(sync, 'message');
  // A refused update, which is logged with its reason.
  sync.send(Uint8Array.of(0, 2, 3, 1, 1, 255));
  await once(sync, 'close');
  const live = owner.live(session);
  await once(live as never, 'connect');
  live.close();
  return [invite.token, bearer, owner.cookie, admin, ADMIN, METRICS, WORDS].flatMap((secret) => [secret, encodeURIComponent(secret)]);
}

test('no token, cookie or word of anybody is logged, at debug level; every request is', async () => {
  const lines: string[] = [];
  const keep = (...words: unknown[]) => void lines.push(words.map(String).join(' '));
  const consoles = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockImplementation(keep));
  const service = await runService({ LOG_LEVEL: 'debug', ADMIN_TOKEN: ADMIN, METRICS_TOKEN: METRICS }, (line) => lines.push(line));
  const owner = await service.person('Olga');
  const secrets = await mainRequests(owner, await service.person(), service.url);
  secrets.push(await readFile(join(service.folder, 'secret'), 'utf8'));
  // What breaks is logged with its error.
  await service.services.sync.stop();
  await owner.session();
  await service.dispose();
  for (const spy of consoles) spy.mockRestore();
  const logged = lines.join('\n');
  expect(lines.length).toBeGreaterThan(15);
  expect(logged).toContain('"path":"/api/invites/redeem"');
  expect(logged).toContain('Update refused');
  expect(secrets.filter((secret) => secret.length < 10)).toEqual([]);
  for (const secret of secrets) expect(logged.includes(secret), `${secret.slice(0, 6)}… is logged`).toBe(false);
});

test('addresses tell no other site where somebody was, and the secret part of an invite is never sent', async () => {
  const service = await runService();
  for (const path of ['/', '/invite', '/api/me', '/media/a/b/c']) {
    expect((await fetch(service.url + path)).headers.get('referrer-policy')).toBe('same-origin');
  }
  await service.dispose();
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
let id: string;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Owner');
  id = await owner.session();
});
afterAll(() => service.dispose());

const open = (path: string, headers: Readonly<Record<string, string>>) =>
  new WebSocket(service.url.replace('http', 'ws') + path, { headers });

/** The close code of a socket that is let in only to be told why not. */
async function closeCode(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = open(path, headers);
  const [code] = await once(socket, 'close');
  return code;
}
/** The status of an upgrade that is refused as a request. */
async function refusal(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = open(path, headers);
  const [, response] = await once(socket, 'unexpected-response');
  socket.on('error', () => {});
  socket.terminate();
  return response.statusCode;
}

test('a member opens the mix of a session, and the service speaks first', async () => {
  const socket = open(`/sync/${id}`, { cookie: owner.cookie, origin: service.url });
  const [first] = await once(socket, 'message');
  expect(first.length).toBeGreaterThan(0);
  socket.close();
});

test('programs send no Origin, and may bring a bearer token', async () => {
  const token = decodeURIComponent(owner.cookie.split('=').slice(1).join('='));
  const socket = open(`/sync/${id}`, { authorization: `Bearer ${token}` });
  await once(socket, 'message');
  socket.close();
});

test('nobody known is closed with 4401', async () => {
  expect(await closeCode(`/sync/${id}`, {})).toBe(CLOSE.unauthenticated);
});

test('a stranger to a session, and anybody for one that is not, is closed with 4404', async () => {
  const stranger = await service.person('Stranger');
  expect(await closeCode(`/sync/${id}`, { cookie: stranger.cookie })).toBe(CLOSE.notFound);
  expect(await closeCode('/sync/nowhere', { cookie: owner.cookie })).toBe(CLOSE.notFound);
});

test.each([['http://evil.example'], ['null'], ['https://127.0.0.1'], ['http://127.0.0.1:1']])(
  'the foreign origin %s is refused with 403',
  async (origin) => {
    expect(await refusal(`/sync/${id}`, { cookie: owner.cookie, origin })).toBe(403);
    expect(await refusal('/socket.io/?EIO=4&transport=websocket', { cookie: owner.cookie, origin })).toBe(403);
  },
);

test.each([['/'], ['/sync'], ['/sync/'], ['/sync/a/b'], ['/socket.io'], ['/socket.io/x'], ['/_next/hmr'], ['/api/sessions']])(
  'no socket opens on %s',
  async (path) => {
    expect(await refusal(path, { cookie: owner.cookie })).toBe(404);
  },
);

test('a frame of garbage in place of a handshake takes nobody else down', async () => {
  const raw = connect(Number(new URL(service.url).port), '127.0.0.1');
  raw.write(
    `GET /sync/${id} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: ${owner.cookie}\r\n\r\n\0\0\0`,
  );
  raw.on('error', () => {});
  raw.resume();
  await once(raw, 'close');
  expect((await owner.ask('GET', '/healthz')).status).toBe(200);
});

test('who is removed loses the open mix, and does not get it again', async () => {
  const guest = await service.person('Guest');
  await guest.redeem(await owner.invite(id, 'mixer'));
  const socket = open(`/sync/${id}`, { cookie: guest.cookie });
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await owner.ask('DELETE', `/api/sessions/${id}/members/${guest.id}`);
  expect((await closed)[0]).toBe(CLOSE.forbidden);
  expect(await closeCode(`/sync/${id}`, { cookie: guest.cookie })).toBe(CLOSE.notFound);
});

test('a restart closes sockets with 1012', async () => {
  const own = await runService();
  const ada = await own.person('Ada');
  const session = await ada.session();
  const socket = new WebSocket(`${own.url.replace('http', 'ws')}/sync/${session}`, { headers: { cookie: ada.cookie } });
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await own.restart();
  expect((await closed)[0]).toBe(CLOSE.restarting);
  expect((await ada.ask('GET', `/api/sessions/${session}`)).status).toBe(200);
  await own.dispose();
});

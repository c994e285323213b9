import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { inProcessBus } from '../embedded/bus';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { migrate } from '../sql/migrations';
import { createSyncService, SOCKET_OPTIONS } from './index';

const quiet = { info() {}, warn() {}, error() {} };
const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const roles: Record<string, Role> = { ann: 'owner', ben: 'mixer', lis: 'listener' };

/** The service behind a real server; the user's id is the query. */
async function serve(file = ':memory:') {
  const database = openDatabase(file);
  await migrate(database.kysely, 'sqlite');
  const bus = inProcessBus((error) => {
    throw error;
  });
  const service = createSyncService({
    log: embeddedUpdateLog(database),
    roleOf: async (_, user) => roles[user] ?? null,
    bus,
    logger: quiet,
  });
  const http: Server = createServer();
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const id = url.searchParams.get('user') ?? '';
    sockets.handleUpgrade(request, socket, head, (ws) => {
      service.connect(ws, { sessionId: url.pathname.split('/')[2] ?? '', user: { id, name: id, color: 1 } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sync`;
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await service.stop();
    for (const ws of sockets.clients) ws.terminate();
    await new Promise((resolve) => http.close(resolve));
    await database.close();
  };
  cleanups.push(stop);
  return { service, bus, address, stop };
}

/** An unmodified provider; messages of types that it does not know are noted instead of logged. */
function join(address: string, sessionId: string, user: string) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(address, sessionId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { user },
  });
  cleanups.push(() => {
    provider.destroy();
    doc.destroy();
  });
  const saved: number[] = [];
  let wake = () => {};
  provider.messageHandlers[101] = (_encoder, decoder) => {
    let n = 0;
    for (let shift = 0; decoder.pos < decoder.arr.length; shift += 7) {
      const byte = decoder.arr[decoder.pos++] ?? 0;
      n |= (byte & 127) << shift;
    }
    saved.push(n);
    wake();
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        doc.once('update', () => resolve());
        provider.once('sync', () => resolve());
        provider.awareness.once('update', () => resolve());
        provider.once('closed', () => resolve());
      });
    }
  };
  const strips = doc.getMap<Y.Map<unknown>>('strips');
  return { doc, provider, saved, until, strips };
}

test('an unmodified y-websocket provider reads the mix, writes a fader and is told that it is on disk', async () => {
  const { address } = await serve();
  const ann = join(address, 'song', 'ann');
  await ann.until(() => ann.provider.synced);
  expect(ann.strips.get('master')?.get('kind')).toBe('master');
  const ben = join(address, 'song', 'ben');
  await ben.until(() => ben.provider.synced);

  ann.strips.get('room')?.set('fader', -6);
  await ben.until(() => ben.strips.get('room')?.get('fader') === -6);
  // One message for the difference asked for at the opening, one for the fader.
  await ann.until(() => ann.saved.at(-1) === 2);
});

test('what was acknowledged is there after the service and its database are opened again', async () => {
  const file = `/tmp/mixing-table-test-${process.pid}-${Math.random().toString(36).slice(2)}/mix.db`;
  const first = await serve(file);
  const ann = join(first.address, 'song', 'ann');
  await ann.until(() => ann.provider.synced);
  ann.strips.get('room')?.set('fader', -12);
  await ann.until(() => ann.saved.at(-1) === 2);
  await first.stop();
  const second = await serve(file);
  expect((await second.service.read('song')).strips.get('room')?.values['fader']).toBe(-12);
});

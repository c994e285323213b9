import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Role } from '../../lib/access';
import { inProcessBus } from '../embedded/bus';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { migrate } from '../sql/migrations';
import { createSyncService, LIMITS, SOCKET_OPTIONS } from './index';
import { type Clock, systemClock } from './ports';
import { join } from './provider.fixture';

export const quiet = { info() {}, warn() {}, error() {} };
export const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The service behind a real server; the user's id is the query. */
export async function serve(file = ':memory:', limits = LIMITS, lookedUp: Promise<void> = Promise.resolve(), clock: Clock = systemClock) {
  const database = openDatabase(file);
  await migrate(database.kysely, 'sqlite');
  const bus = inProcessBus((error) => {
    throw error;
  });
  const roles = new Map<string, Role>([
    ['ann', 'owner'],
    ['ben', 'mixer'],
    ['lis', 'listener'],
  ]);
  const log = embeddedUpdateLog(database);
  const roleOf = async (_: string, user: string) => lookedUp.then(() => roles.get(user) ?? null);
  const service = createSyncService({ log, roleOf, rolesIn: async () => roles, bus, logger: quiet, limits, clock });
  const http: Server = createServer();
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const id = url.searchParams.get('user') ?? '';
    sockets.handleUpgrade(request, socket, head, (ws) => {
      service.connect(ws, socket, { sessionId: url.pathname.split('/')[2] ?? '', user: { id, name: id, color: 1 } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sync`;
  cleanups.push(async () => {
    await service.stop();
    for (const ws of sockets.clients) ws.terminate();
    await new Promise((resolve) => http.close(resolve));
    await database.close();
  });
  return { service, bus, roles, address, sockets, database, log };
}

export const inStep = async (address: string, user: string, sessionId = 'song') => {
  const person = join(address, sessionId, user);
  await person.until(() => person.provider.synced && person.saved === 1);
  return person;
};

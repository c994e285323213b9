import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import type { Role } from '../../lib/access';
import { CLOSE } from '../../lib/protocol';
import { redisBus } from '../cluster/bus';
import { redisChannels } from '../cluster/channels';
import { openRedis } from '../cluster/redis';
import { quiet, type TestRedis, testRedis } from '../cluster/redis.fixture';
import { redisLines } from '../cluster/shared-lines';
import { inProcessBus } from '../embedded/bus';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { publish, type UpdateLog } from '../ports';
import { migrate } from '../sql/migrations';
import { createSyncService, SOCKET_OPTIONS } from './index';
import { LIMITS, type SyncLimits } from './limits';
import { join } from './provider.fixture';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis.kill());

/** Several instances of the service with one log and one Redis. */
async function instances(count: number, logOf: (log: UpdateLog, index: number) => UpdateLog = (log) => log, limits = LIMITS) {
  const database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  const log = embeddedUpdateLog(database);
  const roles = new Map<string, Role>([
    ['ann', 'owner'],
    ['ben', 'mixer'],
  ]);
  const opened = await Promise.all(Array.from({ length: count }, (_, index) => instance(logOf(log, index), roles, limits)));
  onTestFinished(async () => {
    for (const { close } of opened) await close();
    await database.close();
  });
  return { all: opened, roles, log };
}

async function instance(log: UpdateLog, roles: ReadonlyMap<string, Role>, limits: SyncLimits) {
  const link = openRedis(redis.url, quiet);
  await link.opened;
  const bus = redisBus(
    link,
    inProcessBus(() => {}),
    quiet,
  );
  await bus.opened;
  const service = createSyncService({
    ...{ log, bus, logger: quiet, limits },
    lines: redisLines(link),
    roleOf: async (_: string, user: string) => roles.get(user) ?? null,
    rolesIn: async () => roles,
    peers: { channels: redisChannels(link) },
  });
  const http = createServer();
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
  const close = async () => {
    await service.stop();
    for (const ws of sockets.clients) ws.terminate();
    await new Promise((resolve) => http.close(resolve));
    bus.close();
    link.close();
  };
  return { address, service, bus, close };
}

const first = <T>(all: readonly T[]): readonly [T, T] => {
  const [one, other] = all;
  if (one === undefined || other === undefined) throw new Error('two are needed');
  return [one, other];
};

const inStep = async (address: string, user: string) => {
  const person = join(address, 'song', user);
  await person.until(() => person.provider.synced && person.saved === 1);
  return person;
};
type Person = Awaited<ReturnType<typeof inStep>>;

async function apart(logOf?: (log: UpdateLog) => UpdateLog) {
  const cluster = await instances(2, logOf);
  const [one, other] = first(cluster.all);
  const [ann, ben] = [await inStep(one.address, 'ann'), await inStep(other.address, 'ben')];
  return { ...cluster, one, other, ann, ben };
}
const set = (person: Person, value: number, field = 'fader', strip = 'room') => void person.strips.get(strip)?.set(field, value);
const has = (person: Person, value: number, field = 'fader', strip = 'room') =>
  person.until(() => person.strips.get(strip)?.get(field) === value);

test('10.2 two people on two instances see what each other does, and both are told that it is on disk', async () => {
  const { ann, ben, log } = await apart();
  set(ann, -7);
  await has(ben, -7);
  set(ben, -8);
  await has(ann, -8);
  set(ben, 0.5, 'pan');
  await has(ann, 0.5, 'pan');
  await Promise.all([ann.until(() => ann.saved === 2), ben.until(() => ben.saved === 3)]);
  expect((await log.read('song')).length).toBeGreaterThan(3);
});

test('10.13 the lines of one person are counted over all instances; one that closes makes room on the others', async () => {
  const { all } = await instances(2, (log) => log, { ...LIMITS, socketsPerUser: 3 });
  const [one, other] = first(all);
  const people = [await inStep(one.address, 'ann'), await inStep(one.address, 'ann'), await inStep(other.address, 'ann')];
  const fourth = join(other.address, 'song', 'ann');
  await fourth.until(() => fourth.closed === CLOSE.tooFast);
  await inStep(other.address, 'ben');
  people[0]?.provider.disconnect();
  await vi.waitFor(async () => {
    const again = join(other.address, 'song', 'ann');
    await again.until(() => again.closed !== 0 || again.saved === 1);
    if (again.closed !== 0) again.provider.disconnect();
    expect(again.closed).toBe(0);
  });
});

test('10.2 many changes on both sides at once end in the same mix everywhere', async () => {
  const { ann, ben, log } = await apart();
  for (let round = 0; round < 200; round++) {
    set(ann, -(round % 40), 'fader', round % 2 ? 'room' : 'delay');
    set(ben, -(round % 30), 'fader', round % 3 ? 'room' : 'delay');
    if (round % 20 === 0) await new Promise(setImmediate);
  }
  await Promise.all([ann, ben].map((each) => each.until(() => each.saved === 201)));
  const truth = new Y.Doc();
  for (const { update } of await log.read('song')) Y.applyUpdate(truth, update);
  const strips = JSON.stringify(truth.getMap('strips').toJSON());
  await Promise.all([ann, ben].map((each) => each.until(() => JSON.stringify(each.strips.toJSON()) === strips)));
});

test('10.3 instances that begin the same mix at the same time begin one', async () => {
  const { all } = await instances(3);
  const people = await Promise.all(all.map(({ address }) => inStep(address, 'ann')));
  const [ann] = people;
  if (!ann) throw new Error('nobody');
  set(ann, -3);
  await Promise.all(people.map((each) => has(each, -3)));
});

test('10.4 while Redis hangs writing goes on; both sides are equal again by the log alone', async () => {
  const { ann, ben } = await apart();
  set(ann, -1);
  await has(ben, -1);
  redis.pause();
  onTestFinished(() => redis.resume());
  set(ann, -20);
  set(ben, 0.25, 'pan');
  await Promise.all([ann.until(() => ann.saved === 3), ben.until(() => ben.saved === 2)]);
  await Promise.all([has(ben, -20), has(ann, 0.25, 'pan')]);
  redis.resume();
  set(ann, -21);
  await has(ben, -21);
});

test('10.4 a Redis that dies and comes back is carried on with', async () => {
  const { ann, ben } = await apart();
  await redis.kill();
  set(ann, -30);
  await ann.until(() => ann.saved === 2);
  await redis.start();
  await has(ben, -30);
  set(ben, -31);
  await has(ann, -31);
});

test('10.5 while the log is gone nothing is acknowledged on any instance; when it is back all of it arrives', async () => {
  let gone = false;
  const there = <T>(what: () => Promise<T>) => (gone ? Promise.reject(new Error('the database is gone')) : what());
  const { ann, ben } = await apart((log) => ({
    ...log,
    append: (batch) => there(() => log.append(batch)),
    since: (sessionId, sequence) => there(() => log.since(sessionId, sequence)),
  }));
  gone = true;
  set(ann, -17);
  set(ben, 0.75, 'pan');
  await Promise.all([ann.until(() => ann.closed === 1013), ben.until(() => ben.closed === 1013)]);
  expect([ann.saved, ben.saved]).toEqual([1, 1]);
  expect([ann.strips.get('room')?.get('pan'), ben.strips.get('room')?.get('fader')]).toEqual([undefined, undefined]);
  gone = false;
  await Promise.all([has(ben, -17), has(ann, 0.75, 'pan')]);
});

test('10.6 who is here is seen on all instances, and so is that they have gone', async () => {
  const { ann, ben } = await apart();
  ann.provider.awareness.setLocalState({ user: { id: 'forged', name: 'x', color: 9 }, selected: 'room' });
  ben.provider.awareness.setLocalState({ selected: 'delay' });
  const seen = (by: Person, of: Person) => by.provider.awareness.getStates().get(of.doc.clientID);
  await ben.until(() => seen(ben, ann)?.['selected'] === 'room');
  await ann.until(() => seen(ann, ben)?.['selected'] === 'delay');
  expect(seen(ben, ann)).toEqual({ user: { id: 'ann', name: 'ann', color: 1 }, role: 'owner', selected: 'room' });
  ann.provider.disconnect();
  await ben.until(() => seen(ben, ann) === undefined);
});

test('10.8 a member who is removed on one instance is out on all', async () => {
  const { one, ben, roles } = await apart();
  roles.delete('ben');
  publish(one.bus, 'member', { sessionId: 'song', what: 'gone', userId: 'ben' });
  await ben.until(() => ben.closed === 4403);
});

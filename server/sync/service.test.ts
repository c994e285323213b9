import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { addStrip, removeStrip } from '../../lib/mix';
import { CLOSE } from '../../lib/protocol';
import { inProcessBus } from '../embedded/bus';
import { openDatabase } from '../embedded/database';
import { embeddedUpdateLog } from '../embedded/update-log';
import { publish } from '../ports';
import { migrate } from '../sql/migrations';
import { client, HandClock, HeldLog, settled } from './hand-driven';
import { createSyncService, LIMITS } from './index';
import { join } from './provider.fixture';
import { cleanups, inStep, quiet, serve } from './served.fixture';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'sync-')), 'mix.db');

test('an unmodified y-websocket provider reads the mix, writes a fader and is told that it is on disk', async () => {
  const { address } = await serve();
  const ann = await inStep(address, 'ann');
  const ben = await inStep(address, 'ben');
  expect(ann.strips.get('master')?.get('kind')).toBe('master');
  ann.strips.get('room')?.set('fader', -6);
  await ben.until(() => ben.strips.get('room')?.get('fader') === -6);
  // One message for the difference asked for at the opening, one for the fader.
  await ann.until(() => ann.saved === 2);
});

test('what was acknowledged is on disk without any orderly end', async () => {
  const file = newFile();
  const first = await serve(file);
  const ann = await inStep(first.address, 'ann');
  ann.strips.get('room')?.set('fader', -12);
  await ann.until(() => ann.saved === 2);
  // The first service is still open and has not been asked to write anything more.
  const second = await serve(file);
  expect((await second.service.read('song')).strips.get('room')?.values['fader']).toBe(-12);
});

test('who rejoins at once finds what was written just before', async () => {
  const { address } = await serve();
  const ann = await inStep(address, 'ann');
  ann.strips.get('room')?.set('fader', -7);
  await ann.until(() => ann.saved === 2);
  ann.provider.destroy();
  const again = await inStep(address, 'ann');
  expect(again.strips.get('room')?.get('fader')).toBe(-7);
});

test('a change made while the line was cut arrives when it is back', async () => {
  const { address, service } = await serve();
  const ann = await inStep(address, 'ann');
  ann.provider.disconnect();
  ann.strips.get('room')?.set('fader', -8);
  expect((await service.read('song')).strips.get('room')?.values).toEqual({});
  ann.saved = 0;
  ann.provider.connect();
  await ann.until(() => ann.provider.synced && ann.saved === 1);
  expect((await service.read('song')).strips.get('room')?.values).toEqual({ fader: -8 });
});

test('a listener cannot write, by a provider or by a raw socket', async () => {
  const { address, service } = await serve();
  const lis = await inStep(address, 'lis');
  lis.strips.get('room')?.set('fader', -60);
  const raw = new WebSocket(`${address}/song?user=lis`);
  cleanups.push(() => raw.terminate());
  await new Promise((resolve) => raw.once('open', resolve));
  const doc = new Y.Doc();
  doc.getMap('strips').set('evil', new Y.Map([['kind', 'stem']]));
  raw.send(client.update(Y.encodeStateAsUpdate(doc)));
  raw.send(client.difference(doc));
  const ann = await inStep(address, 'ann');
  ann.strips.get('room')?.set('pan', 10);
  await ann.until(() => ann.saved === 2);
  const mix = await service.read('song');
  expect([mix.strips.get('room')?.values, mix.strips.has('evil')]).toEqual([{ pan: 10 }, false]);
  expect([lis.saved, lis.closed, raw.readyState]).toEqual([1, 0, raw.OPEN]);
});

test('a message of 100 KB is refused with its reason and 4413, and the provider does not come again', async () => {
  const { address } = await serve();
  const ann = await inStep(address, 'ann');
  ann.strips.get('room')?.set('name', 'x'.repeat(100 * 1024));
  await ann.until(() => ann.closed === CLOSE.tooLarge);
  expect(ann.refused).toContain('64 KB');
  expect(ann.provider.shouldConnect).toBe(false);
});

test('who sends more than is kept while the role is looked up is sent away, for a lost message would spoil every count', async () => {
  const never = new Promise<void>(() => {});
  const { address } = await serve(':memory:', LIMITS, never);
  const raw = new WebSocket(`${address}/song?user=ann`);
  cleanups.push(() => raw.terminate());
  await new Promise((resolve) => raw.once('open', resolve));
  const closed = new Promise((resolve) => raw.once('close', resolve));
  for (let n = 0; n < 513; n++) raw.send(client.difference(new Y.Doc()));
  expect(await closed).toBe(CLOSE.overloaded);
});

test('a stranger is closed with 4403, a member who is removed too, and everybody of a deleted session with 4404', async () => {
  const { address, bus, roles } = await serve();
  const stranger = join(address, 'song', 'eve');
  await stranger.until(() => stranger.closed === CLOSE.forbidden);
  const [ann, ben] = [await inStep(address, 'ann'), await inStep(address, 'ben')];
  roles.delete('ben');
  publish(bus, 'member', { sessionId: 'song', what: 'gone', userId: 'ben' });
  await ben.until(() => ben.closed === CLOSE.forbidden);
  publish(bus, 'session', { sessionId: 'song', what: 'gone' });
  await ann.until(() => ann.closed === CLOSE.notFound);
});

test('everybody sees who is here, by the name that the service knows', async () => {
  const { address } = await serve();
  const [ann, ben] = [await inStep(address, 'ann'), await inStep(address, 'ben')];
  ben.provider.awareness.setLocalState({ user: { name: 'Somebody else' }, selected: 'room' });
  const seen = () => ann.provider.awareness.getStates().get(ben.doc.clientID);
  await ann.until(() => seen()?.['selected'] === 'room');
  expect(seen()).toEqual({ user: { id: 'ben', name: 'ben', color: 1 }, role: 'mixer', selected: 'room' });
  ben.provider.disconnect();
  await ann.until(() => seen() === undefined);
  ben.provider.connect();
  await ann.until(() => seen()?.['selected'] === 'room');
});

test('one person has so many sockets and no more', async () => {
  const { address } = await serve(':memory:', { ...LIMITS, socketsPerUser: 2 });
  await inStep(address, 'ann');
  const second = await inStep(address, 'ann');
  const third = join(address, 'song', 'ann');
  await third.until(() => third.closed === CLOSE.tooFast);
  second.provider.destroy();
  await inStep(address, 'ben');
});

test('the server changes a mix that nobody is in, and a copy begins where the other is', async () => {
  const { service, address } = await serve();
  await service.edit('song', (mix) => addStrip(mix, { id: 'kick', name: 'Kick', stem: 's1' }));
  await service.copy('song', 'take-two');
  await service.edit('song', (mix) => removeStrip(mix, 'kick'));
  expect((await service.read('take-two')).strips.get('kick')?.stem).toBe('s1');
  expect((await service.read('song')).strips.has('kick')).toBe(false);
  await expect(service.copy('song', 'take-two')).rejects.toThrow('has a mix already');
  const ann = await inStep(address, 'ann', 'take-two');
  expect(ann.strips.get('kick')?.get('name')).toBe('Kick');
});

test('a removed session is gone from the disk, and its people are sent away', async () => {
  const { service, address } = await serve();
  await service.edit('song', (mix) => addStrip(mix, { id: 'kick', name: 'Kick', stem: 's1' }));
  const ann = await inStep(address, 'ann');
  await service.remove('song');
  await ann.until(() => ann.closed === CLOSE.notFound);
  expect((await service.read('song')).strips.has('kick')).toBe(false);
});

test('a session removed while its mix is being read leaves nothing on the disk', async () => {
  const database = openDatabase(':memory:');
  await migrate(database.kysely, 'sqlite');
  const log = new HeldLog(embeddedUpdateLog(database));
  const service = createSyncService({
    log,
    roleOf: async () => null,
    rolesIn: async () => new Map(),
    bus: inProcessBus(() => {}),
    logger: quiet,
  });
  const open = log.close();
  const reading = service.read('song');
  const removing = service.remove('song');
  await settled();
  open();
  await Promise.all([reading, removing]);
  expect(await log.read('song')).toEqual([]);
  expect(service.counts().rooms).toBe(0);
  await service.stop();
  await database.close();
});

test('stopping writes what is under way and closes with 1012', async () => {
  const file = newFile();
  const first = await serve(file);
  const ann = await inStep(first.address, 'ann');
  const edit = first.service.edit('song', (mix) => addStrip(mix, { id: 'kick', name: 'Kick', stem: 's1' }));
  await Promise.all([edit, first.service.stop()]);
  await ann.until(() => ann.closed === CLOSE.restarting);
  const second = await serve(file);
  expect((await second.service.read('song')).strips.has('kick')).toBe(true);
});

test('8.4 a flood of large updates is read no faster than its sender may write, on a new line too, and then goes on', async () => {
  const clock = new HandClock();
  const { address, sockets } = await serve(':memory:', LIMITS, Promise.resolve(), clock);
  const line = async () => {
    const socket = new WebSocket(`${address}/song?user=lis`);
    await new Promise((opened) => socket.once('open', opened));
    return socket;
  };
  const doc = new Y.Doc();
  doc.getMap('strips').set('x', new Y.Map([['name', 'x'.repeat(60_000)]]));
  const flood = client.update(Y.encodeStateAsUpdate(doc));
  const first = await line();
  for (let count = 0; count < 60; count++) first.send(flood);
  await vi.waitFor(() => expect([...sockets.clients].map((socket) => socket.isPaused)).toEqual([true]));
  const second = await line();
  second.send(flood);
  await vi.waitFor(() => expect([...sockets.clients].map((socket) => socket.isPaused)).toEqual([true, true]));
  await vi.waitFor(async () => {
    await clock.advance(10_000);
    expect([...sockets.clients].map((socket) => socket.isPaused)).toEqual([false, false]);
  });
});

import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { Chance } from '../../lib/desk/chance';
import { CLOSE } from '../../lib/protocol';
import { ATTACKS, mutated, type Target } from './attacks.fixture';
import { client, HandClock } from './hand-driven';
import { LIMITS } from './index';
import { cleanups, inStep, serve } from './served.fixture';

type Served = Awaited<ReturnType<typeof serve>>;

/** A raw line of somebody who may write, after the first difference; what it was closed with, once it is. */
async function enter({ address, roles }: Served, user: string) {
  roles.set(user, 'mixer');
  const socket = new WebSocket(`${address}/song?user=${user}`);
  cleanups.push(() => socket.terminate());
  socket.on('error', () => {});
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  socket.send(client.sync(0, new Uint8Array([0])));
  socket.send(client.difference(new Y.Doc()));
  return { socket, closed };
}

async function honest(served: Served) {
  const [ann, ben] = [await inStep(served.address, 'ann'), await inStep(served.address, 'ben')];
  ann.provider.awareness.setLocalState({ selected: 'master' });
  await ben.until(() => ben.provider.awareness.getStates().get(ann.doc.clientID)?.['selected'] === 'master');
  const target: Target = { mix: Y.encodeStateAsUpdate(ann.doc), victim: ann.doc.clientID };
  let turns = 0;
  const markers = ({ doc }: { readonly doc: Y.Doc }) => doc.getMap('markers');
  /** A new marker of one reaches the other: whatever came before it has been handled. No attack can have meant it. */
  const turn = async () => {
    const id = `turn-${++turns}`;
    markers(ann).set(id, new Y.Map([['at', turns]]));
    await ben.until(() => markers(ben).has(id));
  };
  return { ann, ben, target, turn };
}

test('each attack ends as it should, and nobody else notices', async () => {
  const served = await serve();
  const { ann, ben, target, turn } = await honest(served);
  await turn();
  const ends: Record<string, number | null> = {};
  for (const [n, { name, messages }] of ATTACKS.entries()) {
    const { socket, closed } = await enter(served, `eve-${n}`);
    for (const message of messages({ ...target, mix: Y.encodeStateAsUpdate(ann.doc) })) socket.send(message);
    // Turns of the honest pass until the line is closed; as many where it is not.
    for (let count = 0; count < 5 && (count === 0 || socket.readyState === WebSocket.OPEN); count++) await turn();
    ends[name] = socket.readyState === WebSocket.OPEN ? null : await closed;
    socket.terminate();
  }
  expect(ends).toEqual(Object.fromEntries(ATTACKS.map(({ name, code }) => [name, code])));
  const mix = await served.service.read('song');
  expect([...mix.strips.keys()].sort()).toEqual(['delay', 'master', 'room']);
  expect([ann.closed, ben.closed]).toEqual([0, 0]);
  expect(ben.provider.awareness.getStates().get(ann.doc.clientID)).toMatchObject({ selected: 'master', user: { id: 'ann' } });
  expect(Y.encodeStateAsUpdate(ben.doc)).toEqual(Y.encodeStateAsUpdate(ann.doc));
});

test('mutated frames of an honest page harm nobody', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_122);
  const chance = new Chance(seed);
  const served = await serve();
  const { ann, ben, target, turn } = await honest(served);
  for (let page = 0; page < 40; page++) {
    const { socket } = await enter(served, `eve-${page % 8}`);
    for (const frame of mutated(target, chance, 25)) socket.send(frame);
    await turn();
    socket.terminate();
  }
  expect([ann.closed, ben.closed], `seed ${seed}`).toEqual([0, 0]);
  expect(ben.strips.toJSON(), `seed ${seed}`).toEqual(ann.strips.toJSON());
});

test('8.3 a listener who asks again and again who is here is sent away', async () => {
  const served = await serve();
  const { socket, closed } = await enter(served, 'lis');
  served.roles.set('lis', 'listener');
  for (let count = 0; count < 100; count++) socket.send(new Uint8Array([3]));
  expect(await closed).toBe(CLOSE.tooFast);
});

test('8.5 who does not answer a closing is cut off, and nothing more of theirs is heard', async () => {
  const clock = new HandClock();
  const served = await serve(':memory:', LIMITS, Promise.resolve(), clock);
  const { socket } = await enter(served, 'eve');
  await vi.waitFor(() => expect(served.service.counts().sockets).toBe(1));
  socket.send(new Uint8Array([99]));
  socket.pause();
  await vi.waitFor(async () => {
    await clock.advance(3000);
    expect(served.sockets.clients.size).toBe(0);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Comment, Member, SessionInfo } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';
import { freeColor } from './colors';

let service: RunningService;
beforeAll(async () => {
  service = await runService({ GUESTS_PER_MINUTE: '1000' });
});
afterAll(() => service.dispose());

test('twelve in one session have twelve colours, the same everywhere and after a restart', async () => {
  const owner = await service.person('Owner');
  const id = await owner.session();
  const token = await owner.invite(id, 'commenter');
  const guests: Person[] = [];
  for (let index = 1; index < 12; index++) {
    const guest = await service.person(`Guest ${index}`);
    await guest.redeem(token);
    guests.push(guest);
  }
  const members = async () => (await owner.ask<Member[]>('GET', `/api/sessions/${id}/members`)).body;
  const before = new Map((await members()).map(({ user }) => [user.id, user.color]));
  expect(new Set(before.values()).size).toBe(12);

  const { body: info } = await owner.ask<SessionInfo>('GET', `/api/sessions/${id}`);
  expect(new Map(info.people.map((user) => [user.id, user.color]))).toEqual(before);
  const last = guests.at(-1) as Person;
  const { body: comment } = await last.ask<Comment>('POST', `/api/sessions/${id}/comments`, { body: 'Hm', at: 1 });
  expect(comment.author.color).toBe(before.get(last.id));

  await service.restart();
  expect(new Map((await members()).map(({ user }) => [user.id, user.color]))).toEqual(before);
});

test('the others see a hand in the colour of the list of people', async () => {
  const owner = await service.person('Owner');
  const id = await owner.session();
  const guest = await service.person('Guest');
  await guest.redeem(await owner.invite(id, 'mixer'));
  const { body: members } = await owner.ask<Member[]>('GET', `/api/sessions/${id}/members`);
  const color = members.find(({ user }) => user.id === guest.id)?.user.color;
  const seen = new Promise<string>((resolve) => {
    const watching = new WebSocket(`${service.url.replace('http', 'ws')}/sync/${id}`, { headers: { cookie: owner.cookie } });
    watching.on('message', (bytes: Buffer) => {
      const text = bytes.toString('utf8');
      if (!text.includes(guest.id)) return;
      resolve(text);
      watching.close();
    });
    watching.on('open', () => {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/sync/${id}`, { headers: { cookie: guest.cookie } });
      socket.on('open', () => socket.send(awarenessOf(7, '{"together":true}')));
    });
  });
  expect(await seen).toContain(`"color":${color}`);
});

/** An awareness message of the y-websocket protocol: one entry of one client, its first. */
function awarenessOf(client: number, json: string): Uint8Array {
  const words = new TextEncoder().encode(json);
  const update = [1, client, 1, words.length, ...words];
  return Uint8Array.from([1, update.length, ...update]);
}

test('who joins gets their own colour where it is free, else the next free one, else one that fewest have', () => {
  expect(freeColor([], 5)).toBe(5);
  expect(freeColor([5, 6], 5)).toBe(7);
  expect(freeColor([11], 11)).toBe(0);
  const all = Array.from({ length: 12 }, (_, color) => color);
  expect(freeColor([...all, 3, 4], 3)).toBe(5);
});

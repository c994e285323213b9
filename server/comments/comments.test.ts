import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Comment } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let owner: Person;
let mixer: Person;
let path: string;
beforeAll(async () => {
  service = await runService({ MAX_COMMENTS: '6', COMMENTS_PER_MINUTE: '1000' });
  owner = await service.person('Owner');
  mixer = await service.person('Mixer');
});
afterAll(() => service.dispose());
const scene = async () => {
  const id = await owner.session();
  await mixer.redeem(await owner.invite(id, 'mixer'));
  path = `/api/sessions/${id}/comments`;
};
const write = async (wish: object) => (await owner.ask<Comment>('POST', path, { body: 'Hm', at: 0, ...wish })).body;

test('a comment keeps its moment, stretch, strip and parameter', async () => {
  await scene();
  const comment = await write({ body: 'Too loud', at: 42.5, until: 44, stripId: 'bass', parameter: 'fader' });
  expect(comment).toMatchObject({
    body: 'Too loud',
    at: 42.5,
    until: 44,
    stripId: 'bass',
    parameter: 'fader',
    status: 'published',
    replies: [],
  });
  expect(comment.author).toMatchObject({ id: owner.id, name: 'Owner' });
  expect((await owner.ask<Comment[]>('GET', path)).body).toEqual([comment]);
});

test('comments come in the order of the song', async () => {
  await scene();
  for (const at of [30, 5, 12.5]) await write({ at });
  expect((await owner.ask<Comment[]>('GET', path)).body.map((comment) => comment.at)).toEqual([5, 12.5, 30]);
});

test('reply, edit, resolve, open again', async () => {
  await scene();
  const { id } = await write({});
  const replied = await mixer.ask<Comment>('POST', `${path}/${id}/replies`, { body: 'Done' });
  expect(replied.body.replies).toMatchObject([{ body: 'Done', author: { id: mixer.id } }]);
  const edited = await owner.ask<Comment>('PATCH', `${path}/${id}`, { body: 'Better' });
  expect(edited.body).toMatchObject({ body: 'Better', editedAt: expect.any(Number) });
  expect((await mixer.ask<Comment>('POST', `${path}/${id}/resolve`)).body.status).toBe('resolved');
  expect((await mixer.ask<Comment>('POST', `${path}/${id}/resolve`, { resolved: false })).body.status).toBe('published');
});

test('nobody changes the words of another, not even the owner', async () => {
  await scene();
  const { body: comment } = await mixer.ask<Comment>('POST', path, { body: 'Mine', at: 1 });
  expect((await owner.ask('PATCH', `${path}/${comment.id}`, { body: 'Yours' })).status).toBe(403);
});

test('a reply is edited by who wrote it, and deleted by them or by who mixes', async () => {
  await scene();
  const commenter = await service.person('Commenter');
  const sessionId = path.split('/')[3] ?? '';
  await commenter.redeem(await owner.invite(sessionId, 'commenter'));
  const { id } = await write({});
  const written = async (who: Person) => {
    const { body } = await who.ask<Comment>('POST', `${path}/${id}/replies`, { body: 'Done' });
    return `${path}/${id}/replies/${body.replies.at(-1)?.id}`;
  };
  const own = await written(commenter);
  expect((await owner.ask('PATCH', own, { body: 'Yours' })).status).toBe(403);
  const edited = await commenter.ask<Comment>('PATCH', own, { body: 'Mine' });
  expect(edited.body.replies).toMatchObject([{ body: 'Mine', author: { id: commenter.id }, editedAt: expect.any(Number) }]);
  expect((await commenter.ask('PATCH', own, { body: ' ' })).status).toBe(400);

  const mixers = await written(mixer);
  expect((await commenter.ask('DELETE', mixers)).status).toBe(403);
  expect((await commenter.ask<Comment>('DELETE', own)).body.replies).toMatchObject([{ author: { id: mixer.id } }]);
  expect((await owner.ask<Comment>('DELETE', mixers)).body.replies).toEqual([]);
  expect((await owner.ask('DELETE', mixers)).status).toBe(404);
});

test('who only listens by now changes no reply, but may take it back', async () => {
  await scene();
  const sessionId = path.split('/')[3] ?? '';
  const { id } = await write({});
  const { body } = await mixer.ask<Comment>('POST', `${path}/${id}/replies`, { body: 'Done' });
  await owner.ask('PATCH', `/api/sessions/${sessionId}/members/${mixer.id}`, { role: 'listener' });
  const reply = `${path}/${id}/replies/${body.replies[0]?.id}`;
  expect((await mixer.ask('PATCH', reply, { body: 'Unseen' })).status).toBe(403);
  expect((await mixer.ask('DELETE', reply)).status).toBe(200);
});

test('a reply to another comment is not found under this one', async () => {
  await scene();
  const { id } = await write({});
  const { id: other } = await write({});
  const { body } = await owner.ask<Comment>('POST', `${path}/${id}/replies`, { body: 'Done' });
  expect((await owner.ask('DELETE', `${path}/${other}/replies/${body.replies[0]?.id}`)).status).toBe(404);
});

test('a comment of another session is not found under this one', async () => {
  await scene();
  const { id } = await write({});
  await scene();
  expect((await owner.ask('PATCH', `${path}/${id}`, { body: 'Hm' })).status).toBe(404);
  expect((await owner.ask('DELETE', `${path}/${id}`)).status).toBe(404);
});

test('the limit is named', async () => {
  await scene();
  for (let index = 0; index < 6; index++) await write({});
  const more = await owner.ask<{ detail: string }>('POST', path, { body: 'One more', at: 1 });
  expect(more.status).toBe(409);
  expect(more.body.detail).toContain('6 comments');
});

test.each([
  [{ body: '', at: 1 }],
  [{ body: 'x'.repeat(10_001), at: 1 }],
  [{ body: 'Hm', at: -1 }],
  [{ body: 'Hm', at: 5, until: 4 }],
  [{ body: 'Hm' }],
])('%j is no comment', async (wish) => {
  await scene();
  expect((await owner.ask('POST', path, wish)).status).toBe(400);
});

test('ten thousand characters of any script fit', async () => {
  await scene();
  const body = '語'.repeat(10_000);
  expect((await write({ body })).body).toBe(body);
});

test('comments are limited by person', async () => {
  const strict = await runService({ COMMENTS_PER_MINUTE: '1' });
  const ada = await strict.person('Ada');
  const id = await ada.session();
  expect((await ada.ask('POST', `/api/sessions/${id}/comments`, { body: 'One', at: 1 })).status).toBe(201);
  expect((await ada.ask('POST', `/api/sessions/${id}/comments`, { body: 'Two', at: 1 })).status).toBe(429);
  await strict.dispose();
});

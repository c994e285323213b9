import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Comment, CommentEvent } from '../../lib/protocol';
import { runService } from '../running-service';

test('under a long thread a reply is told of alone, as are its change and its going; the list has them all', async () => {
  const service = await runService({ COMMENTS_PER_MINUTE: '1000' });
  const owner = await service.person('Olga');
  const session = await owner.session();
  const path = `/api/sessions/${session}/comments`;
  const { body: comment } = await owner.ask<Comment>('POST', path, { body: 'Louder?', at: 1 });
  const line = owner.live(session);
  await once(line as never, 'connect');
  const heard: CommentEvent[] = [];
  line.on('comment', (event) => heard.push(event));
  const reply = async (body: string) => (await owner.ask<Comment>('POST', `${path}/${comment.id}/replies`, { body })).body.replies;
  for (let one = 1; one <= 20; one++) await reply(`Reply ${one}`);
  const last = (await reply('The last word')).at(-1)?.id ?? '';
  await owner.ask('PATCH', `${path}/${comment.id}/replies/${last}`, { body: 'The very last word' });
  expect((await owner.ask<Comment[]>('GET', path)).body[0]?.replies.length).toBe(21);
  await vi.waitFor(() => expect(heard.length).toBe(22), 5000);
  expect(heard.slice(0, 20).every(({ what }) => what === 'put')).toBe(true);
  expect(heard.slice(20)).toMatchObject([
    { what: 'reply', id: comment.id, reply: { id: last, body: 'The last word' } },
    { what: 'reply', id: comment.id, reply: { id: last, body: 'The very last word' } },
  ]);
  expect(JSON.stringify(heard[20]).length).toBeLessThan(400);
  const { body: more } = await owner.ask<Comment>('POST', `${path}/${comment.id}/replies`, { body: 'One more' });
  await owner.ask('DELETE', `${path}/${comment.id}/replies/${more.replies.at(-1)?.id}`);
  await vi.waitFor(() => expect(heard.length).toBe(24), 5000);
  // Down to 21 after it: still a long thread.
  expect(heard[23]).toEqual({ what: 'reply gone', id: comment.id, replyId: more.replies.at(-1)?.id });
  line.close();
  await service.dispose();
});

import { expect, test } from 'vitest';
import type { Comment, Reply } from '../../protocol';
import { createApi } from '../api/api';
import { createRequest } from '../api/request';
import { SessionComments } from './comments';

const author = { id: 'ann', name: 'Ann', color: 1 };
const reply = (id: string, body: string): Reply => ({ id, author, body, mentions: [], createdAt: 0, editedAt: null });
const comment: Comment = {
  id: 'c',
  author,
  body: 'Louder',
  mentions: [],
  at: 1,
  status: 'published',
  createdAt: 0,
  shownAt: 0,
  editedAt: null,
  replies: [],
};

test('replies that are told of alone are put into their comment, changed and taken out', () => {
  const unreachable = createApi(createRequest(() => Promise.reject(new Error('not asked here'))));
  const comments = new SessionComments(unreachable, 's');
  const bodies = () => comments.list.get()[0]?.replies.map(({ body }) => body);
  comments.take({ what: 'put', comment });
  comments.take({ what: 'reply', id: 'c', reply: reply('a', 'Yes') });
  comments.take({ what: 'reply', id: 'c', reply: reply('b', 'No') });
  comments.take({ what: 'reply', id: 'c', reply: reply('a', 'Yes!') });
  comments.take({ what: 'reply', id: 'nowhere', reply: reply('x', 'To nothing') });
  expect(bodies()).toEqual(['Yes!', 'No']);
  comments.take({ what: 'reply gone', id: 'c', replyId: 'a' });
  expect(bodies()).toEqual(['No']);
});

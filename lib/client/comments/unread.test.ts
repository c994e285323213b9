import { expect, test } from 'vitest';
import type { Comment, Reply } from '../../protocol';
import { callsMe, unreadComments } from './unread';

const [me, ben] = [
  { id: 'me', name: 'Ana', color: 0 },
  { id: 'ben', name: 'Ben', color: 1 },
];
const words = { body: 'Hm', mentions: [] as string[], createdAt: 10, editedAt: null };
const comment = (id: string, more: Partial<Comment>): Comment => ({
  ...words,
  id,
  author: ben,
  at: 0,
  status: 'published',
  shownAt: 10,
  replies: [],
  ...more,
});
const reply = (id: string, more: Partial<Reply>): Reply => ({ ...words, id, author: ben, ...more });

test('what others wrote after the mark is unread, my own never', () => {
  const all = [
    comment('old', { shownAt: 5 }),
    comment('new', {}),
    comment('mine', { author: me }),
    comment('answered', { author: me, shownAt: 1, replies: [reply('r', {})] }),
    comment('answered by me', { shownAt: 1, replies: [reply('r', { author: me })] }),
  ];
  expect([...unreadComments(all, 'me', 5)]).toEqual(['new', 'answered']);
});

test('a call is told once: when it comes, and when an edit brings it, but not again with the next change', () => {
  const plain = comment('c', {});
  const calling = comment('c', { mentions: ['me'], body: 'Ana?' });
  expect(callsMe([], [calling], 'me')).toBe('Ben calls you in a comment: “Ana?”');
  expect(callsMe([plain], [calling], 'me')).not.toBeNull();
  expect(callsMe([calling], [{ ...calling, status: 'resolved' }], 'me')).toBeNull();
  expect(callsMe([plain], [comment('c', { replies: [reply('r', { mentions: ['me'] })] })], 'me')).not.toBeNull();
  expect(callsMe([], [comment('c', { author: me, mentions: ['me'] })], 'me')).toBeNull();
  expect(callsMe([], [comment('c', { mentions: ['ben'] })], 'me')).toBeNull();
});

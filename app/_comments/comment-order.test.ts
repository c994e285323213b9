import { describe, expect, it } from 'vitest';
import type { Comment } from '../../lib/protocol';
import { ALL_OPEN, commentRights, shownComments } from './comment-order';

const NONE: ReadonlySet<string> = new Set();

const comment = (id: string, at: number, status: Comment['status'], createdAt = 0): Comment => ({
  id,
  at,
  status,
  createdAt,
  body: id,
  author: { id: 'u', name: 'U', color: 0 },
  mentions: [],
  shownAt: createdAt,
  editedAt: null,
  replies: [],
});

describe('the list of comments', () => {
  it('follows the song, and the older first at one moment', () => {
    const list = [comment('c', 9, 'published'), comment('b', 4, 'published', 2), comment('a', 4, 'pending', 1)];
    expect(shownComments(list, ALL_OPEN, NONE).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
  it('keeps resolved threads apart', () => {
    const list = [comment('open', 1, 'published'), comment('done', 2, 'resolved')];
    expect(shownComments(list, { ...ALL_OPEN, show: 'resolved' }, NONE).map(({ id }) => id)).toEqual(['done']);
  });
});

describe('what is looked for', () => {
  const list = [
    { ...comment('kick', 1, 'published'), stripId: 'kick', body: 'Zu läut', mentions: ['ben'] },
    { ...comment('bass', 2, 'published'), stripId: 'bass' },
    comment('done', 3, 'resolved'),
  ];
  it.each([
    [{ strip: 'kick' }, ['kick']],
    [{ person: 'ben' }, ['kick']],
    [{ person: 'u' }, ['kick', 'bass']],
    [{ search: 'LAUT zu' }, ['kick']],
    [{ search: 'laut nowhere' }, []],
    [{ show: 'unread' as const }, ['done']],
  ])('%j', (wish, found) => {
    expect(shownComments(list, { ...ALL_OPEN, ...wish }, new Set(['done'])).map(({ id }) => id)).toEqual(found);
  });
});

describe('rights', () => {
  it('a listener suggests only where the owner allows it', () => {
    expect(commentRights('listener', false)).toEqual({ write: false, suggest: false, moderate: false });
    expect(commentRights('listener', true).suggest).toBe(true);
  });
  it('a commenter writes but does not moderate; a mixer does', () => {
    expect(commentRights('commenter', false)).toEqual({ write: true, suggest: false, moderate: false });
    expect(commentRights('mixer', false).moderate).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { Comment } from '../../lib/protocol';
import { commentRights, shownComments } from './comment-order';

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
    expect(shownComments(list, 'open').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
  it('keeps resolved threads apart', () => {
    const list = [comment('open', 1, 'published'), comment('done', 2, 'resolved')];
    expect(shownComments(list, 'resolved').map(({ id }) => id)).toEqual(['done']);
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

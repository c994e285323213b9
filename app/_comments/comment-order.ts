import { may, type Role } from '../../lib/access';
import type { Comment } from '../../lib/protocol';

/** Which comments are listed. */
export interface CommentFilter {
  readonly show: 'open' | 'resolved' | 'unread';
  /** Written in by this person, or calling them; null for everybody. */
  readonly person: string | null;
  /** On this strip; null for all. */
  readonly strip: string | null;
  /** Every word of it is said somewhere in the thread. */
  readonly search: string;
}
export const ALL_OPEN: CommentFilter = { show: 'open', person: null, strip: null, search: '' };

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function said(comment: Comment, search: string): boolean {
  const text = plain([comment, ...comment.replies].map(({ author, body }) => `${author.name} ${body}`).join('\n'));
  return plain(search)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

/** The comments that a filter shows, in the order of the song, older first at one moment. */
export function shownComments(comments: readonly Comment[], filter: CommentFilter, unread: ReadonlySet<string>): readonly Comment[] {
  const { show, person, strip, search } = filter;
  return comments
    .filter((comment) => (show === 'unread' ? unread.has(comment.id) : (comment.status === 'resolved') === (show === 'resolved')))
    .filter(({ stripId }) => strip === null || stripId === strip)
    .filter((comment) => {
      if (person === null) return true;
      return [comment, ...comment.replies].some(({ author, mentions }) => author.id === person || mentions.includes(person));
    })
    .filter((comment) => said(comment, search))
    .sort((a, b) => a.at - b.at || a.createdAt - b.createdAt);
}

/** How this person may take part in comments; the server decides again. */
export interface CommentRights {
  /** Publishes at once, replies, resolves. */
  readonly write: boolean;
  /** Leaves comments that wait for approval. */
  readonly suggest: boolean;
  /** Approves, and deletes those of others. */
  readonly moderate: boolean;
}

export function commentRights(role: Role, listenersMayComment: boolean): CommentRights {
  const write = may(role, 'comments.write');
  return { write, suggest: !write && listenersMayComment && may(role, 'comments.suggest'), moderate: may(role, 'comments.moderate') };
}

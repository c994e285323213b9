import { may, type Role } from '../../lib/access';
import type { Comment } from '../../lib/protocol';

export type CommentFilter = 'open' | 'resolved';

/** The comments that a filter shows, in the order of the song, older first at one moment. */
export function shownComments(comments: readonly Comment[], filter: CommentFilter): readonly Comment[] {
  return comments
    .filter((comment) => (comment.status === 'resolved') === (filter === 'resolved'))
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

import type { Comment, Reply, User } from '../../lib/protocol';
import type { CommentsTable, RepliesTable } from '../sql/database';
import { suggestionIn } from './suggestion';

const idsIn = (mentions: string | null): string[] => (mentions === null ? [] : (JSON.parse(mentions) as string[]));

/** Everybody whose name is needed to tell of these comments. */
export function peopleIn(comments: readonly CommentsTable[], replies: readonly RepliesTable[]): string[] {
  const deciders = comments.flatMap((row) => suggestionIn(row)?.decidedBy ?? []);
  return [...[...comments, ...replies].map((row) => row.author_id), ...deciders];
}

/** A row as the API tells it. */
export function commentOf(row: CommentsTable, replies: readonly RepliesTable[], author: (id: string) => User): Comment {
  const suggestion = suggestionIn(row);
  return {
    id: row.id,
    author: author(row.author_id),
    body: row.body,
    mentions: idsIn(row.mentions),
    at: row.at_seconds,
    ...(row.until_seconds === null ? {} : { until: row.until_seconds }),
    ...(row.strip_id === null ? {} : { stripId: row.strip_id }),
    ...(row.parameter === null ? {} : { parameter: row.parameter }),
    ...(suggestion === null
      ? {}
      : { suggestion: { ...suggestion, decidedBy: suggestion.decidedBy === null ? null : author(suggestion.decidedBy) } }),
    status: row.status,
    createdAt: row.created_at,
    shownAt: row.shown_at,
    editedAt: row.edited_at,
    replies: replies.map((reply) => replyOf(reply, author)),
  };
}

function replyOf(row: RepliesTable, author: (id: string) => User): Reply {
  return {
    id: row.id,
    author: author(row.author_id),
    body: row.body,
    mentions: idsIn(row.mentions),
    createdAt: row.created_at,
    editedAt: row.edited_at,
  };
}

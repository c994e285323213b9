import type { Comment } from '../../protocol';

/** The comments with something in them that somebody else has written, or approved, after `readAt`. */
export function unreadComments(comments: readonly Comment[], me: string, readAt: number): ReadonlySet<string> {
  const unseen = comments.filter(
    ({ author, shownAt, replies }) =>
      (author.id !== me && shownAt > readAt) || replies.some((reply) => reply.author.id !== me && reply.createdAt > readAt),
  );
  return new Set(unseen.map(({ id }) => id));
}

const SHOWN = 80;
const short = (body: string) => (body.length > SHOWN ? `${body.slice(0, SHOWN)} …` : body);

/** What to tell me when, from one list to the next, somebody else has called me by name; null when nobody has. */
export function callsMe(before: readonly Comment[], after: readonly Comment[], me: string): string | null {
  const known = new Map(before.map((comment) => [comment.id, comment]));
  for (const comment of after) {
    const old = known.get(comment.id);
    if (old === comment) continue;
    const said = [comment, ...comment.replies].find((words) => {
      if (words.author.id === me || !words.mentions.includes(me)) return false;
      const earlier = old && [old, ...old.replies].find(({ id }) => id === words.id);
      return !earlier?.mentions.includes(me);
    });
    if (said) return `${said.author.name} calls you in a comment: “${short(said.body)}”`;
  }
  return null;
}

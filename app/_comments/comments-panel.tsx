'use client';

import { useEffect, useRef, useState } from 'react';
import { useSession, useStore } from '../_session';
import { usePage } from '../_shell/page-state';
import { useWide } from '../_shell/wide';
import { ALL_OPEN, type CommentFilter, type CommentRights, commentRights, shownComments } from './comment-order';
import { CommentThread } from './comment-thread';
import { CommentWriter } from './comment-writer';
import { Filters, setFilter, useFilter } from './filters';

/** All that was said about the song, in its order, and where one writes more. */
export function CommentsPanel() {
  const session = useSession();
  const all = useStore(session.comments.list);
  const role = useStore(session.role);
  const rights = commentRights(role, useStore(session.info).listenersMayComment);
  const filter = useFilter();
  const unread = useNew();
  const shown = shownComments(all, filter, unread);
  useOpened(shown.map(({ id }) => id));
  return (
    <section aria-label="Comments" className="flex min-h-0 flex-1 flex-col">
      <Filters />
      <ol className="min-h-0 flex-1 overflow-y-auto" data-testid="comments">
        {shown.map((comment) => (
          <CommentThread key={comment.id} comment={comment} rights={rights} isNew={unread.has(comment.id)} />
        ))}
        {shown.length === 0 && <Nothing filter={filter} some={all.length > 0} rights={rights} />}
      </ol>
      {rights.write || rights.suggest ? (
        <CommentWriter waits={rights.suggest} />
      ) : (
        <p className="border-line border-t px-4 py-3 text-quiet text-sm">You listen here. To comment, ask the owner for another role.</p>
      )}
    </section>
  );
}

const SEEN_MS = 1500;

/** What is new: marked for as long as the panel stands, while it counts as seen once it was in sight for a moment. */
function useNew(): ReadonlySet<string> {
  const { comments } = useSession();
  const unread = useStore(comments.unread);
  const [kept, setKept] = useState<ReadonlySet<string>>(unread);
  if ([...unread].some((id) => !kept.has(id))) setKept(new Set([...kept, ...unread]));
  useEffect(() => {
    if (unread.size === 0) return;
    const see = () => {
      // What could not be told is told the next time.
      if (document.visibilityState === 'visible') void comments.markRead().catch(() => {});
    };
    const timer = setTimeout(see, SEEN_MS);
    document.addEventListener('visibilitychange', see);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', see);
    };
  }, [comments, unread]);
  return kept;
}

/** A thread that is opened from elsewhere is shown whatever was looked for; a filter that is chosen afterwards counts. */
function useOpened(shown: readonly string[]): void {
  const { comments } = useSession();
  const open = usePage((page) => page.openComment);
  const latest = useRef(shown);
  latest.current = shown;
  useEffect(() => {
    const comment = comments.list.get().find(({ id }) => id === open);
    if (!comment || latest.current.includes(comment.id)) return;
    setFilter({ ...ALL_OPEN, show: comment.status === 'resolved' ? 'resolved' : 'open' });
  }, [comments, open]);
}

function Nothing({ filter, some, rights }: { filter: CommentFilter; some: boolean; rights: CommentRights }) {
  const wide = useWide();
  const looked = filter.person !== null || filter.strip !== null || filter.search !== '';
  const words = () => {
    if (looked) return 'No comment fits. Look for something else.';
    if (filter.show === 'unread') return 'You have seen everything.';
    if (filter.show === 'resolved') return 'Nothing is resolved yet.';
    if (some) return 'Everything that was said is resolved.';
    if (!rights.write) return 'Nobody has said anything yet.';
    return `Nobody has said anything yet. Move the playhead to the moment you mean and ${wide ? 'press C' : 'write below'}.`;
  };
  return <li className="text-balance px-4 py-8 text-center text-quiet text-sm">{words()}</li>;
}

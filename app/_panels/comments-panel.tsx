'use client';

import { useState } from 'react';
import { useSession, useStore } from '../_session';
import { useWide } from '../_shell/wide';
import { type CommentFilter, commentRights, shownComments } from './comment-order';
import { CommentThread } from './comment-thread';
import { CommentWriter } from './comment-writer';

/** All that was said about the song, in its order, and where one writes more. */
export function CommentsPanel() {
  const session = useSession();
  const all = useStore(session.comments.list);
  const role = useStore(session.role);
  const rights = commentRights(role, useStore(session.info).listenersMayComment);
  const wide = useWide();
  const [filter, setFilter] = useState<CommentFilter>('open');
  const shown = shownComments(all, filter);
  const resolved = shownComments(all, 'resolved').length;
  return (
    <section aria-label="Comments" className="flex min-h-0 flex-1 flex-col">
      {resolved > 0 && (
        <div className="flex gap-1 border-line border-b px-3 py-1.5">
          {(['open', 'resolved'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={filter === name}
              onClick={() => setFilter(name)}
              className={`rounded-sm px-2 py-0.5 text-xs ${filter === name ? 'bg-hover text-text' : 'text-quiet hover:text-text'}`}
            >
              {name === 'open' ? `Open ${all.length - resolved}` : `Resolved ${resolved}`}
            </button>
          ))}
        </div>
      )}
      <ol className="min-h-0 flex-1 overflow-y-auto" data-testid="comments">
        {shown.map((comment) => (
          <CommentThread key={comment.id} comment={comment} rights={rights} />
        ))}
        {shown.length === 0 && (
          <li className="text-balance px-4 py-8 text-center text-quiet text-sm">
            {filter === 'resolved'
              ? 'Nothing is resolved yet.'
              : resolved > 0
                ? 'Everything that was said is resolved.'
                : rights.write
                  ? `Nobody has said anything yet. Move the playhead to the moment you mean and ${wide ? 'press C' : 'write below'}.`
                  : 'Nobody has said anything yet.'}
          </li>
        )}
      </ol>
      {rights.write || rights.suggest ? (
        <CommentWriter waits={rights.suggest} />
      ) : (
        <p className="border-line border-t px-4 py-3 text-quiet text-sm">You listen here. To comment, ask the owner for another role.</p>
      )}
    </section>
  );
}

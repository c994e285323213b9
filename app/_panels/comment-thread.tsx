'use client';

import { useEffect, useRef, useState } from 'react';
import type { Comment } from '../../lib/protocol';
import { useMix, useSession } from '../_session';
import { Button } from '../_shell/button';
import { Face } from '../_shell/face';
import { setPage, usePage } from '../_shell/page-state';
import { seek } from '../_shell/playback';
import { attempt } from '../_shell/toasts';
import { ago, stretch } from '../_shell/words';
import { stripColor } from '../palette';
import type { CommentRights } from './comment-order';
import { ReplyLine } from './reply-line';
import { TextBox } from './text-box';
import { WordsMenu } from './words-menu';

/** One comment with its replies. */
export function CommentThread({ comment, rights }: { comment: Comment; rights: CommentRights }) {
  const session = useSession();
  const open = usePage((page) => page.openComment === comment.id);
  const [task, setTask] = useState<'read' | 'reply' | 'edit'>('read');
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const mine = comment.author.id === session.me.id;
  const pending = comment.status === 'pending';
  const resolved = comment.status === 'resolved';
  return (
    <li
      ref={item}
      data-testid="comment"
      aria-current={open || undefined}
      className={`border-line border-b px-3.5 py-3 ${open ? 'bg-raised shadow-[inset_2px_0_var(--color-accent)]' : ''}`}
    >
      <div className="flex items-center gap-2">
        <Face user={comment.author} size="small" />
        <span className="min-w-0 truncate font-semibold text-sm">{mine ? 'You' : comment.author.name}</span>
        <MomentChip comment={comment} />
        {comment.stripId && <StripChip id={comment.stripId} />}
        <span className="flex-1" />
        <time className="shrink-0 whitespace-nowrap text-quiet text-xs" dateTime={new Date(comment.createdAt).toISOString()}>
          {ago(comment.createdAt, Date.now())}
        </time>
        {(mine || rights.moderate) && (
          <WordsMenu
            what="comment"
            warning={comment.replies.length > 0 ? 'Its replies go with it.' : ''}
            onDelete={() => void attempt(session.comments.remove(comment.id))}
            {...(mine ? { onEdit: () => setTask('edit') } : {})}
          />
        )}
      </div>
      {pending && (
        <p className="mt-1.5">
          <span className="rounded-sm border border-solo/40 px-1.5 py-0.5 text-solo text-xs">waiting for approval</span>
        </p>
      )}
      {task === 'edit' ? (
        <TextBox
          label="Comment"
          initial={comment.body}
          action="Keep"
          onCancel={() => setTask('read')}
          onSend={async (body) => {
            await session.comments.edit(comment.id, body);
            setTask('read');
          }}
        />
      ) : (
        <p className="mt-1.5 whitespace-pre-wrap break-words text-sm leading-5">
          {comment.body}
          {comment.editedAt !== null && <span className="text-quiet text-xs"> · edited</span>}
        </p>
      )}
      {comment.replies.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 border-line border-l-2 pl-2.5">
          {comment.replies.map((reply) => (
            <ReplyLine key={reply.id} comment={comment} reply={reply} rights={rights} />
          ))}
        </ul>
      )}
      {task === 'reply' && (
        <TextBox
          label="Reply"
          initial=""
          action="Reply"
          onCancel={() => setTask('read')}
          onSend={async (body) => {
            await session.comments.reply(comment.id, body);
            setTask('read');
          }}
        />
      )}
      {task === 'read' && (rights.write || pending) && (
        <div className="mt-2 flex gap-1.5">
          {pending && rights.moderate && (
            <Button size="small" look="primary" onPress={() => void attempt(session.comments.approve(comment.id))}>
              Approve
            </Button>
          )}
          {pending && (rights.moderate || mine) && (
            <Button size="small" onPress={() => void attempt(session.comments.remove(comment.id))}>
              Delete
            </Button>
          )}
          {!pending && rights.write && (
            <>
              <Button size="small" look="quiet" className="-ml-2" onPress={() => setTask('reply')}>
                Reply
              </Button>
              <Button size="small" look="quiet" onPress={() => void attempt(session.comments.resolve(comment.id, !resolved))}>
                {resolved ? 'Reopen' : 'Resolve'}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}

function MomentChip({ comment }: { comment: Comment }) {
  const session = useSession();
  return (
    <button
      type="button"
      title="Move the playhead there"
      onClick={() => {
        setPage({ openComment: comment.id });
        seek(session, comment.at);
      }}
      className="shrink-0 rounded-sm px-0.5 font-semibold text-accent text-sm hover:underline"
    >
      {stretch(comment.at, comment.until)}
    </button>
  );
}

function StripChip({ id }: { id: string }) {
  const { select } = useSession();
  const strip = useMix((mix) => mix.strips.get(id));
  if (!strip) return null;
  return (
    <button
      type="button"
      title={`Select ${strip.name}`}
      onClick={() => select(strip.id)}
      className="min-w-0 truncate rounded-sm border border-line px-1.5 text-quiet text-xs hover:text-text"
    >
      <span className="mr-1 inline-block size-1.5 rounded-full" style={{ backgroundColor: stripColor(strip.color) }} />
      {strip.name}
    </button>
  );
}

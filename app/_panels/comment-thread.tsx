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

type Task = 'read' | 'reply' | 'edit';

interface ThreadProps {
  readonly comment: Comment;
  readonly rights: CommentRights;
}

/** One comment with its replies. */
export function CommentThread({ comment, rights }: ThreadProps) {
  const session = useSession();
  const open = usePage((page) => page.openComment === comment.id);
  const [task, setTask] = useState<Task>('read');
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const mine = comment.author.id === session.me.id;
  const read = () => setTask('read');
  return (
    <li
      ref={item}
      data-testid="comment"
      aria-current={open || undefined}
      className={`border-line border-b px-3.5 py-3 ${open ? 'bg-raised shadow-[inset_2px_0_var(--color-accent)]' : ''}`}
    >
      <Head comment={comment} rights={rights} mine={mine} onEdit={() => setTask('edit')} />
      {comment.status === 'pending' && (
        <p className="mt-1.5">
          <span className="rounded-sm border border-solo/40 px-1.5 py-0.5 text-solo text-xs">waiting for approval</span>
        </p>
      )}
      {task === 'edit' ? (
        <Writing
          label="Comment"
          initial={comment.body}
          action="Keep"
          onEnd={read}
          send={(body) => session.comments.edit(comment.id, body)}
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
        <Writing label="Reply" initial="" action="Reply" onEnd={read} send={(body) => session.comments.reply(comment.id, body)} />
      )}
      {task === 'read' && <Actions comment={comment} rights={rights} mine={mine} onReply={() => setTask('reply')} />}
    </li>
  );
}

/** Who said it, of which moment and strip, when; and what can be done with the words. */
function Head({ comment, rights, mine, onEdit }: ThreadProps & { mine: boolean; onEdit: () => void }) {
  const session = useSession();
  return (
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
          {...(mine ? { onEdit } : {})}
        />
      )}
    </div>
  );
}

interface WritingProps {
  readonly label: string;
  readonly initial: string;
  readonly action: string;
  readonly send: (body: string) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** A box that closes once its words have arrived. */
function Writing({ send, onEnd, ...box }: WritingProps) {
  return (
    <TextBox
      {...box}
      onCancel={onEnd}
      onSend={async (body) => {
        await send(body);
        onEnd();
      }}
    />
  );
}

function Actions({ comment, rights, mine, onReply }: ThreadProps & { mine: boolean; onReply: () => void }) {
  const { comments } = useSession();
  const pending = comment.status === 'pending';
  const resolved = comment.status === 'resolved';
  if (!rights.write && !pending) return null;
  return (
    <div className="mt-2 flex gap-1.5">
      {pending && rights.moderate && (
        <Button size="small" look="primary" onPress={() => void attempt(comments.approve(comment.id))}>
          Approve
        </Button>
      )}
      {pending && (rights.moderate || mine) && (
        <Button size="small" onPress={() => void attempt(comments.remove(comment.id))}>
          Delete
        </Button>
      )}
      {!pending && rights.write && (
        <>
          <Button size="small" look="quiet" className="-ml-2" onPress={onReply}>
            Reply
          </Button>
          <Button size="small" look="quiet" onPress={() => void attempt(comments.resolve(comment.id, !resolved))}>
            {resolved ? 'Reopen' : 'Resolve'}
          </Button>
        </>
      )}
    </div>
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

'use client';

import { Ellipsis } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Comment, Reply } from '../../lib/protocol';
import { useMix, useSession } from '../_session';
import { Button } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { setPage, usePage } from '../_shell/page-state';
import { seek } from '../_shell/playback';
import { attempt } from '../_shell/toasts';
import { ago, stretch } from '../_shell/words';
import { stripColor } from '../palette';
import type { CommentRights } from './comment-order';
import { TextBox } from './text-box';

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
        {(mine || rights.moderate) && <ThreadMenu comment={comment} mine={mine} onEdit={() => setTask('edit')} />}
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
            <ReplyLine key={reply.id} reply={reply} mine={reply.author.id === session.me.id} />
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

function ReplyLine({ reply, mine }: { reply: Reply; mine: boolean }) {
  return (
    <li className="text-sm">
      <span className="flex items-center gap-1.5">
        <Face user={reply.author} size="small" />
        <span className="font-semibold">{mine ? 'You' : reply.author.name}</span>
        <span className="text-quiet text-xs">{ago(reply.createdAt, Date.now())}</span>
      </span>
      <span className="mt-0.5 block whitespace-pre-wrap break-words">{reply.body}</span>
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

function ThreadMenu({ comment, mine, onEdit }: { comment: Comment; mine: boolean; onEdit(): void }) {
  const { comments } = useSession();
  const [asking, setAsking] = useState(false);
  const item = 'cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[focused]:bg-hover';
  return (
    <>
      <MenuTrigger>
        <AriaButton
          aria-label="More about this comment"
          className="-mr-1.5 shrink-0 rounded-sm p-0.5 text-quiet data-[hovered]:bg-hover data-[hovered]:text-text"
        >
          <Ellipsis size={15} />
        </AriaButton>
        <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
          <Menu className="outline-none" onAction={(key) => (key === 'edit' ? onEdit() : setAsking(true))}>
            {mine && (
              <MenuItem id="edit" className={item}>
                Edit
              </MenuItem>
            )}
            <MenuItem id="delete" className={`${item} text-record`}>
              Delete
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Confirm
        title="Delete this comment?"
        isOpen={asking}
        action="Delete"
        onClose={() => setAsking(false)}
        onConfirm={() => void attempt(comments.remove(comment.id))}
      >
        {comment.replies.length > 0 ? 'Its replies go with it. ' : ''}This cannot be taken back.
      </Confirm>
    </>
  );
}

'use client';

import { useEffect, useRef, useState } from 'react';
import type { Words } from '../../lib/client';
import type { Comment } from '../../lib/protocol';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Face } from '../_shell/face';
import { setPage, usePage } from '../_shell/page-state';
import { seek } from '../_shell/playback';
import { attempt } from '../_shell/toasts';
import { ago, stretch } from '../_shell/words';
import { stripColor } from '../palette';
import { aboutWords } from './about';
import type { CommentRights } from './comment-order';
import { HearingRow } from './hearing-row';
import { ReplyLine } from './reply-line';
import { showAbout } from './show-about';
import { Spoken } from './spoken';
import { SuggestionCard } from './suggestion-card';
import { TextBox } from './text-box';
import { WordsMenu } from './words-menu';

type Task = 'read' | 'reply' | 'edit';

interface ThreadProps {
  readonly comment: Comment;
  readonly rights: CommentRights;
}

interface ThreadLook extends ThreadProps {
  /** There is something in it that I had not seen. */
  readonly isNew: boolean;
}

/** One comment with its replies. */
export function CommentThread({ comment, rights, isNew }: ThreadLook) {
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
      className={`relative border-line border-b px-3.5 py-3 ${open ? 'bg-raised shadow-[inset_2px_0_var(--color-accent)]' : ''} ${isNew ? 'before:absolute before:top-5.5 before:left-1 before:size-1.5 before:rounded-full before:bg-accent' : ''}`}
    >
      {isNew && <span className="sr-only">New:</span>}
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
          send={(words) => session.comments.edit(comment.id, words)}
        />
      ) : (
        <p className="mt-1.5 whitespace-pre-wrap break-words text-sm leading-5">
          <Spoken words={comment} />
        </p>
      )}
      {comment.suggestion && <SuggestionCard comment={comment} suggestion={comment.suggestion} />}
      {comment.replies.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 border-line border-l-2 pl-2.5">
          {comment.replies.map((reply) => (
            <ReplyLine key={reply.id} comment={comment} reply={reply} rights={rights} />
          ))}
        </ul>
      )}
      {task === 'reply' && (
        <Writing label="Reply" initial="" action="Reply" onEnd={read} send={(words) => session.comments.reply(comment.id, words)} />
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
      <span className="min-w-8 max-w-24 shrink-0 truncate font-semibold text-sm">{mine ? 'You' : comment.author.name}</span>
      <MomentChip comment={comment} />
      <AboutChip comment={comment} />
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
  readonly send: (words: Words) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** A box that closes once its words have arrived. */
function Writing({ send, onEnd, ...box }: WritingProps) {
  return (
    <TextBox
      {...box}
      onCancel={onEnd}
      onSend={async (words) => {
        await send(words);
        onEnd();
      }}
    />
  );
}

function Actions({ comment, rights, mine, onReply }: ThreadProps & { mine: boolean; onReply: () => void }) {
  const { comments } = useSession();
  const hearing = useStore(comments.hearing);
  const then = hearing?.comment === comment.id && hearing.what === 'as it was' ? hearing : null;
  const pending = comment.status === 'pending';
  const resolved = comment.status === 'resolved';
  return (
    <>
      {then && <HearingRow hearing={then} />}
      <div className="mt-2 flex flex-wrap gap-1.5">
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
        {!then && (
          <Button
            size="small"
            look="quiet"
            className={rights.write && !pending ? '' : '-ml-2'}
            onPress={() => void attempt(comments.hearAsItWas(comment))}
          >
            Hear it as it was<span className="sr-only">; only you hear it</span>
          </Button>
        )}
      </div>
    </>
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

/** The strip or the control that it is on; pressed, it is shown. */
function AboutChip({ comment }: { comment: Comment }) {
  const session = useSession();
  const strip = useMix((mix) => (comment.stripId === undefined ? undefined : mix.strips.get(comment.stripId)));
  const words = useMix((mix) => aboutWords(mix, comment));
  if (!strip) return null;
  return (
    <button
      type="button"
      title={`Show ${words}`}
      onClick={() => showAbout(session, comment)}
      className="min-w-0 truncate rounded-sm border border-line px-1.5 text-quiet text-xs hover:text-text"
    >
      <span className="mr-1 inline-block size-1.5 rounded-full" style={{ backgroundColor: stripColor(strip.color) }} />
      {words}
    </button>
  );
}

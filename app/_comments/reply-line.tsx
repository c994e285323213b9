'use client';

import { useState } from 'react';
import type { Comment, Reply } from '../../lib/protocol';
import { useSession } from '../_session';
import { Face } from '../_shell/face';
import { attempt } from '../_shell/toasts';
import { ago } from '../_shell/words';
import type { CommentRights } from './comment-order';
import { Spoken } from './spoken';
import { TextBox } from './text-box';
import { WordsMenu } from './words-menu';

/** One reply. Who wrote it edits it; they and who moderates delete it. */
export function ReplyLine({ comment, reply, rights }: { comment: Comment; reply: Reply; rights: CommentRights }) {
  const { me, comments } = useSession();
  const [editing, setEditing] = useState(false);
  const mine = reply.author.id === me.id;
  return (
    <li className="text-sm" data-testid="reply">
      <span className="flex items-center gap-1.5">
        <Face user={reply.author} size="small" />
        <span className="min-w-0 truncate font-semibold">{mine ? 'You' : reply.author.name}</span>
        <span className="shrink-0 text-quiet text-xs">{ago(reply.createdAt, Date.now())}</span>
        <span className="flex-1" />
        {(mine || rights.moderate) && (
          <WordsMenu
            what="reply"
            onDelete={() => void attempt(comments.removeReply(comment.id, reply.id))}
            {...(mine && rights.write ? { onEdit: () => setEditing(true) } : {})}
          />
        )}
      </span>
      {editing ? (
        <TextBox
          label="Reply"
          initial={reply.body}
          action="Keep"
          onCancel={() => setEditing(false)}
          onSend={async (words) => {
            await comments.editReply(comment.id, reply.id, words);
            setEditing(false);
          }}
        />
      ) : (
        <span className="mt-0.5 block whitespace-pre-wrap break-words">
          <Spoken words={reply} />
        </span>
      )}
    </li>
  );
}

'use client';

import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { Comment } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { openThread, usePage } from '../_shell/page-state';
import { seek } from '../_shell/playback';
import { initials, stretch } from '../_shell/words';
import { personColor } from '../palette';
import { at, over } from './place';
import { useTimeline } from './use-view';

/** Pins nearer than this share of the song would cover each other: the later one hangs lower. */
const CROWDED = 1 / 60;
const ROWS = 3;
const ROW_HEIGHT = 17;

/** The row each pin hangs in, by comment id. */
function rowsOf(comments: readonly Comment[], length: number): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const last: number[] = [];
  for (const comment of [...comments].sort((a, b) => a.at - b.at || a.createdAt - b.createdAt)) {
    const free = Array.from({ length: ROWS }, (_, row) => row).find(
      (row) => comment.at - (last[row] ?? Number.NEGATIVE_INFINITY) >= length * CROWDED,
    );
    const row = free ?? rows.size % ROWS;
    last[row] = comment.at;
    rows.set(comment.id, row);
  }
  return rows;
}

/** Comments on the timeline: a face at its moment. */
export function Pins() {
  const comments = useStore(useSession().comments.list).filter((comment) => comment.status !== 'resolved');
  const rows = rowsOf(
    comments,
    useTimeline((state) => state.extent.length),
  );
  return (
    <>
      {comments.map((comment) => (
        <Pin key={comment.id} comment={comment} row={rows.get(comment.id) ?? 0} />
      ))}
    </>
  );
}

function Pin({ comment, row }: { comment: Comment; row: number }) {
  const session = useSession();
  const open = usePage((page) => page.openComment === comment.id);
  const color = personColor(comment.author.color);
  const waiting = comment.status === 'pending';
  return (
    <>
      {comment.until !== undefined && open && (
        <div
          className="pointer-events-none absolute inset-y-0 border-x opacity-60"
          style={{
            ...over(comment.at, comment.until),
            borderColor: color,
            backgroundColor: `color-mix(in srgb, ${color} 12%, transparent)`,
          }}
        />
      )}
      <div
        className={`pointer-events-none absolute top-0 bottom-0 w-px ${open ? 'opacity-100' : 'opacity-50'}`}
        style={{ ...at(comment.at), backgroundColor: color }}
      />
      <TooltipTrigger delay={150} closeDelay={50}>
        <Button
          data-testid="pin"
          aria-label={`Comment by ${comment.author.name} at ${stretch(comment.at, comment.until)}: ${comment.body}`}
          onPress={() => {
            openThread(comment.id);
            seek(session, comment.at);
          }}
          className={`absolute z-10 -ml-2.5 grid size-5 place-items-center rounded-full text-center font-bold text-[9px] text-bg leading-none ${
            open ? 'ring-2 ring-text' : ''
          } ${waiting ? 'opacity-70 outline-1 outline-solo outline-dashed outline-offset-1' : ''}`}
          style={{ ...at(comment.at), top: 4 + row * ROW_HEIGHT, backgroundColor: color }}
        >
          {initials(comment.author.name)}
        </Button>
        <Tooltip offset={6} className="z-50 max-w-72 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm shadow-lg">
          <div className="mb-0.5 text-xs">
            <b>{comment.author.name}</b> <span className="text-quiet">{stretch(comment.at, comment.until)}</span>
          </div>
          <div className="line-clamp-6 whitespace-pre-wrap break-words">{comment.body}</div>
          {comment.replies.length > 0 && <div className="mt-1 text-quiet text-xs">{comment.replies.length} replies</div>}
        </Tooltip>
      </TooltipTrigger>
    </>
  );
}

'use client';

import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { StripId } from '../../lib/mix';
import type { Comment } from '../../lib/protocol';
import { usePart, useSession } from '../_session';
import { openThread, usePage } from '../_shell/page-state';
import { initials, stretch } from '../_shell/words';
import { personColor } from '../palette';

const sameList = (a: readonly Comment[], b: readonly Comment[]) => a.length === b.length && a.every((one, index) => one === b[index]);
const SHOWN = 4;

/** The open comments on a strip, as one pin in the colour of the newest one's author: each press opens the next of them. */
export function StripPins({ strip, name, className = '' }: { strip: StripId; name: string; className?: string }) {
  const { comments } = useSession();
  const on = usePart(comments.list, (all) => all.filter(({ stripId, status }) => stripId === strip && status !== 'resolved'), sameList);
  const open = usePage((page) => page.openComment);
  const newest = on.reduce<Comment | undefined>((last, one) => (last && last.createdAt > one.createdAt ? last : one), undefined);
  if (!newest) return null;
  const next = on[on.findIndex(({ id }) => id === open) + 1] ?? on[0];
  return (
    <TooltipTrigger delay={150} closeDelay={50}>
      <Button
        data-testid="strip-pin"
        aria-label={`${on.length === 1 ? 'A comment' : `${on.length} comments`} on ${name}`}
        onPress={() => next && openThread(next.id)}
        className={`grid h-4 min-w-4 place-items-center rounded-full px-0.5 font-bold text-[9px] text-bg leading-none ${className}`}
        style={{ backgroundColor: personColor(newest.author.color) }}
      >
        {on.length > 1 ? on.length : initials(newest.author.name)}
      </Button>
      <Tooltip offset={6} className="z-50 max-w-72 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm shadow-lg">
        {on.slice(0, SHOWN).map((comment) => (
          <div key={comment.id} className="mb-1 last:mb-0">
            <span className="text-xs">
              <b>{comment.author.name}</b> <span className="text-quiet">{stretch(comment.at, comment.until)}</span>
            </span>
            <div className="line-clamp-3 whitespace-pre-wrap break-words">{comment.body}</div>
          </div>
        ))}
        {on.length > SHOWN && <div className="text-quiet text-xs">and {on.length - SHOWN} more</div>}
      </Tooltip>
    </TooltipTrigger>
  );
}

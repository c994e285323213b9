'use client';

import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { paintText, useFrame } from '../_shell/frame';
import { momentNow } from '../_shell/keyboard';
import { setPage, usePage } from '../_shell/page-state';
import { attempt } from '../_shell/toasts';
import { stretch } from '../_shell/words';

/**
 * Where a comment is written. Until the first letter its moment follows the playhead (or is the loop); then it stays, so that
 * the song can go on while one types.
 */
export function CommentWriter({ waits }: { waits: boolean }) {
  const session = useSession();
  const moment = usePage((page) => page.moment);
  const writing = usePage((page) => page.writing);
  const selected = useStore(session.selected);
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  const [body, setBody] = useState('');
  const [onStrip, setOnStrip] = useState(false);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (writing > 0) area.current?.focus();
  }, [writing]);

  const typed = (text: string) => {
    setBody(text);
    if (text && !moment) setPage({ moment: momentNow(session) });
    if (!text && moment) setPage({ moment: null });
  };
  const send = async () => {
    if (!body.trim() || busy) return;
    setBusy(true);
    const stripId = onStrip && strip ? { stripId: strip.id } : {};
    const made = await attempt(session.comments.add({ body: body.trim(), ...(moment ?? momentNow(session)), ...stripId }));
    setBusy(false);
    if (!made) return;
    setBody('');
    setPage({ moment: null, openComment: made.id });
  };
  return (
    <form
      aria-label="Write a comment"
      className="border-line border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="rounded-md border border-line-strong bg-bg focus-within:border-accent">
        <textarea
          ref={area}
          aria-label="Comment"
          data-testid="comment-body"
          placeholder="Comment here …"
          value={body}
          rows={body ? 3 : 1}
          maxLength={10_000}
          onChange={(event) => typed(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          className="field-sizing-content block max-h-48 w-full resize-none bg-transparent px-2.5 py-2 text-sm outline-none"
        />
        <div className="flex items-center gap-2 px-2 pb-2 text-xs">
          <span className="inline-flex items-center gap-1 rounded-sm bg-raised px-1.5 py-0.5 font-semibold text-accent">
            at <MomentWords />
            {moment && (
              <button
                type="button"
                aria-label="Follow the playhead again"
                onClick={() => setPage({ moment: null })}
                className="text-quiet hover:text-text"
              >
                <X size={12} />
              </button>
            )}
          </span>
          {strip && (
            <label className="flex min-w-0 items-center gap-1.5 text-quiet">
              <input type="checkbox" checked={onStrip} onChange={(event) => setOnStrip(event.target.checked)} className="accent-accent" />
              <span className="truncate">on {strip.name}</span>
            </label>
          )}
          <span className="flex-1" />
          <Button type="submit" size="small" look="primary" isPending={busy} isDisabled={!body.trim()}>
            Send
          </Button>
        </div>
      </div>
      {waits && <p className="mt-1.5 text-quiet text-xs">Only you and those who mix see it until it is approved.</p>}
    </form>
  );
}

/** The moment in words; painted beside React while it follows the playhead. */
function MomentWords() {
  const session = useSession();
  const words = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    const { at, until } = { until: undefined, ...(usePage.getState().moment ?? momentNow(session)) };
    paintText(words.current, stretch(at, until));
  });
  return <span ref={words} />;
}

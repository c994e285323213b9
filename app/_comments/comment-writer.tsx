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
import { aboutWords } from './about';
import { CallArea } from './call-area';
import { mentionsIn } from './mentions';

/**
 * Where a comment is written. Until the first letter its moment follows the playhead (or is the loop); then it stays, so that
 * the song can go on while one types.
 */
export function CommentWriter({ waits }: { waits: boolean }) {
  const session = useSession();
  const moment = usePage((page) => page.moment);
  const about = usePage((page) => page.about);
  const writing = usePage((page) => page.writing);
  const [body, setBody] = useState('');
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (writing > 0) area.current?.focus();
  }, [writing]);

  const typed = (text: string) => {
    setBody(text);
    if (text && !moment) setPage({ moment: momentNow(session) });
    if (!text && moment && !about) setPage({ moment: null });
  };
  const send = async () => {
    if (!body.trim() || busy) return;
    setBusy(true);
    const words = { body: body.trim(), mentions: mentionsIn(body, session.people.members.get()) };
    const made = await attempt(session.comments.add({ ...words, ...(moment ?? momentNow(session)), ...about }));
    setBusy(false);
    if (!made) return;
    setBody('');
    setPage({ moment: null, about: null, openComment: made.id });
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
        <CallArea
          ref={area}
          label="Comment"
          testId="comment-body"
          placeholder="Comment here … @ calls somebody"
          value={body}
          rows={body ? 3 : 1}
          onChange={typed}
          onSend={() => void send()}
          onEscape={() => area.current?.blur()}
          className="field-sizing-content block max-h-48 w-full resize-none bg-transparent px-2.5 py-2 text-sm outline-none"
        />
        <div className="flex items-center gap-1.5 px-2 pb-2 text-xs">
          <Chip {...(moment ? { onClear: () => setPage({ moment: null }), clear: 'Follow the playhead again' } : {})}>
            at <MomentWords />
          </Chip>
          <AboutChoice />
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

function Chip({ children, clear, onClear }: { children: React.ReactNode; clear?: string; onClear?: () => void }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 rounded-sm bg-raised px-1.5 py-0.5 font-semibold text-accent">
      <span className="min-w-0 truncate">{children}</span>
      {onClear && (
        <button type="button" aria-label={clear} onClick={onClear} className="shrink-0 text-quiet hover:text-text">
          <X size={12} />
        </button>
      )}
    </span>
  );
}

/** The control or strip that it is on; or, by choice, the strip that is selected. */
function AboutChoice() {
  const session = useSession();
  const about = usePage((page) => page.about);
  const selected = useStore(session.selected);
  const words = useMix((mix) => (about ? aboutWords(mix, about) : ''));
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  if (words) {
    return (
      <Chip clear="On the whole song instead" onClear={() => setPage({ about: null })}>
        on {words}
      </Chip>
    );
  }
  if (!strip) return null;
  return (
    <button
      type="button"
      title={`Comment on ${strip.name}`}
      onClick={() => setPage({ about: { stripId: strip.id } })}
      className="min-w-0 truncate rounded-sm border border-line border-dashed px-1.5 py-0.5 text-quiet hover:text-text"
    >
      + on {strip.name}
    </button>
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

'use client';

import { Clock, SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMix, useSession, useStore } from '../_session';
import { IconButton } from '../_shell/button';
import { momentNow } from '../_shell/keyboard';
import { attempt } from '../_shell/toasts';
import { useWide } from '../_shell/wide';
import { stretch } from '../_shell/words';

interface Moment {
  readonly at: number;
  readonly until?: number;
}

/** Where one writes: Enter sends, Shift+Enter begins a line. A moment and the selected strip can go with it. */
export function ChatWriter() {
  const session = useSession();
  const wide = useWide();
  const selected = useStore(session.selected);
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  const [body, setBody] = useState('');
  const [moment, setMoment] = useState<Moment | null>(null);
  const [onStrip, setOnStrip] = useState(false);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (wide) area.current?.focus();
  }, [wide]);
  const send = async () => {
    if (!body.trim() || busy) return;
    setBusy(true);
    const message = { body: body.trim(), ...moment, ...(onStrip && strip ? { stripId: strip.id } : {}) };
    const sent = await attempt(session.chat.say(message).then(() => true));
    setBusy(false);
    if (!sent) return;
    setBody('');
    setMoment(null);
    setOnStrip(false);
    area.current?.focus();
  };
  return (
    <form
      aria-label="Write in the chat"
      className="border-line border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="rounded-md border border-line-strong bg-bg focus-within:border-accent">
        <textarea
          ref={area}
          aria-label="Message"
          placeholder="Write to all …"
          value={body}
          rows={1}
          maxLength={2000}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              void send();
            }
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          className="field-sizing-content block max-h-32 w-full resize-none bg-transparent px-2.5 py-2 text-sm outline-none"
        />
        <div className="flex items-center gap-2.5 px-2 pb-2 text-xs">
          <button
            type="button"
            aria-pressed={moment !== null}
            onClick={() => setMoment(moment ? null : momentNow(session))}
            className={`inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 ${moment ? 'bg-raised font-semibold text-accent' : 'text-quiet hover:text-text'}`}
          >
            <Clock size={12} /> {moment ? `at ${stretch(moment.at, moment.until)}` : 'add the moment'}
          </button>
          {strip && (
            <label className="flex min-w-0 items-center gap-1.5 text-quiet">
              <input type="checkbox" checked={onStrip} onChange={(event) => setOnStrip(event.target.checked)} className="accent-accent" />
              <span className="truncate">on {strip.name}</span>
            </label>
          )}
          <span className="flex-1" />
          <IconButton label="Send" keys="↵" type="submit" size="small" look="primary" isPending={busy} isDisabled={!body.trim()}>
            <SendHorizontal size={13} />
          </IconButton>
        </div>
      </div>
    </form>
  );
}

'use client';

import { Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../lib/client';
import { differenceWords } from '../../lib/mix';
import type { HistoryEvent } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { sentence, tell } from '../_shell/toasts';
import { personColor } from '../palette';
import { eventWords, said } from './history-words';

const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
/** Somebody has changed the same since: it can be insisted on. */
const OVERTAKEN = 409;
/** Changes that an open row lists. */
const MOST_LISTED = 12;

/** One gesture: a line, and opened what it changed and what can be done about it. */
export function HistoryRow({ event, newDay }: { event: HistoryEvent; newDay: boolean }) {
  const { me } = useSession();
  const [open, setOpen] = useState(false);
  const words = eventWords(event);
  const name = event.by === null ? 'The service' : event.by.id === me.id ? 'You' : event.by.name;
  const at = new Date(event.at);
  return (
    <>
      {newDay && <li className="border-line border-b bg-bg/40 px-3.5 py-1 text-quiet text-xs">{at.toLocaleDateString('en', DAY)}</li>}
      <li data-testid="gesture" className={`border-line border-b ${open ? 'bg-raised' : ''}`}>
        <button
          type="button"
          data-row
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-start gap-2 px-3.5 py-2 text-left outline-offset-[-2px] hover:bg-raised"
          style={{ boxShadow: `inset 2px 0 ${personColor(event.by?.color ?? 0)}` }}
        >
          {event.by && <Face user={event.by} size="small" />}
          <span className={`min-w-0 flex-1 text-sm leading-5 ${event.takenBack ? 'text-quiet line-through' : ''}`}>
            <span className="font-semibold">{name}</span> <span aria-hidden="true">·</span> {words}
          </span>
          {event.takenBack && <span className="sr-only">(taken back)</span>}
          <time className="shrink-0 text-quiet text-xs leading-5" dateTime={at.toISOString()}>
            {at.toLocaleTimeString('en-GB', TIME)}
          </time>
        </button>
        {open && <Opened event={event} words={words} />}
      </li>
    </>
  );
}

function Opened({ event, words }: { event: HistoryEvent; words: string }) {
  const session = useSession();
  const writable = useStore(session.desk.writable);
  const heard = session.history.canAudition(event);
  const lines = event.changes > 1 ? event.differences.slice(0, MOST_LISTED).map((one) => said(differenceWords(one, event))) : [];
  return (
    <div className="px-3.5 pb-2.5 pl-10.5">
      {lines.length > 0 && (
        <ul className="mb-2 text-quiet text-xs leading-5">
          {[...new Set(lines)].map((line) => (
            <li key={line}>{line}</li>
          ))}
          {event.changes > lines.length && <li>and {event.changes - lines.length} more</li>}
        </ul>
      )}
      <div className="flex flex-wrap gap-1.5">
        {heard && <Listen event={event} moment="before" />}
        {heard && <Listen event={event} moment="after" />}
        {writable && <TakeBack event={event} words={words} />}
      </div>
      {!heard && !writable && <p className="text-quiet text-xs">This is nothing that can be heard by itself.</p>}
    </div>
  );
}

const LISTEN = { before: 'Hear before', after: 'Hear after' } as const;

/** While it is held down, I alone hear the controls of a gesture as they were before or after it. */
function Listen({ event, moment }: { event: HistoryEvent; moment: 'before' | 'after' }) {
  const { history } = useSession();
  const end = useRef<(() => void) | null>(null);
  const stop = () => {
    end.current?.();
    end.current = null;
  };
  useEffect(() => () => end.current?.(), []);
  return (
    <Button
      size="small"
      onPressStart={() => {
        stop();
        end.current = history.audition(event, moment);
      }}
      onPressEnd={stop}
    >
      {LISTEN[moment]}
      <span className="sr-only"> while held; only you hear it</span>
    </Button>
  );
}

/** Takes a gesture back for all. Where somebody has changed the same since, it asks first. */
function TakeBack({ event, words }: { event: HistoryEvent; words: string }) {
  const { history } = useSession();
  const [why, setWhy] = useState<string | null>(null);
  const take = async (force: boolean) => {
    try {
      await history.takeBack(event.id, force);
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === OVERTAKEN) setWhy(problem.message);
      else tell({ level: 'danger', text: sentence(problem) });
    }
  };
  return (
    <>
      <Button size="small" onPress={() => void take(false)} aria-label={`Take back: ${words}`}>
        <Undo2 size={13} /> Take back
      </Button>
      <Confirm
        title="It was changed since"
        isOpen={why !== null}
        action="Take back all the same"
        onClose={() => setWhy(null)}
        onConfirm={() => void take(true)}
      >
        {why}
      </Confirm>
    </>
  );
}

'use client';

import { Trash2 } from 'lucide-react';
import { may } from '../../lib/access';
import type { ChatMessage } from '../../lib/protocol';
import { useMix, useSession, useStore } from '../_session';
import { IconButton } from '../_shell/button';
import { Face } from '../_shell/face';
import { seek } from '../_shell/playback';
import { attempt } from '../_shell/toasts';
import { ago, stretch } from '../_shell/words';
import { stripColor } from '../palette';
import { spokenTimes } from './spoken-times';

const CHIP = 'rounded-sm font-semibold text-accent hover:underline';

/** One message, with its links into the song. */
export function ChatLine({ message, goesOn }: { message: ChatMessage; goesOn: boolean }) {
  const session = useSession();
  const role = useStore(session.role);
  const mine = message.author.id === session.me.id;
  return (
    <li data-testid="chat-message" className={`group relative flex gap-2 rounded-md ${goesOn ? 'pt-0.5' : 'pt-2.5'}`}>
      <span className="w-5 shrink-0">{!goesOn && <Face user={message.author} size="small" />}</span>
      <div className="min-w-0 flex-1">
        {!goesOn && (
          <div className="flex items-baseline gap-2">
            <span className="truncate font-semibold text-sm">{mine ? 'You' : message.author.name}</span>
            <time className="text-quiet text-xs" dateTime={new Date(message.createdAt).toISOString()}>
              {ago(message.createdAt, Date.now())}
            </time>
          </div>
        )}
        <p className="whitespace-pre-wrap break-words text-sm leading-5">
          <Links message={message} />
          <Words body={message.body} />
        </p>
      </div>
      {(mine || may(role, 'comments.moderate')) && (
        <span className="absolute top-1 right-0 rounded-md bg-surface opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100">
          <IconButton label="Delete this message" look="quiet" size="small" onPress={() => void attempt(session.chat.remove(message.id))}>
            <Trash2 size={13} />
          </IconButton>
        </span>
      )}
    </li>
  );
}

/** The moment and the strip that a message speaks of. */
function Links({ message: { at, until, stripId } }: { message: ChatMessage }) {
  const session = useSession();
  const strip = useMix((mix) => (stripId === undefined ? undefined : mix.strips.get(stripId)));
  return (
    <>
      {at !== undefined && (
        <button type="button" onClick={() => seek(session, at)} className={`${CHIP} mr-1.5`}>
          {stretch(at, until)}
        </button>
      )}
      {strip && (
        <button
          type="button"
          onClick={() => session.select(strip.id)}
          style={{ color: stripColor(strip.color) }}
          className="mr-1.5 rounded-sm font-semibold hover:underline"
        >
          {strip.name}
        </button>
      )}
    </>
  );
}

/** The text, its times as links. */
function Words({ body }: { body: string }) {
  const session = useSession();
  const length = useStore(session.engine.length);
  let from = 0;
  return spokenTimes(body, length).map((piece) => {
    const key = from;
    from += piece.text.length;
    if (!('at' in piece)) return <span key={key}>{piece.text}</span>;
    return (
      <button key={key} type="button" onClick={() => seek(session, piece.at)} className={CHIP}>
        {piece.text}
      </button>
    );
  });
}

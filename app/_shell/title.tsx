'use client';

import { useRef, useState } from 'react';
import { may } from '../../lib/access';
import { useMix, useSession, useStore } from '../_session';
import { attempt } from './toasts';
import { shortTime } from './words';

/** The song's title; who may edit the session types over it. */
export function Title() {
  const session = useSession();
  const title = useStore(session.info).title;
  const editable = may(useStore(session.role), 'session.edit');
  const [typed, setTyped] = useState<string | null>(null);

  // Told to the blur that follows at once, before anything renders again.
  const givenUp = useRef(false);

  const keep = () => {
    const text = typed?.trim() ?? '';
    const kept = !givenUp.current;
    givenUp.current = false;
    setTyped(null);
    if (kept && text && text !== title) void attempt(session.rename(text));
  };
  if (!editable) return <h1 className="min-w-0 truncate font-semibold text-base">{title}</h1>;
  return (
    <h1 className="-ml-1.5 min-w-24 max-w-[32vw] shrink-[2]">
      <input
        aria-label="Title of the session"
        value={typed ?? title}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => setTyped(title)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') {
            givenUp.current = true;
            event.currentTarget.blur();
          }
        }}
        className="block max-w-full truncate rounded-sm border border-transparent bg-transparent px-1.5 py-0.5 font-semibold text-base field-sizing-content hover:border-line focus:border-accent"
      />
    </h1>
  );
}

/** Key, tempo and length: what a musician asks first. */
export function SongFacts() {
  const session = useSession();
  const { key, tempo } = useMix((mix) => mix.settings);
  const length = useStore(session.engine.length);
  const facts = [key, `${Number(tempo.toFixed(2))} bpm`, length > 0 ? shortTime(length) : ''].filter((fact) => fact !== '');
  return <span className="hidden min-w-0 truncate text-quiet text-sm lg:inline">{facts.join(' · ')}</span>;
}

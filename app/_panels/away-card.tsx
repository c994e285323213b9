'use client';

import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { differenceWords } from '../../lib/mix';
import type { Away } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button, IconButton } from '../_shell/button';
import { Face } from '../_shell/face';
import { openHistory } from '../_shell/page-state';
import { ago, count } from '../_shell/words';
import { said } from './history-words';

/** What the others did while I was away: a line on opening, more when asked for, gone when dismissed. */
export function AwayCard() {
  const { history } = useSession();
  const away = useStore(history.away);
  const [open, setOpen] = useState(false);
  if (!away || away.since === null) return null;
  return (
    <aside aria-label="While you were away" data-testid="away" className="shrink-0 border-line border-b bg-raised">
      <div className="flex items-center gap-2 px-3 py-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-sm py-1 text-left text-sm"
        >
          <ChevronDown
            size={14}
            className={`shrink-0 text-quiet transition-transform motion-reduce:transition-none ${open ? '' : '-rotate-90'}`}
          />
          <span className="min-w-0 truncate">
            <span className="text-quiet">While you were away ({ago(away.since, Date.now())}): </span>
            {away.people.map(({ by, events }) => `${by.name} ${count(events, 'change', 'changes')}`).join(' · ')}
          </span>
        </button>
        <Button
          size="small"
          look="quiet"
          onPress={() => {
            openHistory();
            history.dismissAway();
          }}
        >
          History
        </Button>
        <IconButton label="Dismiss" look="quiet" size="small" onPress={() => history.dismissAway()}>
          <X size={14} />
        </IconButton>
      </div>
      {open && <Details away={away} />}
    </aside>
  );
}

function Details({ away }: { away: Away }) {
  return (
    <ul className="grid max-h-56 gap-x-6 gap-y-2 overflow-y-auto px-3 pb-3 pl-8 text-sm desk:grid-cols-2">
      {away.people.map((person) => (
        <li key={person.by.id} className="min-w-0">
          <span className="flex items-center gap-2 font-semibold">
            <Face user={person.by} size="small" /> {person.by.name}
          </span>
          <ul className="mt-1 flex flex-col gap-0.5 pl-7 text-quiet text-xs leading-5">
            {person.strips.map(({ strip, name, differences, more }) => (
              <li key={strip ?? ''}>
                <span className="text-text">{name || 'Song'}</span>{' '}
                {differences.map((one) => said(differenceWords(one, person)).replace(`${name} `, '')).join(', ')}
                {more > 0 && ` and ${more} more`}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

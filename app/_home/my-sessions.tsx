'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { BinnedSession, SessionInfo } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { Choose, INPUT } from '../_shell/field';
import { Bin } from './bin';
import { SessionCard } from './session-card';
import { foundSessions, ORDERS, type SessionOrder } from './session-order';

type Shelf = 'mine' | 'away' | 'bin';

interface MySessionsProps {
  readonly sessions: readonly SessionInfo[];
  readonly bin: readonly BinnedSession[];
  readonly onNew: () => void;
  readonly onChanged: () => void;
}

/** My sessions, those that I have put away, and the bin. */
export function MySessions({ sessions, bin, onNew, onChanged }: MySessionsProps) {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<SessionOrder>('changed');
  const [shelf, setShelf] = useState<Shelf>('mine');
  const away = sessions.filter(({ archived }) => archived);
  // A shelf that has become empty is left.
  const shown = (shelf === 'away' && away.length === 0) || (shelf === 'bin' && bin.length === 0) ? 'mine' : shelf;
  const found = foundSessions(shown === 'away' ? away : sessions.filter(({ archived }) => !archived), search, order);
  return (
    <section aria-labelledby="my-sessions" className="pt-6">
      <div className="mb-5 grid grid-cols-2 items-center gap-2.5 sm:flex">
        <h1 id="my-sessions" className="mr-auto font-semibold text-2xl max-sm:col-span-2">
          My sessions
        </h1>
        <input
          type="search"
          aria-label="Search my sessions"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={`${INPUT} !h-8 !text-sm sm:!w-48`}
        />
        <Choose label="Order" hideLabel value={order} choices={ORDERS} onChange={setOrder} />
        <Link
          href="/demo"
          data-testid="open-demo"
          className="inline-flex h-8 items-center justify-center rounded-md border border-line bg-raised px-3 text-sm hover:bg-hover"
        >
          Demo song
        </Link>
        <Button look="primary" onPress={onNew}>
          <Plus size={15} /> New session
        </Button>
      </div>
      {away.length + bin.length > 0 && <Shelves shown={shown} away={away.length} bin={bin.length} onChoose={setShelf} />}
      {shown === 'bin' ? (
        <Bin sessions={bin} onChanged={onChanged} />
      ) : (
        <>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {found.map((session) => (
              <SessionCard key={session.id} session={session} onChanged={onChanged} />
            ))}
          </ul>
          {found.length === 0 && (
            <p className="py-16 text-center text-quiet">
              {search === ''
                ? 'No session stands here. Begin a new one, or drop stems on this page.'
                : `No session has “${search}” in its title or among its people.`}
            </p>
          )}
          <p className="mt-8 text-center text-quiet text-sm">
            Drop stems, a folder or a ZIP anywhere on this page to begin a new session with them.
          </p>
        </>
      )}
    </section>
  );
}

const NAMES: Readonly<Record<Shelf, string>> = { mine: 'At hand', away: 'Put away', bin: 'Bin' };

function Shelves({ shown, away, bin, onChoose }: { shown: Shelf; away: number; bin: number; onChoose(shelf: Shelf): void }) {
  const counts = { mine: 1, away, bin };
  return (
    <div className="mb-4 flex gap-1">
      {(['mine', 'away', 'bin'] as const)
        .filter((shelf) => counts[shelf] > 0)
        .map((shelf) => (
          <button
            key={shelf}
            type="button"
            aria-pressed={shown === shelf}
            onClick={() => onChoose(shelf)}
            className={`h-7 rounded-sm px-2.5 text-sm ${shown === shelf ? 'bg-hover text-text' : 'text-quiet hover:text-text'}`}
          >
            {NAMES[shelf]} {shelf !== 'mine' && <span className="text-quiet">{counts[shelf]}</span>}
          </button>
        ))}
    </div>
  );
}

'use client';

import { Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/client';
import type { BinnedSession } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { attempt, tell } from '../_shell/toasts';
import { ago, count, shortTime } from '../_shell/words';

const DAY = 24 * 3600 * 1000;

/** Deleted sessions of mine: each comes back, or goes for good. */
export function Bin({ sessions, onChanged }: { sessions: readonly BinnedSession[]; onChanged(): void }) {
  return (
    <>
      <p className="mb-4 text-quiet text-sm">Deleted sessions stay here for thirty days, with their stems, mix and comments.</p>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {sessions.map((session) => (
          <Binned key={session.id} session={session} onChanged={onChanged} />
        ))}
      </ul>
      {sessions.length === 0 && <p className="py-16 text-center text-quiet">The bin is empty.</p>}
    </>
  );
}

function Binned({ session, onChanged }: { session: BinnedSession; onChanged(): void }) {
  const [asking, setAsking] = useState(false);
  const { id, title, seconds, deletedAt, erasedAt } = session;
  const days = Math.max(0, Math.ceil((erasedAt - Date.now()) / DAY));
  const restore = async () => {
    if (await attempt(api.restoreSession(id))) tell({ level: 'info', text: `“${title}” is back, for everybody who was in it.` });
    onChanged();
  };
  const erase = async () => {
    await attempt(api.eraseSession(id));
    onChanged();
  };
  return (
    <li data-testid="binned" className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block truncate font-semibold">{title}</span>
        <span className="text-quiet text-xs">
          {seconds > 0 ? `${shortTime(seconds)} · ` : ''}deleted {ago(deletedAt, Date.now())}
          {Date.now() - deletedAt > 60_000 ? ' ago' : ''} · erased in {count(days, 'day', 'days')}
        </span>
      </span>
      <Button onPress={() => void restore()} aria-label={`Bring “${title}” back`}>
        <Undo2 size={14} /> Bring back
      </Button>
      <Button look="danger" onPress={() => setAsking(true)} aria-label={`Erase “${title}” now`}>
        <Trash2 size={14} /> Erase now
      </Button>
      <Confirm
        title={`Erase “${title}” for good?`}
        isOpen={asking}
        action="Erase"
        onClose={() => setAsking(false)}
        onConfirm={() => void erase()}
      >
        Its stems, mix, history and comments are gone for everybody. Nobody can bring them back.
      </Confirm>
    </li>
  );
}

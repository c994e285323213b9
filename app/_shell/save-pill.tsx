'use client';

import { Check, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { SaveState } from '../../lib/client';
import { exhaustive } from '../../lib/std';
import { useSession, useStore } from '../_session';
import { count } from './words';

const kept = (changes: number) => (changes > 0 ? `, ${count(changes, 'change', 'changes')} kept here` : '');

function look(saved: SaveState) {
  switch (saved.state) {
    case 'saved':
      return { icon: <Check size={13} />, text: 'saved', color: 'text-ok', help: 'Everything is on the server’s disk.' };
    case 'saving':
      return {
        icon: <LoaderCircle size={13} />,
        text: 'saving',
        color: 'text-quiet',
        help: 'The last changes are on their way to the disk.',
      };
    case 'offline':
      return {
        icon: <CloudOff size={13} />,
        text: `offline${kept(saved.kept)}`,
        color: 'text-solo',
        help: 'The connection is gone. You can go on mixing; your changes are kept in this browser and sent when it is back.',
      };
    case 'refused':
      return {
        icon: <TriangleAlert size={13} />,
        text: saved.kept > 0 ? `not saved${kept(saved.kept)}` : 'closed',
        color: 'text-record',
        help: saved.why,
      };
    default:
      return exhaustive(saved);
  }
}

/** How safe the work is, always in sight. */
export function SavePill() {
  const saved = useStore(useSession().saved);
  const { icon, text, color, help } = look(saved);
  return (
    <span
      role="status"
      title={help}
      data-testid="save-state"
      data-state={saved.state}
      className={`inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-raised px-2.5 text-xs ${color}`}
    >
      {icon}
      {text}
      {saved.state === 'refused' && (
        <>
          <span className="hidden max-w-80 truncate text-text desk:inline">{saved.why}</span>
          <button type="button" onClick={() => window.location.reload()} className="rounded-sm text-accent hover:underline">
            Open again
          </button>
        </>
      )}
    </span>
  );
}

'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Stem } from '../../../lib/protocol';
import { useSession, useStore } from '../../_session';
import { IconButton } from '../../_shell/button';
import { Confirm } from '../../_shell/dialog';
import { attempt } from '../../_shell/toasts';
import { signed } from './figures';

function stateOf({ status, progress, loudness, error }: Stem): string {
  if (status === 'failed') return error ?? 'This file could not be used.';
  if (status === 'receiving') return `arriving ${Math.round(progress * 100)} %`;
  if (status === 'processing') return `preparing ${Math.round(progress * 100)} %`;
  return loudness === null ? 'silent' : `${signed(loudness)} LUFS`;
}

/** One reference: chosen by pressing it. */
export function ReferenceRow({ reference, writes }: { reference: Stem; writes: boolean }) {
  const { references, stems } = useSession();
  const compared = useStore(references.compared) === reference.id;
  const [asking, setAsking] = useState(false);
  return (
    <li className={`flex items-center border-line border-b ${compared ? 'bg-raised shadow-[inset_2px_0_var(--color-accent)]' : ''}`}>
      <button
        type="button"
        aria-pressed={compared}
        disabled={reference.status !== 'ready'}
        onClick={() => references.compare(reference.id)}
        className="flex min-w-0 flex-1 items-baseline gap-2 px-3 py-2 text-left outline-offset-[-2px] hover:bg-raised"
      >
        <span className="min-w-0 flex-1 truncate text-sm">{reference.name}</span>
        <span className={`shrink-0 text-xs tabular-nums ${reference.status === 'failed' ? 'text-record' : 'text-quiet'}`}>
          {stateOf(reference)}
        </span>
      </button>
      {writes && (
        <IconButton label={`Remove ${reference.name}`} size="small" look="quiet" onPress={() => setAsking(true)} className="mr-2">
          <Trash2 size={13} />
        </IconButton>
      )}
      <Confirm
        title={`Remove “${reference.name}”?`}
        isOpen={asking}
        action="Remove"
        onClose={() => setAsking(false)}
        onConfirm={() => void attempt(stems.remove(reference.id))}
      >
        Nobody in this session can compare with it any more. The mix stays as it is.
      </Confirm>
    </li>
  );
}

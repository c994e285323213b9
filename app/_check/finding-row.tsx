'use client';

import { ChevronRight, Play } from 'lucide-react';
import { useId, useState } from 'react';
import type { Finding } from '../../lib/analysis';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { tell } from '../_shell/toasts';
import { stripColor } from '../palette';
import { moment, titleOf } from './words';

/** One finding: a line, and opened what was measured, why it matters, and what can be done about it. */
export function FindingRow({ finding }: { finding: Finding }) {
  const { transport } = useSession();
  const [open, setOpen] = useState(false);
  const id = useId();
  const strip = useMix((mix) => mix.strips.get(finding.strips[0] ?? ''));
  const { at } = finding;
  return (
    <li data-testid="finding" data-finding={finding.id} className={`border-line border-b ${open ? 'bg-raised' : ''}`}>
      <div className="flex items-start" style={{ boxShadow: `inset 2px 0 ${stripColor(strip?.color ?? 9)}` }}>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-start gap-1.5 py-2 pr-2 pl-3 text-left outline-offset-[-2px] hover:bg-raised"
        >
          <ChevronRight size={14} aria-hidden className={`mt-0.5 shrink-0 text-quiet transition-transform ${open ? 'rotate-90' : ''}`} />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-semibold text-sm leading-5">{strip?.name ?? 'The mix'}</span>
            <span className="block truncate text-quiet text-xs leading-4">{titleOf(finding)}</span>
          </span>
        </button>
        {at !== undefined && (
          <button
            type="button"
            onClick={() => transport.seek(at)}
            className="m-1.5 rounded-sm px-1.5 py-1 font-semibold text-accent text-xs tabular-nums hover:bg-hover"
          >
            <span className="sr-only">Go to </span>
            {moment(at)}
          </button>
        )}
      </div>
      {open && (
        <div id={id} className="space-y-2 px-3 pb-3 pl-8 text-sm leading-5">
          <p>{finding.measure}</p>
          <p className="text-quiet">{finding.why}</p>
          <Actions finding={finding} />
        </div>
      )}
    </li>
  );
}

/** Hear a fix, apply it, or leave things as they are. */
function Actions({ finding }: { finding: Finding }) {
  const { check, desk } = useSession();
  const writable = useStore(desk.writable);
  const heard = useStore(check.auditioned) === finding.id;
  const left = useStore(check.setAside).has(finding.id);
  const mend = () => {
    const done = check.mend(finding);
    if (!done.ok) tell({ level: 'warning', text: done.error });
  };
  return (
    <>
      {finding.fix && (
        <p className="rounded-sm border border-line bg-bg px-2 py-1.5 text-xs">
          <span className="text-quiet">One way: </span>
          {finding.fix.words}
        </p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {finding.fix && (
          <Button size="small" look={heard ? 'primary' : 'plain'} aria-pressed={heard} onPress={() => check.hear(heard ? null : finding)}>
            <Play size={11} aria-hidden /> {heard ? 'Hearing it' : 'Hear it'}
            <span className="sr-only">; only you hear it, as loud as without</span>
          </Button>
        )}
        {finding.fix && (writable || heard) && (
          <Button size="small" onPress={mend}>
            Apply
          </Button>
        )}
        <Button size="small" look="quiet" onPress={() => check.leave(finding.id, !left)}>
          {left ? 'Back to the list' : 'Leave it'}
        </Button>
      </div>
    </>
  );
}

'use client';

import { MessageSquare } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { api } from '../../lib/client';
import type { SessionInfo } from '../../lib/protocol';
import { UnreadMark } from '../_comments/unread-mark';
import { Confirm } from '../_shell/dialog';
import { Face } from '../_shell/face';
import { INPUT } from '../_shell/field';
import { attempt, tell } from '../_shell/toasts';
import { ago, shortTime } from '../_shell/words';
import { CardMenu, type CardTask } from './card-menu';
import { DuplicateDialog } from './duplicate-dialog';

const SHOWN_FACES = 5;
const WAVE_HEIGHT = 40;

/** One session: what it sounds like at a glance, how long, with whom, when last. */
export function SessionCard({ session, onChanged }: { session: SessionInfo; onChanged(): void }) {
  const [renaming, setRenaming] = useState(false);
  const [asking, setAsking] = useState(false);
  const [copying, setCopying] = useState(false);
  // The field's blur comes with its going; what was given up is not kept by it.
  const givenUp = useRef(false);
  const rename = async (title: string) => {
    setRenaming(false);
    if (givenUp.current || !title.trim() || title.trim() === session.title) return;
    await attempt(api.changeSession(session.id, { title: title.trim() }));
    onChanged();
  };
  const archive = async () => {
    const put = await attempt(api.archiveSession(session.id, !session.archived));
    if (put?.archived) tell({ level: 'info', text: `“${session.title}” is put away. You find it under “Put away”; the others keep it.` });
    onChanged();
  };
  const begin = (task: CardTask) => {
    if (task === 'archive') void archive();
    else if (task === 'delete') setAsking(true);
    else if (task === 'duplicate') setCopying(true);
    else {
      givenUp.current = false;
      setRenaming(true);
    }
  };
  const remove = async () => {
    await attempt(api.removeSession(session.id));
    onChanged();
  };
  return (
    <li
      data-testid="session-card"
      className="group relative flex flex-col rounded-lg border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong hover:bg-raised"
    >
      <SmallWave wave={session.wave} />
      <div className="flex flex-1 flex-col gap-2 p-4 pt-3">
        <div className="flex items-start gap-2">
          {renaming ? (
            <input
              ref={typeOver}
              aria-label={`New title of ${session.title}`}
              defaultValue={session.title}
              maxLength={200}
              onBlur={(event) => void rename(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') event.currentTarget.blur();
                if (event.key === 'Escape') {
                  givenUp.current = true;
                  setRenaming(false);
                }
              }}
              className={`${INPUT} relative z-10 h-8`}
            />
          ) : (
            <h3 className="min-w-0 flex-1 truncate font-semibold text-base">
              {/* The link's area is the whole card. */}
              <Link href={`/s/${session.id}`} className="after:absolute after:inset-0 after:rounded-lg">
                {session.title}
              </Link>
            </h3>
          )}
          <CardMenu session={session} onTask={begin} />
        </div>
        <div className="mt-auto flex items-center justify-between gap-3 text-quiet text-xs">
          <span className="flex items-center">
            {session.people.slice(0, SHOWN_FACES).map((person) => (
              <span key={person.id} title={person.name} className="relative -ml-1 rounded-full border-2 border-surface first:ml-0">
                <Face user={person} size="small" />
              </span>
            ))}
            {session.people.length > SHOWN_FACES && <span className="ml-1">+{session.people.length - SHOWN_FACES}</span>}
          </span>
          {session.unread > 0 && (
            <span className="flex shrink-0 items-center gap-1 text-text" data-testid="unread">
              <MessageSquare aria-hidden="true" size={13} className="text-accent" />
              <UnreadMark count={session.unread} />
              {session.mentioned > 0 && <span className="font-semibold text-accent">@you</span>}
            </span>
          )}
          <span className="flex-1" />
          <span className="whitespace-nowrap">
            {session.demo ? 'demo · ' : ''}
            {session.seconds > 0 ? `${shortTime(session.seconds)} · ` : 'no stems yet · '}
            {ago(session.changedAt, Date.now())}
          </span>
        </div>
      </div>
      <Confirm
        title={`Delete “${session.title}”?`}
        isOpen={asking}
        action="Delete"
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
      >
        The session closes for everybody in it. It lies in your bin for thirty days, with its stems, mix and comments; until then you can
        bring it back.
      </Confirm>
      <DuplicateDialog session={session} isOpen={copying} onClose={() => setCopying(false)} />
    </li>
  );
}

/** The field takes the place of the title that was just chosen for renaming. */
function typeOver(field: HTMLInputElement | null): void {
  field?.select();
}

function SmallWave({ wave }: { wave: readonly number[] }) {
  const loudest = Math.max(1e-3, ...wave);
  const path = wave
    .map((peak, index) => {
      const half = Math.max(0.5, (peak / loudest) * (WAVE_HEIGHT / 2 - 1));
      return `M${index * 3 + 1.5} ${(WAVE_HEIGHT / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
    })
    .join('');
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${Math.max(1, wave.length) * 3} ${WAVE_HEIGHT}`}
      preserveAspectRatio="none"
      className="h-20 w-full rounded-t-lg bg-bg px-4 py-3 text-accent/70 group-hover:text-accent"
    >
      {wave.length > 0 ? (
        <path d={path} stroke="currentColor" strokeWidth="2" fill="none" />
      ) : (
        <path d={`M0 ${WAVE_HEIGHT / 2}h3`} stroke="#2a313c" strokeWidth="1" />
      )}
    </svg>
  );
}

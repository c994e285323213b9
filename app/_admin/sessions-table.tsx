'use client';

import { useState } from 'react';
import { admin } from '../../lib/client';
import type { AdminSession } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { attempt } from '../_shell/toasts';
import { ago } from '../_shell/words';
import { bytesInWords } from './bytes';
import { CELL, type Column, NUMBER, Table } from './table';
import { useList } from './use-list';

const COLUMNS: readonly Column[] = [
  ['Title', 'left'],
  ['Owner', 'left'],
  ['People', 'right'],
  ['Stems', 'right'],
  ['Kept', 'right'],
  ['Changed', 'left'],
  ['What can be done', 'right'],
];

/** Every session: whose it is, what it keeps; deleting one and taking that back. */
export function SessionsTable({ look, onChanged }: { look: number; onChanged(): Promise<void> }) {
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<AdminSession | null>(null);
  const { items, more } = useList(admin.sessions, look, search);
  const act = async (work: Promise<unknown>) => {
    await attempt(work);
    await onChanged();
  };
  return (
    <>
      <Table
        title="Sessions"
        columns={COLUMNS}
        more={more}
        empty={search === '' ? 'There is no session yet.' : `No session has “${search}” in its title or owner.`}
        search={{ label: 'Search sessions by title or owner', text: search, onChange: setSearch }}
        rows={
          items?.map((session) => (
            <Row
              key={session.id}
              session={session}
              onDelete={() => setAsked(session)}
              onRestore={() => void act(admin.restoreSession(session.id))}
            />
          )) ?? null
        }
      />
      <Confirm
        title="Delete this session?"
        isOpen={asked !== null}
        action="Delete"
        onClose={() => setAsked(null)}
        onConfirm={() => asked && void act(admin.deleteSession(asked.id))}
      >
        “{asked?.title}” closes for everybody at once. It can be brought back here for thirty days; then it is erased with its stems.
      </Confirm>
    </>
  );
}

function Row({ session, onDelete, onRestore }: { session: AdminSession; onDelete(): void; onRestore(): void }) {
  const deleted = session.deletedAt !== null;
  return (
    <tr className={deleted ? 'text-quiet' : ''}>
      <td className={`${CELL} max-w-64 truncate`}>{session.title}</td>
      <td className={`${CELL} max-w-48 truncate`}>{session.owner ?? '–'}</td>
      <td className={NUMBER}>{session.members}</td>
      <td className={NUMBER}>{session.stems}</td>
      <td className={NUMBER}>{bytesInWords(session.bytes)}</td>
      <td className={CELL}>{deleted ? `deleted ${ago(session.deletedAt ?? 0, Date.now())}` : ago(session.changedAt, Date.now())}</td>
      <td className={`${CELL} text-right`}>
        {deleted ? (
          <Button size="small" aria-label={`Bring ${session.title} back`} onPress={onRestore}>
            Bring back
          </Button>
        ) : (
          <Button size="small" look="danger" aria-label={`Delete ${session.title}`} onPress={onDelete}>
            Delete …
          </Button>
        )}
      </td>
    </tr>
  );
}

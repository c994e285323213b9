'use client';

import { useCallback, useState } from 'react';
import { admin } from '../../lib/client';
import type { AdminJob } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { Confirm } from '../_shell/dialog';
import { attempt } from '../_shell/toasts';
import { ago } from '../_shell/words';
import { bytesInWords } from './bytes';
import { CELL, type Column, NUMBER, Table } from './table';
import { useList } from './use-list';

const COLUMNS: readonly Column[] = [
  ['File', 'left'],
  ['Session', 'left'],
  ['Size', 'right'],
  ['State', 'left'],
  ['Came', 'left'],
  ['What can be done', 'right'],
];

/** Files that wait or are worked on; beginning anew with one, or stopping it. */
export function JobsTable({ look, onChanged }: { look: number; onChanged(): Promise<void> }) {
  const [asked, setAsked] = useState<AdminJob | null>(null);
  const load = useCallback(() => admin.jobs(), []);
  const { items, more } = useList(load, look);
  const act = async (work: Promise<unknown>) => {
    await attempt(work);
    await onChanged();
  };
  return (
    <>
      <Table
        title="Files at work"
        columns={COLUMNS}
        more={more}
        empty="No file waits or is worked on."
        rows={
          items?.map((job) => (
            <tr key={job.stemId}>
              <td className={`${CELL} max-w-64 truncate`}>{job.filename}</td>
              <td className={`${CELL} max-w-48 truncate`}>{job.sessionTitle}</td>
              <td className={NUMBER}>{bytesInWords(job.bytes)}</td>
              <td className={CELL}>{stateOf(job)}</td>
              <td className={CELL}>{ago(job.since, Date.now())}</td>
              <td className={`${CELL} space-x-2 text-right`}>
                <Button size="small" aria-label={`Begin anew with ${job.filename}`} onPress={() => void act(admin.retryJob(job.stemId))}>
                  Begin anew
                </Button>
                <Button size="small" look="danger" aria-label={`Stop ${job.filename}`} onPress={() => setAsked(job)}>
                  Stop …
                </Button>
              </td>
            </tr>
          )) ?? null
        }
      />
      <Confirm
        title="Stop the work on this file?"
        isOpen={asked !== null}
        action="Stop"
        onClose={() => setAsked(null)}
        onConfirm={() => asked && void act(admin.stopJob(asked.stemId))}
      >
        “{asked?.filename}” is removed and its strip with it. Whoever sent it is told, and can send it again.
      </Confirm>
    </>
  );
}

function stateOf({ state, progress, attempts }: AdminJob): string {
  const interrupted = attempts > 1 ? `, begun ${attempts} times` : '';
  return state === 'waiting' ? `waits${interrupted}` : `${Math.round(progress * 100)} %${interrupted}`;
}

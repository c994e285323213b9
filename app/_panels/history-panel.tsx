'use client';

import { useEffect, useState } from 'react';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Choose } from '../_shell/field';
import { attempt } from '../_shell/toasts';
import { HistoryRow } from './history-row';

const ALL = '';
const HOUR = 3_600_000;
const TIMES = [
  { value: ALL, label: 'Any time' },
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Today' },
  { value: 'week', label: 'Last 7 days' },
] as const;

/** From when on, for one of `TIMES`. */
function sinceOf(time: string, now: number): number | null {
  if (time === 'hour') return now - HOUR;
  if (time === 'day') return new Date(now).setHours(0, 0, 0, 0);
  return time === 'week' ? now - 7 * 24 * HOUR : null;
}

/** What was done to the mix, the newest first: by whom, on which strip, from what to what. */
export function HistoryPanel() {
  const { history } = useSession();
  useEffect(() => history.watch(), [history]);
  const list = useStore(history.list);
  const next = useStore(history.next);
  return (
    <section aria-label="History" className="flex min-h-0 flex-1 flex-col">
      <Filters />
      <ol className="min-h-0 flex-1 overflow-y-auto" data-testid="history" onKeyDown={(event) => step(event)}>
        {list?.map((event, index) => (
          <HistoryRow key={event.id} event={event} newDay={!sameDay(event.at, list[index - 1]?.at)} />
        ))}
        {list?.length === 0 && <Nothing />}
        {next !== null && (
          <li className="grid place-items-center py-3">
            <Button size="small" look="quiet" onPress={() => void attempt(history.older())}>
              Earlier
            </Button>
          </li>
        )}
      </ol>
    </section>
  );
}

function Nothing() {
  const { user, strip, since } = useStore(useSession().history.filter);
  return (
    <li className="text-balance px-4 py-8 text-center text-quiet text-sm">
      {user === null && strip === null && since === null
        ? 'Nothing has been done to this mix yet. Whatever anybody moves stands here, and can be taken back.'
        : 'Nothing that fits. Choose somebody else, another strip or a longer time.'}
    </li>
  );
}

function Filters() {
  const { history, people } = useSession();
  const filter = useStore(history.filter);
  const members = useStore(people.members);
  const strips = useMix((mix) => mix.strips);
  const [time, setTime] = useState<string>(ALL);
  return (
    <div className="flex gap-1.5 border-line border-b px-3 py-1.5">
      <Choose
        label="By whom"
        hideLabel
        value={filter.user ?? ALL}
        choices={[{ value: ALL, label: 'Everybody' }, ...members.map(({ user }) => ({ value: user.id, label: user.name }))]}
        onChange={(user) => history.setFilter({ ...filter, user: user || null })}
        className="h-7 w-full min-w-0 text-xs"
      />
      <Choose
        label="On which strip"
        hideLabel
        value={filter.strip ?? ALL}
        choices={[{ value: ALL, label: 'All strips' }, ...[...strips.values()].map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(strip) => history.setFilter({ ...filter, strip: strip || null })}
        className="h-7 w-full min-w-0 text-xs"
      />
      <Choose
        label="From when on"
        hideLabel
        value={time}
        choices={TIMES}
        onChange={(next) => {
          setTime(next);
          history.setFilter({ ...filter, since: sinceOf(next, Date.now()) });
        }}
        className="h-7 w-full min-w-0 text-xs"
      />
    </div>
  );
}

const sameDay = (a: number, b: number | undefined): boolean => b !== undefined && new Date(a).toDateString() === new Date(b).toDateString();

/** Up and down go from row to row. */
function step(event: React.KeyboardEvent<HTMLOListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.parentElement?.contains(document.activeElement));
  const to = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

'use client';

import { Ellipsis, Search } from 'lucide-react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { create } from 'zustand';
import { useMix, useSession, useStore } from '../_session';
import { IconToggle } from '../_shell/button';
import { Choose, INPUT } from '../_shell/field';
import { setPage } from '../_shell/page-state';
import { attempt } from '../_shell/toasts';
import { ALL_OPEN, type CommentFilter } from './comment-order';

interface Filtering extends CommentFilter {
  readonly open: boolean;
}

/** What of the comments this page lists. */
export const useFilter = create<Filtering>(() => ({ ...ALL_OPEN, open: false }));
export const setFilter = (change: Partial<Filtering>): void => useFilter.setState(change);

const NAMES = { open: 'Open', unread: 'Unread', resolved: 'Resolved' } as const;
const ALL = '';

/** How many there are of each kind, and the rows by which one looks for some. */
export function Filters() {
  const { comments } = useSession();
  const all = useStore(comments.list);
  const unread = useStore(comments.unread);
  const { show, open } = useFilter();
  if (all.length === 0) return null;
  const resolved = all.filter(({ status }) => status === 'resolved').length;
  const counts = { open: all.length - resolved, unread: unread.size, resolved };
  return (
    <div className="border-line border-b">
      <div className="flex items-center gap-1 px-3 py-1.5">
        {(['open', 'unread', 'resolved'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={show === name}
            onClick={() => setFilter({ show: name })}
            className={`h-6 rounded-sm px-2 text-xs ${show === name ? 'bg-hover text-text' : 'text-quiet hover:text-text'}`}
          >
            {NAMES[name]} <span className={name === 'unread' && unread.size > 0 ? 'text-accent' : ''}>{counts[name]}</span>
          </button>
        ))}
        <span className="flex-1" />
        <IconToggle
          label="Look for comments"
          on={open}
          onChange={(on) => setFilter(on ? { open: true } : { ...ALL_OPEN, show, open: false })}
          className="!h-6 !min-w-6 !px-1"
        >
          <Search size={13} />
        </IconToggle>
        <More />
      </div>
      {open && <Look />}
    </div>
  );
}

function Look() {
  const { people } = useSession();
  const { person, strip, search } = useFilter();
  const members = useStore(people.members);
  const strips = useMix((mix) => mix.strips);
  return (
    <div className="grid grid-cols-2 gap-1.5 px-3 pb-2">
      <input
        type="search"
        aria-label="Words in comments"
        placeholder="Words"
        value={search}
        onChange={(event) => setFilter({ search: event.target.value })}
        className={`${INPUT} col-span-2 !h-7 !px-2 !text-xs`}
      />
      <Choose
        label="By or to whom"
        hideLabel
        value={person ?? ALL}
        choices={[{ value: ALL, label: 'Everybody' }, ...members.map(({ user }) => ({ value: user.id, label: user.name }))]}
        onChange={(user) => setFilter({ person: user || null })}
        className="!h-7 w-full min-w-0 text-xs"
      />
      <Choose
        label="On which strip"
        hideLabel
        value={strip ?? ALL}
        choices={[{ value: ALL, label: 'All strips' }, ...[...strips.values()].map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => setFilter({ strip: id || null })}
        className="!h-7 w-full min-w-0 text-xs"
      />
    </div>
  );
}

const ITEM = 'cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[disabled]:opacity-45 data-[focused]:bg-hover';

function More() {
  const { comments } = useSession();
  const unread = useStore(comments.unread);
  return (
    <MenuTrigger>
      <AriaButton
        aria-label="More about the comments"
        className="grid size-6 shrink-0 place-items-center rounded-sm text-quiet data-[hovered]:bg-hover data-[hovered]:text-text"
      >
        <Ellipsis size={15} />
      </AriaButton>
      <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
        <Menu
          className="outline-none"
          disabledKeys={unread.size > 0 ? [] : ['read']}
          onAction={(key) => (key === 'read' ? void attempt(comments.markRead()) : setPage({ dialog: 'export comments' }))}
        >
          <MenuItem id="read" className={ITEM}>
            Mark all as read
          </MenuItem>
          <MenuItem id="export" className={ITEM}>
            Export the comments…
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

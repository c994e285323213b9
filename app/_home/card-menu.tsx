'use client';

import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { may } from '../../lib/access';
import type { SessionInfo } from '../../lib/protocol';

export type CardTask = 'rename' | 'duplicate' | 'archive' | 'delete';

const ITEM = 'cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[focused]:bg-hover';

/** What can be done with a session from outside. */
export function CardMenu({ session, onTask }: { session: SessionInfo; onTask(task: CardTask): void }) {
  const { role, archived } = session;
  const items: readonly { readonly task: CardTask; readonly label: string; readonly allowed: boolean }[] = [
    { task: 'rename', label: 'Rename', allowed: may(role, 'session.edit') },
    { task: 'duplicate', label: 'Copy…', allowed: may(role, 'session.copy') },
    { task: 'archive', label: archived ? 'Back among my sessions' : 'Put away', allowed: true },
    { task: 'delete', label: 'Delete', allowed: may(role, 'session.delete') },
  ];
  return (
    <MenuTrigger>
      <Button
        aria-label={`More about ${session.title}`}
        className="relative z-10 -mt-1 -mr-2 rounded-sm p-1.5 text-quiet data-[hovered]:bg-hover data-[hovered]:text-text"
      >
        <Ellipsis size={16} />
      </Button>
      <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
        <Menu className="outline-none" onAction={(key) => onTask(key as CardTask)}>
          {items
            .filter(({ allowed }) => allowed)
            .map(({ task, label }) => (
              <MenuItem key={task} id={task} className={`${ITEM} ${task === 'delete' ? 'text-record' : ''}`}>
                {label}
              </MenuItem>
            ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

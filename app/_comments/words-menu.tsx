'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Confirm } from '../_shell/dialog';

interface WordsMenuProps {
  what: 'comment' | 'reply';
  /** What goes with it, as a sentence. */
  warning?: string;
  /** Missing for who did not write it. */
  onEdit?(): void;
  onDelete(): void;
}

const ITEM = 'cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[focused]:bg-hover';

/** Edit and delete, for what somebody wrote. Deleting asks first. */
export function WordsMenu({ what, warning = '', onEdit, onDelete }: WordsMenuProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <MenuTrigger>
        <Button
          aria-label={`More about this ${what}`}
          className="-mr-1.5 shrink-0 rounded-sm p-0.5 text-quiet data-[hovered]:bg-hover data-[hovered]:text-text"
        >
          <Ellipsis size={15} />
        </Button>
        <Popover placement="bottom end" className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl">
          <Menu className="outline-none" onAction={(key) => (key === 'edit' ? onEdit?.() : setAsking(true))}>
            {onEdit && (
              <MenuItem id="edit" className={ITEM}>
                Edit
              </MenuItem>
            )}
            <MenuItem id="delete" className={`${ITEM} text-record`}>
              Delete
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Confirm title={`Delete this ${what}?`} isOpen={asking} action="Delete" onClose={() => setAsking(false)} onConfirm={onDelete}>
        {warning} This cannot be taken back.
      </Confirm>
    </>
  );
}

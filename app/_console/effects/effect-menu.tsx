'use client';

import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { copyInsert, INSERT_NAMES, type Insert, insertsOf, MOST_INSERTS, moveInsert, removeInsert } from '../../../lib/mix';
import { useMix, useSession } from '../../_session';
import { sameList } from '../row';
import { useApply } from '../use-apply';
import { ITEM, SHEET } from './menu-look';

/** What can be done with one effect of a chain, without a mouse too. */
export function EffectMenu({ insert }: { insert: Insert }) {
  const { desk } = useSession();
  const apply = useApply();
  const chain = useMix((mix) => insertsOf(mix, insert.strip), sameList);
  const name = INSERT_NAMES[insert.type];
  const place = chain.findIndex(({ id }) => id === insert.id);
  const moveBefore = (before: Insert | undefined) => apply(moveInsert(desk.mix.get(), insert.id, before?.id ?? null));
  return (
    <MenuTrigger>
      <Button
        aria-label={`${name} effect menu`}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-quiet outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[hovered]:bg-hover data-[hovered]:text-text pointer-coarse:size-9"
      >
        <Ellipsis size={13} />
      </Button>
      <Popover className={SHEET}>
        <Menu aria-label={`${name} effect menu`} className="outline-none">
          <MenuItem className={ITEM} isDisabled={place <= 0} onAction={() => moveBefore(chain[place - 1])}>
            Move up
          </MenuItem>
          <MenuItem className={ITEM} isDisabled={place === chain.length - 1} onAction={() => moveBefore(chain[place + 2])}>
            Move down
          </MenuItem>
          <MenuItem
            className={ITEM}
            isDisabled={chain.length >= MOST_INSERTS}
            onAction={() => apply(copyInsert(desk.mix.get(), insert.id))}
          >
            Copy
          </MenuItem>
          <Separator className="my-1 border-line border-t" />
          <MenuItem className={`${ITEM} text-record`} onAction={() => apply(removeInsert(insert.id))}>
            Remove
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

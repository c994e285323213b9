'use client';

import { Plus } from 'lucide-react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import {
  addInsert,
  FAMILY_OF,
  INSERT_FAMILIES,
  INSERT_NAMES,
  INSERT_TYPES,
  type InsertType,
  insertsOf,
  MOST_INSERTS,
  type Strip,
} from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { useApply } from '../use-apply';
import { BUTTON, HEADING, ITEM, SHEET } from './menu-look';
import { openEffect } from './selected-effect';

/** Every family with its effects, from the table; families without any are left out. */
const OFFERED = INSERT_FAMILIES.map((family) => ({ family, types: INSERT_TYPES.filter((type) => FAMILY_OF[type] === family) })).filter(
  ({ types }) => types.length > 0,
);

/** Adds an effect at the end of a strip's chain and opens it. */
export function AddEffect({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const full = useMix((mix) => insertsOf(mix, strip.id).length >= MOST_INSERTS);
  if (!useStore(desk.writable)) return null;
  const add = (type: InsertType) => {
    const changes = addInsert(desk.mix.get(), strip.id, type);
    apply(changes);
    const [change] = changes;
    if (change) openEffect(strip.id, change.id);
  };
  return (
    <MenuTrigger>
      <Button className={`${BUTTON} w-full justify-center`} isDisabled={full} aria-label={`Add an effect to ${strip.name}`}>
        <Plus size={13} aria-hidden="true" />
        {full ? `${MOST_INSERTS} effects are the most` : 'Add effect'}
      </Button>
      <Popover className={SHEET}>
        <Menu aria-label="Effects" className="outline-none" onAction={(key) => add(key as InsertType)}>
          {OFFERED.map(({ family, types }) => (
            <MenuSection key={family} id={family}>
              <Header className={HEADING}>{family}</Header>
              {types.map((type) => (
                <MenuItem key={type} id={type} className={ITEM}>
                  {INSERT_NAMES[type]}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

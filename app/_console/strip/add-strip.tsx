'use client';

import { Plus } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { addAux, addGroup, addVca, type Change, type Mix, type StripId } from '../../../lib/mix';
import { newId } from '../../../lib/std';
import { useSession, useStore } from '../../_session';
import { clearPicked, picked } from '../picked';
import { useApply } from '../use-apply';
import { ITEM, SHEET } from './menu-look';

/** A name nobody has: `Group`, `Group 2`, … */
function freeName(mix: Mix, name: string): string {
  const taken = new Set([...mix.strips.values()].map((strip) => strip.name));
  for (let number = 1; ; number++) {
    const one = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(one)) return one;
  }
}

interface AddStripProps {
  readonly className?: string;
  readonly onAdded?: (strip: StripId) => void;
}

/** Adds a group, an effect return or a VCA. Groups and VCAs are made of the picked strips. Hidden from those who may only listen. */
export function AddStrip({ className = 'w-8 border-r', onAdded }: AddStripProps) {
  const { desk } = useSession();
  const apply = useApply();
  const members = [...useStore(picked)];
  if (!useStore(desk.writable)) return null;
  const add = (name: string, make: (mix: Mix, strip: { id: string; name: string }) => Change[]) => () => {
    const mix = desk.mix.get();
    const id = newId();
    apply(make(mix, { id, name: freeName(mix, name) }));
    clearPicked();
    onAdded?.(id);
  };
  const of = members.length > 0 ? ` of ${members.length}` : '';
  return (
    <MenuTrigger>
      <Button
        aria-label="Add a group, an effect return or a VCA"
        className={`grid shrink-0 place-items-center border-line text-quiet data-[hovered]:bg-hover data-[hovered]:text-text ${className}`}
      >
        <Plus size={15} />
      </Button>
      <Popover className={SHEET} placement="top">
        <Menu aria-label="Add to the console" className="outline-none">
          <MenuItem className={ITEM} onAction={add('Group', (mix, strip) => addGroup(mix, strip, members))}>
            {`Group${of}`}
          </MenuItem>
          <MenuItem className={ITEM} onAction={add('VCA', (mix, strip) => addVca(mix, strip, members))}>
            {`VCA${of}`}
          </MenuItem>
          <MenuItem className={ITEM} onAction={add('Reverb', (mix, strip) => addAux(mix, strip, { id: newId(), type: 'reverb' }))}>
            Effect return with a reverb
          </MenuItem>
          <MenuItem className={ITEM} onAction={add('Delay', (mix, strip) => addAux(mix, strip, { id: newId(), type: 'delay' }))}>
            Effect return with a delay
          </MenuItem>
          <MenuItem className={ITEM} onAction={add('Effect', (mix, strip) => addAux(mix, strip))}>
            Effect return without an effect
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

'use client';

import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator, SubmenuTrigger } from 'react-aria-components';
import { colorStrip, followsVcas, moveStrip, pasteStrip, removeStrip, resetStrip, type Strip, stripSettingOf } from '../../../lib/mix';
import { useSession, useStore } from '../../_session';
import { stripColor } from '../../palette';
import { copiedStrip } from '../clipboard';
import { withPicked } from '../picked';
import { useStripsInRow } from '../row';
import { oneStep } from '../strip-order';
import { type StripWidth, setStripWidth, stripWidth } from '../strip-width';
import { useApply } from '../use-apply';
import { ITEM, SHEET } from './menu-look';
import { Members, Outputs, Vcas } from './routing-menus';

const REMOVE: Readonly<Record<string, string>> = { group: 'Dissolve group', aux: 'Remove effect return', vca: 'Remove VCA' };
const COLORS = Array.from({ length: 12 }, (_, index) => index);

function Colors({ strip }: { strip: Strip }) {
  const apply = useApply();
  return (
    <Popover className={SHEET}>
      <Menu
        aria-label="Colour"
        className="grid grid-cols-4 gap-1 outline-none"
        onAction={(key) => apply(colorStrip(strip.id, Number(key)))}
      >
        {COLORS.map((color) => (
          <MenuItem
            key={color}
            id={String(color)}
            textValue={`Colour ${color + 1}`}
            aria-label={`Colour ${color + 1}`}
            className={`size-7 rounded-sm outline-none data-[focused]:ring-2 data-[focused]:ring-text ${strip.color === color ? 'ring-2 ring-quiet' : ''}`}
          >
            <span className="block size-full rounded-sm" style={{ background: stripColor(color) }} />
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}

/** The other way than dragging the name. */
function MoveItems({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const row = useStripsInRow();
  const item = (way: -1 | 1, label: string) => {
    const before = oneStep(row, strip, way);
    return (
      <MenuItem
        className={ITEM}
        isDisabled={before === undefined}
        onAction={() => before !== undefined && apply(moveStrip(desk.mix.get(), strip.id, before))}
      >
        {label}
      </MenuItem>
    );
  };
  return (
    <MenuSection aria-label="Place">
      {item(-1, 'Move left')}
      {item(1, 'Move right')}
    </MenuSection>
  );
}

const WIDTHS = [
  { id: 'narrow', name: 'Narrow' },
  { id: 'regular', name: 'Regular' },
  { id: 'wide', name: 'Wide' },
] as const satisfies readonly { readonly id: StripWidth; readonly name: string }[];

/** A choice of this browser's, not of the mix. */
function Widths() {
  const now = useStore(stripWidth);
  return (
    <Popover className={SHEET}>
      <Menu aria-label="Width of all strips, for you alone" className="outline-none">
        {WIDTHS.map(({ id, name }) => (
          <MenuItem key={id} className={ITEM} onAction={() => setStripWidth(id)}>
            <span className="w-3">{now === id ? '✓' : ''}</span>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}

/** What can be done with a whole strip. Hidden from those who may only listen. */
export function StripMenu({ strip, onRename }: { strip: Strip; onRename: () => void }) {
  const { desk } = useSession();
  const apply = useApply();
  const copied = useStore(copiedStrip);
  if (!useStore(desk.writable)) return null;
  // Onto all that are picked, as one step of undo.
  const paste = () => copied && apply(withPicked(strip.id).flatMap((id) => pasteStrip(desk.mix.get(), id, copied)));
  const master = strip.kind === 'master';
  return (
    <MenuTrigger>
      <Button
        aria-label={`${strip.name} menu`}
        className="absolute inset-y-0 right-0 grid w-5 place-items-center rounded-sm bg-surface text-quiet opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[hovered]:text-text data-[pressed]:opacity-100 pointer-coarse:opacity-100"
      >
        <ChevronDown size={12} />
      </Button>
      <Popover className={SHEET}>
        <Menu aria-label={`${strip.name} menu`} className="outline-none">
          <MenuSection aria-label="Strip">
            <MenuItem className={ITEM} onAction={onRename}>
              Rename
            </MenuItem>
            <SubmenuTrigger>
              <MenuItem className={ITEM}>Colour ▸</MenuItem>
              <Colors strip={strip} />
            </SubmenuTrigger>
            {followsVcas(strip) && (
              <SubmenuTrigger>
                <MenuItem className={ITEM}>Goes to ▸</MenuItem>
                <Outputs strip={strip} />
              </SubmenuTrigger>
            )}
            {followsVcas(strip) && (
              <SubmenuTrigger>
                <MenuItem className={ITEM}>VCAs ▸</MenuItem>
                <Vcas strip={strip} />
              </SubmenuTrigger>
            )}
            {(strip.kind === 'group' || strip.kind === 'vca') && (
              <SubmenuTrigger>
                <MenuItem className={ITEM}>Members ▸</MenuItem>
                <Members owner={strip} />
              </SubmenuTrigger>
            )}
          </MenuSection>
          {!master && <MoveItems strip={strip} />}
          <SubmenuTrigger>
            <MenuItem className={ITEM}>Width of all strips ▸</MenuItem>
            <Widths />
          </SubmenuTrigger>
          <Separator className="my-1 border-line border-t" />
          <MenuItem className={ITEM} onAction={() => copiedStrip.set(stripSettingOf(desk.mix.get(), strip.id))}>
            Copy settings
          </MenuItem>
          <MenuItem className={ITEM} isDisabled={!copied} onAction={() => paste()}>
            {copied ? `Paste settings of ${copied.name}` : 'Paste settings'}
          </MenuItem>
          <MenuItem className={ITEM} onAction={() => apply(resetStrip(desk.mix.get(), strip.id))}>
            Reset all controls
          </MenuItem>
          {!master && (
            <MenuItem className={`${ITEM} text-record`} onAction={() => apply(removeStrip(desk.mix.get(), strip.id))}>
              {REMOVE[strip.kind] ?? 'Remove strip'}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

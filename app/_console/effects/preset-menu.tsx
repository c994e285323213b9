'use client';

import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { applyPreset, INSERT_PRESETS, type Insert, type Preset } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { useApply } from '../use-apply';
import { BUTTON, ITEM, SHEET } from './menu-look';

const DEFAULT: Preset = { name: 'As it began', values: {} };

/** Named settings of an effect; the one it has now is ticked. Each is one step of undo. */
export function PresetMenu({ insert }: { insert: Insert }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const presets = INSERT_PRESETS[insert.type] ?? [];
  const now = useMix((mix) => [DEFAULT, ...presets].find((preset) => applyPreset(mix, insert.id, preset).length === 0)?.name ?? null);
  const choose = (preset: Preset) => apply(applyPreset(desk.mix.get(), insert.id, preset));
  const item = (preset: Preset) => (
    <MenuItem key={preset.name} id={preset.name} textValue={preset.name} className={ITEM} onAction={() => choose(preset)}>
      <span className="w-3">{preset.name === now ? '✓' : ''}</span>
      {preset.name}
    </MenuItem>
  );
  return (
    <MenuTrigger>
      <Button className={BUTTON} isDisabled={!writable} aria-label={`Preset: ${now ?? 'own setting'}`}>
        <span className="max-w-40 truncate">{now ?? 'Own setting'}</span>
        <ChevronDown size={12} aria-hidden="true" />
      </Button>
      <Popover className={SHEET}>
        <Menu aria-label="Presets" className="outline-none">
          {presets.map(item)}
          {presets.length > 0 && <Separator className="my-1 border-line border-t" />}
          {item(DEFAULT)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

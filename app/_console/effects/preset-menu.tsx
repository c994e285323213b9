'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator, SubmenuTrigger } from 'react-aria-components';
import {
  applySetting,
  INSERT_PRESETS,
  keepPreset,
  type Mix,
  type Preset,
  type Processor,
  presetsOf,
  removePreset,
  settingOf,
  suits,
  typeOfProcessor,
} from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { Dialog } from '../../_shell/dialog';
import { OneFieldForm } from '../../_shell/one-field-form';
import { copiedSettings, copySetting } from '../clipboard';
import { sameList } from '../row';
import { useApply } from '../use-apply';
import { BUTTON, ITEM, SHEET } from './menu-look';

const DEFAULT: Preset = { name: 'As it began', values: {} };
const LONGEST_NAME = 80;

/** What there is to begin from: what comes with the program and suits, and what the session keeps. */
function offers(mix: Mix, of: Processor): { readonly given: readonly Preset[]; readonly kept: ReturnType<typeof presetsOf> } {
  const type = typeOfProcessor(mix, of);
  if (!type) return { given: [], kept: [] };
  const fitting = <T extends Preset>(presets: readonly T[]) => presets.filter((preset) => suits(mix, of, preset));
  return { given: fitting(INSERT_PRESETS[type] ?? []), kept: fitting(presetsOf(mix, type)) };
}

function KeepDialog({ of, isOpen, onClose }: { of: Processor; isOpen: boolean; onClose(): void }) {
  const { desk } = useSession();
  const keep = async (name: string) => {
    const mix = desk.mix.get();
    const setting = settingOf(mix, of);
    const done = setting ? desk.apply(keepPreset(mix, name, setting)) : null;
    if (done && !done.ok) throw new Error(done.error);
    onClose();
  };
  return (
    <Dialog title="Keep as a preset" isOpen={isOpen} onClose={onClose}>
      <OneFieldForm
        label="Name"
        action="Keep"
        maxLength={LONGEST_NAME}
        onSend={keep}
        below={<p className="text-quiet text-sm">Everybody in this session finds it here. One of the same name is written over.</p>}
      />
    </Dialog>
  );
}

/** Named settings of a processor; the one it has now is ticked. Each is one step of undo. `small` fits beside a switch. */
export function PresetMenu({ of, name, small = false }: { of: Processor; name: string; small?: boolean }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const [keeping, setKeeping] = useState(false);
  const given = useMix((mix) => offers(mix, of).given, sameList);
  const kept = useMix((mix) => offers(mix, of).kept, sameList);
  const type = useMix((mix) => typeOfProcessor(mix, of));
  const copied = useStore(copiedSettings);
  const pasted = type ? copied.get(type) : undefined;
  const begins = of.on === 'insert' ? [DEFAULT] : [];
  const all = [...begins, ...given, ...kept];
  const now = useMix((mix) => all.find((preset) => applySetting(mix, of, preset).length === 0)?.name ?? null);
  const item = (preset: Preset, key: string) => (
    <MenuItem key={key} id={key} textValue={preset.name} className={ITEM} onAction={() => apply(applySetting(desk.mix.get(), of, preset))}>
      <span className="w-3">{preset.name === now ? '✓' : ''}</span>
      <span className="max-w-56 truncate">{preset.name}</span>
    </MenuItem>
  );
  const copy = () => {
    const setting = settingOf(desk.mix.get(), of);
    if (setting) copySetting(setting);
  };
  return (
    <>
      <MenuTrigger>
        <Button
          className={small ? `${BUTTON} !h-6 !gap-0.5 !px-1 justify-between text-2xs` : BUTTON}
          aria-label={`Preset of ${name}: ${now ?? 'own setting'}`}
        >
          <span className={small ? 'min-w-0 truncate' : 'max-w-40 truncate'}>{small ? 'Preset' : (now ?? 'Own setting')}</span>
          <ChevronDown size={small ? 9 : 12} className="shrink-0" aria-hidden="true" />
        </Button>
        <Popover className={SHEET}>
          <Menu aria-label={`Presets of ${name}`} disabledKeys={writable ? [] : all.map((_, index) => `${index}`)} className="outline-none">
            <MenuSection aria-label="Presets">{all.map((preset, index) => item(preset, `${index}`))}</MenuSection>
            {all.length > 0 && <Separator className="my-1 border-line border-t" />}
            <MenuItem className={ITEM} onAction={copy}>
              <span className="w-3" />
              Copy this setting
            </MenuItem>
            <MenuItem
              className={ITEM}
              isDisabled={!writable || !pasted}
              onAction={() => pasted && apply(applySetting(desk.mix.get(), of, pasted))}
            >
              <span className="w-3" />
              Paste the copied setting
            </MenuItem>
            <MenuItem className={ITEM} isDisabled={!writable} onAction={() => setKeeping(true)}>
              <span className="w-3" />
              Keep as a preset …
            </MenuItem>
            {kept.length > 0 && writable && (
              <SubmenuTrigger>
                <MenuItem className={ITEM}>
                  <span className="w-3" />
                  Remove a kept preset ▸
                </MenuItem>
                <Popover className={SHEET}>
                  <Menu aria-label="Remove a kept preset" className="outline-none">
                    {kept.map(({ id, name: its }) => (
                      <MenuItem key={id} className={`${ITEM} text-record`} onAction={() => apply(removePreset(desk.mix.get(), id))}>
                        {its}
                      </MenuItem>
                    ))}
                  </Menu>
                </Popover>
              </SubmenuTrigger>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <KeepDialog of={of} isOpen={keeping} onClose={() => setKeeping(false)} />
    </>
  );
}

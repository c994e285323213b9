'use client';

import { useState } from 'react';
import { renameStrip, type Strip } from '../../../lib/mix';
import { useSession, useStore } from '../../_session';
import { togglePicked } from '../picked';
import { useApply } from '../use-apply';
import { StripMenu } from './strip-menu';

/** The strip's name: a press selects, a double press (or F2) renames. */
export function StripName({ strip, color, selected, onSelect }: { strip: Strip; color: string; selected: boolean; onSelect: () => void }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const [renaming, setRenaming] = useState(false);
  const finish = (name: string) => {
    setRenaming(false);
    if (name.trim() !== strip.name) apply(renameStrip(strip.id, name));
  };
  return (
    <div className="group relative flex h-7 shrink-0 items-center border-line border-t px-1.5" style={{ color }}>
      {renaming ? (
        <input
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the name that was just double-pressed
          autoFocus
          aria-label={`New name of ${strip.name}`}
          defaultValue={strip.name}
          maxLength={80}
          className="h-5 w-full min-w-0 rounded-sm border border-accent bg-bg px-1 text-xs"
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') finish(event.currentTarget.value);
            if (event.key === 'Escape') setRenaming(false);
          }}
        />
      ) : (
        <>
          <button
            type="button"
            aria-pressed={selected}
            aria-label={`Select ${strip.name}`}
            className="min-w-0 flex-1 truncate rounded-sm text-left font-semibold text-xs"
            title={`${strip.name}. With Ctrl or Shift: picks it together with others, for a group or a VCA.`}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) togglePicked(strip.id);
              else onSelect();
            }}
            onDoubleClick={() => writable && setRenaming(true)}
            onKeyDown={(event) => {
              if (event.key === 'F2' && writable) setRenaming(true);
            }}
          >
            {strip.name}
          </button>
          <StripMenu strip={strip} onRename={() => setRenaming(true)} />
        </>
      )}
    </div>
  );
}

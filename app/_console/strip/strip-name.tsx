'use client';

import { useState } from 'react';
import { renameStrip, type Strip } from '../../../lib/mix';
import { useSession, useStore } from '../../_session';
import { takeFocus } from '../../_ui';
import { togglePicked } from '../picked';
import { useApply } from '../use-apply';
import { useStripDrag } from './strip-drag';
import { StripMenu } from './strip-menu';

/** The strip's name: a press selects, a double press (or F2) renames, a drag (or Alt with an arrow) moves the strip. */
export function StripName({ strip, color, selected, onSelect }: { strip: Strip; color: string; selected: boolean; onSelect: () => void }) {
  const { desk, selected: selection } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const [renaming, setRenaming] = useState(false);
  const drag = useStripDrag(strip);
  /** The selected strip, where it can be in a group together with this one. */
  const pickedBeside = () => {
    const other = desk.mix.get().strips.get(selection.get() ?? '');
    return other && other.id !== strip.id && other.kind === strip.kind ? other.id : null;
  };
  const finish = (name: string) => {
    setRenaming(false);
    if (name.trim() !== strip.name) apply(renameStrip(strip.id, name));
  };
  return (
    <div className="group relative flex h-8 shrink-0 items-center border-line border-t px-1.5" style={{ color }}>
      {renaming ? (
        <input
          ref={takeFocus}
          aria-label={`New name of ${strip.name}`}
          defaultValue={strip.name}
          maxLength={80}
          className="h-5 w-full min-w-0 rounded-sm border border-accent bg-bg px-1 text-xs"
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
            className="line-clamp-2 min-w-0 flex-1 break-words rounded-sm text-left font-semibold text-2xs leading-[13px] select-none"
            title={`${strip.name}. With Ctrl or Shift: picks it together with others, for a group or a VCA.`}
            aria-keyshortcuts="F2 Alt+ArrowLeft Alt+ArrowRight"
            {...drag}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) togglePicked(strip.id, pickedBeside());
              else onSelect();
            }}
            onDoubleClick={() => writable && setRenaming(true)}
            onKeyDown={(event) => {
              if (event.key === 'F2' && writable) setRenaming(true);
              drag.onKeyDown(event);
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

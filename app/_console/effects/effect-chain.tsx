'use client';

import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, DropIndicator, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { INSERT_NAMES, type Insert, insertsOf, moveInsert, type Strip, type Target } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { useControl } from '../../_ui';
import { sameList } from '../row';
import { onStrip } from '../strip/level-section';
import { useApply } from '../use-apply';
import { EffectMenu } from './effect-menu';
import { openEffect, SATURATION } from './selected-effect';

const ROW =
  'flex h-8 cursor-default items-center gap-1 rounded-sm px-1 text-xs outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[hovered]:bg-hover data-[selected]:bg-raised pointer-coarse:h-11 data-[dragging]:opacity-50';

/** The light of an effect: in the path or not. */
function Light({ target }: { target: Target }) {
  const control = useControl(target);
  if (!control) return null;
  const on = control.value >= 0.5;
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={control.label}
      aria-disabled={!control.movable || undefined}
      title={on ? 'Leave it out of the sound' : 'Put it into the sound'}
      className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-hover pointer-coarse:size-9"
      onClick={() => control.movable && control.set(on ? 0 : 1)}
    >
      <span className={`size-2 rounded-full ${on ? 'bg-accent' : 'bg-line-strong'}`} />
    </button>
  );
}

function useReorder(strip: Strip) {
  const { desk } = useSession();
  const apply = useApply();
  const { dragAndDropHooks } = useDragAndDrop({
    renderDropIndicator: (target) => (
      <DropIndicator target={target} className="h-0 rounded-full data-[drop-target]:outline-2 data-[drop-target]:outline-accent" />
    ),
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const mix = desk.mix.get();
      const chain = insertsOf(mix, strip.id);
      const at = chain.findIndex(({ id }) => id === target.key);
      const before = target.dropPosition === 'before' ? chain[at] : chain[at + 1];
      for (const key of keys) apply(moveInsert(mix, String(key), before?.id ?? null));
    },
  });
  return dragAndDropHooks;
}

function Row({ insert, writable }: { insert: Insert; writable: boolean }) {
  const name = INSERT_NAMES[insert.type];
  return (
    <GridListItem id={insert.id} textValue={name} className={ROW}>
      {writable && (
        <Button
          slot="drag"
          aria-label={`Move ${name}`}
          className="grid h-6 w-4 shrink-0 cursor-grab place-items-center rounded-sm text-quiet outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent"
        >
          <GripVertical size={12} />
        </Button>
      )}
      <Light target={{ on: 'insert', id: insert.id, parameter: 'on' }} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {writable && <EffectMenu insert={insert} />}
    </GridListItem>
  );
}

/** A strip's effects from top to bottom as the sound goes through them: saturation first, then what was put in, in any order. */
export function EffectChain({ strip, selected, children }: { strip: Strip; selected: string; children: ReactNode }) {
  const chain = useMix((mix) => insertsOf(mix, strip.id), sameList);
  const writable = useStore(useSession().desk.writable);
  const hooks = useReorder(strip);
  const saturation = selected === SATURATION;
  return (
    <div className="flex w-full shrink-0 flex-col gap-0.5 desk:h-full desk:w-56 desk:overflow-y-auto">
      <div className={`flex h-8 items-center gap-1 rounded-sm px-1 text-xs pointer-coarse:h-11 ${saturation ? 'bg-raised' : ''}`}>
        <span className="w-4 shrink-0" />
        <Light target={onStrip(strip, 'sat.on')} />
        <button
          type="button"
          aria-pressed={saturation}
          className="h-full min-w-0 flex-1 truncate rounded-sm text-left"
          onClick={() => openEffect(strip.id, SATURATION)}
        >
          Saturation
        </button>
      </div>
      <GridList
        aria-label={`Effects of ${strip.name}`}
        items={chain}
        selectionMode="single"
        selectionBehavior="replace"
        // Escape closes what this stands in.
        escapeKeyBehavior="none"
        selectedKeys={saturation ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (key !== undefined) openEffect(strip.id, String(key));
        }}
        {...(writable ? { dragAndDropHooks: hooks } : {})}
        className="flex flex-col gap-0.5 outline-none"
        renderEmptyState={() => <p className="px-2 py-1 text-quiet text-xs">Nothing here yet. Add an effect to shape {strip.name}.</p>}
      >
        {(insert) => <Row insert={insert} writable={writable} />}
      </GridList>
      {children}
    </div>
  );
}

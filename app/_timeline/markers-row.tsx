'use client';

import { useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { type Change, type Marker, removeMarker, renameMarker } from '../../lib/mix';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Choose, Field } from '../_shell/field';
import { seek } from '../_shell/playback';
import { tell } from '../_shell/toasts';
import { shortTime } from '../_shell/words';
import { stripColor } from '../palette';
import { setMarkerKind } from './marker-commands';
import { useMarkerDrag } from './marker-drag';
import { at, over, wordsInSight } from './place';
import { editMarker, useTimeline } from './use-view';

const KINDS = [
  { value: 'section', label: 'Section: lasts until the next' },
  { value: 'marker', label: 'Marker: one moment' },
] as const;

/** The song's sections and markers: press to go there, drag to move, double-click or F2 to rename. */
export function MarkersRow() {
  const editing = useTimeline((state) => state.editing);
  const markers = useMix((mix) => mix.markers);
  const length = useTimeline((state) => state.extent.length);
  const ordered = [...markers.values()].sort((a, b) => a.at - b.at);
  const sections = ordered.filter((marker) => marker.kind === 'section');
  return (
    <div className="relative h-5 overflow-hidden border-line border-b bg-surface" data-testid="markers">
      {ordered.map((marker) => {
        const next = sections.find((section) => section.at > marker.at);
        return <MarkerLabel key={marker.id} marker={marker} until={next?.at ?? length} isEditing={editing === marker.id} />;
      })}
    </div>
  );
}

interface MarkerLabelProps {
  marker: Marker;
  until: number;
  isEditing: boolean;
}

function MarkerLabel({ marker, until, isEditing }: MarkerLabelProps) {
  const session = useSession();
  const writable = useStore(session.desk.writable);
  const label = useRef<HTMLButtonElement>(null);
  const color = stripColor(marker.color);
  const section = marker.kind === 'section';
  const drag = useMarkerDrag(marker);
  const end = Math.max(until, drag.at);
  return (
    <>
      <button
        ref={label}
        type="button"
        title={`${marker.name}, ${shortTime(marker.at)}${writable ? '. Drag to move, double-click to rename.' : ''}`}
        aria-keyshortcuts="F2 Alt+ArrowLeft Alt+ArrowRight"
        {...drag.handlers}
        onClick={() => seek(session, marker.at)}
        onDoubleClick={(event) => {
          event.stopPropagation();
          if (writable) editMarker(marker.id);
        }}
        onKeyDown={(event) => {
          if (event.key === 'F2' && writable) editMarker(marker.id);
          drag.handlers.onKeyDown(event);
        }}
        className={`absolute inset-y-0 truncate border-bg border-l px-1.5 text-left text-xs leading-5 outline-offset-[-2px] ${section ? '' : 'z-10 max-w-32 rounded-r-sm'} ${drag.moving ? 'z-20 ring-1 ring-accent ring-inset' : ''} ${writable ? 'touch-none' : ''}`}
        style={{
          ...(section ? { ...over(drag.at, end), ...wordsInSight(drag.at) } : at(drag.at)),
          backgroundColor: `color-mix(in srgb, ${color} ${section ? 26 : 55}%, var(--color-surface))`,
        }}
      >
        {marker.name}
      </button>
      {isEditing && <MarkerEditor marker={marker} anchor={label} onClose={() => editMarker(null)} />}
    </>
  );
}

function MarkerEditor({ marker, anchor, onClose }: { marker: Marker; anchor: React.RefObject<HTMLElement | null>; onClose(): void }) {
  const { desk } = useSession();
  const [name, setName] = useState(marker.name);
  const apply = (changes: readonly Change[]) => {
    const result = desk.apply(changes);
    if (!result.ok) tell({ level: 'warning', text: result.error });
  };
  const keep = () => {
    const text = name.trim().slice(0, 80);
    if (text && text !== marker.name) apply(renameMarker(desk.mix.get(), marker.id, text));
    onClose();
  };
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className="z-30 w-64 rounded-lg border border-line-strong bg-surface p-3 shadow-2xl"
    >
      <Dialog aria-label={`Marker at ${shortTime(marker.at)}`} className="outline-none">
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <Field label="Name" value={name} onChange={setName} autoFocus replaces maxLength={80} />
          <Choose label="Kind" hideLabel value={marker.kind} choices={KINDS} onChange={(kind) => apply(setMarkerKind(marker.id, kind))} />
          <div className="mt-1 flex justify-between">
            <Button
              look="danger"
              size="small"
              onPress={() => {
                apply(removeMarker(desk.mix.get(), marker.id));
                onClose();
              }}
            >
              Delete
            </Button>
            <Button look="primary" size="small" type="submit">
              Keep
            </Button>
          </div>
        </form>
      </Dialog>
    </Popover>
  );
}

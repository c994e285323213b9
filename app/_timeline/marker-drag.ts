'use client';

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { type Marker, moveMarker } from '../../lib/mix';
import { useSession, useStore } from '../_session';
import { tell } from '../_shell/toasts';
import { beatSeconds } from '../_shell/words';
import { useTimeline } from './use-view';
import { scaleOf } from './view';

/** Less than this is a click with an unsteady hand. */
const SLACK_PIXELS = 4;
/** What Shift makes of a beat. */
const FINE = 0.1;

/**
 * Moves a marker under the hand and puts it down where it is let go, for all; Escape leaves it where it was. Alt with an arrow moves
 * it by a beat, with Shift by a tenth of one. `at` is where to draw it, in seconds.
 */
export function useMarkerDrag(marker: Marker) {
  const { desk } = useSession();
  const writable = useStore(desk.writable);
  const [at, setAt] = useState<number | null>(null);
  const grip = useRef<{ readonly pointer: number; readonly x: number; moved: boolean } | null>(null);
  /** A drag ends in a click, which is not meant. */
  const dragged = useRef(false);

  const inSong = (to: number) => Math.min(useTimeline.getState().extent.length, Math.max(0, to));
  const keep = (to: number) => {
    const done = desk.apply(moveMarker(desk.mix.get(), marker.id, inSong(to)));
    if (!done.ok) tell({ level: 'warning', text: done.error });
  };
  const letGo = () => {
    grip.current = null;
    setAt(null);
  };
  return {
    at: at ?? marker.at,
    moving: at !== null,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        dragged.current = false;
        if (event.button !== 0 || !writable) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { pointer: event.pointerId, x: event.clientX, moved: false };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const held = grip.current;
        if (held?.pointer !== event.pointerId) return;
        const pixels = event.clientX - held.x;
        if (Math.abs(pixels) > SLACK_PIXELS) held.moved = true;
        if (!held.moved) return;
        dragged.current = true;
        const { view, extent } = useTimeline.getState();
        setAt(inSong(marker.at + pixels / scaleOf(view, extent)));
      },
      onPointerUp() {
        if (grip.current?.moved && at !== null) keep(at);
        letGo();
      },
      onPointerCancel: letGo,
      onClickCapture(event: MouseEvent<HTMLElement>) {
        if (dragged.current) event.stopPropagation();
        dragged.current = false;
      },
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.key === 'Escape' && grip.current) {
          event.preventDefault();
          letGo();
          return;
        }
        const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
        if (!event.altKey || way === 0) return;
        // Alt with an arrow is also the browser's way back.
        event.preventDefault();
        if (writable) keep(marker.at + way * beatSeconds(desk.mix.get().settings) * (event.shiftKey ? FINE : 1));
      },
    },
  };
}

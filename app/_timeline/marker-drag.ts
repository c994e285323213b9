'use client';

import { type KeyboardEvent, useState } from 'react';
import { type Marker, moveMarker } from '../../lib/mix';
import { useSession, useStore } from '../_session';
import { tell } from '../_shell/toasts';
import { beatSeconds } from '../_shell/words';
import { altArrow, useDrag } from '../_ui';
import { useTimeline } from './use-view';
import { scaleOf } from './view';

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
  const inSong = (to: number) => Math.min(useTimeline.getState().extent.length, Math.max(0, to));
  const keep = (to: number) => {
    const done = desk.apply(moveMarker(desk.mix.get(), marker.id, inSong(to)));
    if (!done.ok) tell({ level: 'warning', text: done.error });
  };
  const { cancel, handlers } = useDrag({
    slack: SLACK_PIXELS,
    take: () => (writable ? { from: marker.at } : null),
    move: ({ from }, pixels) => {
      const { view, extent } = useTimeline.getState();
      setAt(inSong(from + pixels / scaleOf(view, extent)));
    },
    drop: () => at !== null && keep(at),
    end: () => setAt(null),
  });
  return {
    at: at ?? marker.at,
    moving: at !== null,
    handlers: {
      ...handlers,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.key === 'Escape' && cancel()) {
          event.preventDefault();
          return;
        }
        const way = altArrow(event);
        if (way !== 0 && writable) keep(marker.at + way * beatSeconds(desk.mix.get().settings) * (event.shiftKey ? FINE : 1));
      },
    },
  };
}

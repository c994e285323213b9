'use client';

import { type MouseEvent, type PointerEvent, useCallback, useRef, useState } from 'react';
import type { Loop } from '../../lib/protocol';
import { useSession } from '../_session';
import { mayMovePlayhead, seek } from '../_shell/playback';
import { tell } from '../_shell/toasts';
import { markAt } from './mark-at';
import { useTimeline } from './use-view';
import { secondsAt } from './view';

/** Less than this is a click with an unsteady hand. */
const DRAG_PIXELS = 4;

interface Drag {
  readonly startX: number;
  readonly start: number;
  readonly makes: 'loop' | 'playhead';
  moved: boolean;
}

/**
 * The hand on the timeline: a press moves the playhead, a drag takes it along and lets it go where it ends; with Shift, or on
 * the ruler, a drag draws a loop. The others hear of it when the hand lets go.
 */
export function useTimelinePointer() {
  const session = useSession();
  const drag = useRef<Drag | null>(null);
  /** Where the playhead is held by the hand; null while it is free. Read each frame. */
  const held = useRef<number | null>(null);
  const [draft, setDraft] = useState<Loop | null>(null);

  const moment = (event: MouseEvent<HTMLElement>) => {
    const { view, extent } = useTimeline.getState();
    return secondsAt(view, extent, event.clientX - event.currentTarget.getBoundingClientRect().left);
  };
  const letGo = useCallback(() => {
    drag.current = null;
    held.current = null;
    setDraft(null);
  }, []);
  const handlers = (surface: 'ruler' | 'waves') => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || (event.target instanceof HTMLElement && event.target.closest('button, [role="slider"]'))) return;
      if (!mayMovePlayhead(session)) {
        tell({ level: 'info', text: 'You follow the others here. Choose “On my own” to move the playhead for yourself.' });
        return;
      }
      event.currentTarget.setPointerCapture(event.pointerId);
      const makes = surface === 'ruler' || event.shiftKey ? 'loop' : 'playhead';
      drag.current = { startX: event.clientX, start: moment(event), makes, moved: false };
      if (makes === 'playhead') held.current = drag.current.start;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      if (!now) return;
      if (Math.abs(event.clientX - now.startX) > DRAG_PIXELS) now.moved = true;
      const at = moment(event);
      if (now.makes === 'playhead') held.current = at;
      else if (now.moved && at !== now.start) setDraft({ from: Math.min(at, now.start), until: Math.max(at, now.start) });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      if (!now) return;
      const at = moment(event);
      if (now.makes === 'loop' && now.moved && Math.abs(at - now.start) > 0.02)
        session.transport.setLoop({ from: Math.min(at, now.start), until: Math.max(at, now.start) });
      else seek(session, at);
      letGo();
    },
    onPointerCancel: letGo,
    onDoubleClick: (event: MouseEvent<HTMLElement>) => {
      if (surface === 'ruler' || !session.desk.writable.get()) return;
      if (event.target instanceof HTMLElement && event.target.closest('button, [role="slider"]')) return;
      markAt(session, moment(event));
    },
  });
  return { handlers, held, draft, letGo };
}

'use client';

import { type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { HandleControls } from './handle-controls';

const FINE = 0.2;
/** Pixels before a press counts as a drag. */
const SLACK = 2;
const TURN_STEP = 0.04;
/** Two fingers twice as far apart turn Q by this much of its travel. */
const PINCH_TRAVEL = 0.4;

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  /** Where the handle was taken, as parts of the graph. */
  readonly across: number;
  readonly down: number;
  moving: boolean;
}

/** React listens to the wheel passively and could not keep the page from scrolling, so this listens itself. */
function useTurnByWheel(root: RefObject<HTMLElement | null>, controls: HandleControls): void {
  const latest = useRef(controls);
  latest.current = controls;
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!latest.current.movable) return;
      event.preventDefault();
      const amount = Math.sign(-event.deltaY) * Math.min(1, Math.abs(event.deltaY) / 100);
      latest.current.turn(amount * TURN_STEP * (event.shiftKey ? FINE : 1), event.timeStamp);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [root]);
}

/** Two fingers on a handle: how much further apart they came, as a ratio; null while there are not two. */
function usePinch() {
  const fingers = useRef(new Map<number, { readonly x: number; readonly y: number }>());
  const spread = () => {
    const [a, b] = [...fingers.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  return {
    down: (event: PointerEvent) => void fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY }),
    up: (event: PointerEvent) => void fingers.current.delete(event.pointerId),
    move(event: PointerEvent): number | null {
      if (fingers.current.size !== 2 || !fingers.current.has(event.pointerId)) return null;
      const before = spread();
      fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const after = spread();
      return before > 0 && after > 0 ? after / before : 1;
    },
  };
}

function onKey(event: KeyboardEvent, controls: HandleControls): boolean {
  const step = event.shiftKey ? FINE : 1;
  const at = event.timeStamp;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowRight: () => controls.step(step, 0, at),
    ArrowLeft: () => controls.step(-step, 0, at),
    ArrowUp: () => controls.step(0, step, at),
    ArrowDown: () => controls.step(0, -step, at),
    PageUp: () => controls.turn(TURN_STEP, at),
    PageDown: () => controls.turn(-TURN_STEP, at),
    Enter: () => controls.toggle(),
    Delete: () => controls.reset(),
    Backspace: () => controls.reset(),
  };
  const move = event.key === 'Escape' && controls.held ? () => controls.place.cancel() : moves[event.key];
  move?.();
  return move !== undefined;
}

/**
 * A hand on a handle of the equaliser. Dragging moves frequency and gain as one change, Shift slowly; wheel, pinch or Page
 * keys turn Q; a double press or Alt-press resets; Enter switches; Escape puts back. Spread the result on the element.
 */
export function useHandleGestures(root: RefObject<HTMLElement | null>, graph: RefObject<HTMLElement | null>, controls: HandleControls) {
  const drag = useRef<Drag | null>(null);
  const pinch = usePinch();
  useTurnByWheel(root, controls);

  const end = (event: PointerEvent, how: 'release' | 'cancel') => {
    pinch.up(event);
    if (drag.current?.pointer !== event.pointerId) return;
    if (drag.current.moving) controls.place[how]();
    drag.current = null;
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pinch.down(event);
      if (event.altKey) return controls.reset();
      const { across, down } = controls;
      drag.current ??= { pointer: event.pointerId, x: event.clientX, y: event.clientY, across, down, moving: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const apart = pinch.move(event);
      // Fingers apart: a wider band, a lower Q.
      if (apart !== null) return controls.turn(-Math.log2(apart) * PINCH_TRAVEL, event.timeStamp);
      const now = drag.current;
      const size = graph.current?.getBoundingClientRect();
      if (now?.pointer !== event.pointerId || !size) return;
      const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
      if (!now.moving) {
        if (Math.hypot(dx, dy) < SLACK) return;
        if (!controls.place.take()) {
          drag.current = null;
          return;
        }
        now.moving = true;
        controls.wake();
      }
      const slow = event.shiftKey ? FINE : 1;
      controls.moveTo(now.across + (dx / size.width) * slow, now.down + (dy / size.height) * slow);
    },
    onPointerUp: (event: PointerEvent) => end(event, 'release'),
    onPointerCancel: (event: PointerEvent) => end(event, 'cancel'),
    onLostPointerCapture: (event: PointerEvent) => end(event, 'release'),
    onDoubleClick(event: MouseEvent) {
      event.stopPropagation();
      controls.reset();
    },
    onKeyDown(event: KeyboardEvent) {
      if (!onKey(event, controls)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

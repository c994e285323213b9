'use client';

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { positionOf, shownValue, stepValue, targetKey, valueAt } from '../../lib/mix';
import type { Control } from './use-control';

/** A tenth of the speed while Shift is down; a fifth of a step for keys. */
const FINE_DRAG = 0.1;
const FINE_STEP = 0.2;
const PAGE_STEPS = 10;
/** Pixels before a press counts as a drag, so that a click or a double-click moves nothing. */
const SLACK = 2;
/** Travel for one notch (100 px) of a wheel. */
const WHEEL_TRAVEL = 0.02;
const WHEEL_REST_MS = 500;

interface Drag {
  readonly pointer: number;
  x: number;
  y: number;
  /** Where on its travel the control would be without rounding and ends. */
  position: number;
  moving: boolean;
}

/** How a control takes pointer, wheel and keys. `travel` is the length in pixels of the whole way, asked at each press. */
export interface Slide {
  readonly travel: () => number;
  /** The way of the hand that turns it up: a fader's up, a knob's up or right alike, a point's on a graph. */
  readonly axis: 'up' | 'down' | 'right' | 'up or right';
}

function along(axis: Slide['axis'], right: number, down: number): number {
  switch (axis) {
    case 'up':
      return -down;
    case 'down':
      return down;
    case 'right':
      return right;
    case 'up or right':
      return right - down;
  }
}

/** The steps that a key asks for; null where it is no key of a slider. */
function stepsOf(event: KeyboardEvent): number | null {
  const fine = event.shiftKey ? FINE_STEP : 1;
  if (event.key === 'ArrowUp' || event.key === 'ArrowRight') return fine;
  if (event.key === 'ArrowDown' || event.key === 'ArrowLeft') return -fine;
  if (event.key === 'PageUp') return PAGE_STEPS;
  return event.key === 'PageDown' ? -PAGE_STEPS : null;
}

function onKey(event: KeyboardEvent, control: Control): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'Escape' && control.held) {
    control.hold.cancel();
    return true;
  }
  const steps = stepsOf(event);
  if (steps !== null) control.hold.nudge(stepValue(control.row, control.value, steps));
  else if (event.key === 'Home') control.hold.nudge(control.row.min);
  else if (event.key === 'End') control.hold.nudge(control.row.max);
  else if (event.key === 'Backspace' || event.key === 'Delete') control.reset();
  else if (event.key === 'Enter' && control.movable) control.setTyping(true);
  else return false;
  return true;
}

/** The wheel must be listened to directly: React's listener is passive and could not keep the page from scrolling. */
function useWheel(element: RefObject<HTMLElement | null>, control: Control): void {
  const latest = useRef(control);
  latest.current = control;
  const wheel = useRef({ position: 0, at: 0 });
  useEffect(() => {
    const root = element.current;
    if (!root) return;
    const turn = (event: WheelEvent) => {
      const { row, value, hold, movable } = latest.current;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.ctrlKey || !movable) return;
      event.preventDefault();
      const state = wheel.current;
      if (event.timeStamp - state.at > WHEEL_REST_MS) state.position = positionOf(row, value);
      state.at = event.timeStamp;
      // With Shift some browsers turn the wheel sideways; that is caught above only where they do.
      const move = (-event.deltaY / 100) * WHEEL_TRAVEL * (event.shiftKey ? FINE_DRAG : 1);
      state.position = Math.min(1, Math.max(0, state.position + move));
      hold.nudge(shownValue(row, valueAt(row, state.position)));
    };
    root.addEventListener('wheel', turn, { passive: false });
    return () => root.removeEventListener('wheel', turn);
  }, [element]);
}

/**
 * Everything a slider does under a hand: relative drag by pointer capture, Shift for fine, wheel, arrows, Page, Home and
 * End, double-click or Alt-click or Delete to reset, Enter to type, Escape to put back. Spread the result on the element.
 */
export function useSlide(element: RefObject<HTMLElement | null>, control: Control, slide: Slide) {
  const drag = useRef<Drag | null>(null);
  useWheel(element, control);

  const end = (event: PointerEvent, how: 'release' | 'cancel') => {
    if (drag.current?.pointer !== event.pointerId) return;
    if (drag.current.moving) control.hold[how]();
    drag.current = null;
  };

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || drag.current) return;
      if (event.altKey) {
        control.reset();
        return;
      }
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = {
        pointer: event.pointerId,
        x: event.clientX,
        y: event.clientY,
        position: positionOf(control.row, control.value),
        moving: false,
      };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = drag.current;
      if (now?.pointer !== event.pointerId) return;
      const move = along(slide.axis, event.clientX - now.x, event.clientY - now.y);
      if (!now.moving) {
        if (Math.abs(move) < SLACK) return;
        if (!control.hold.take()) {
          drag.current = null;
          return;
        }
        now.moving = true;
      }
      now.x = event.clientX;
      now.y = event.clientY;
      const moved = now.position + (move / slide.travel()) * (event.shiftKey ? FINE_DRAG : 1);
      now.position = Math.min(1, Math.max(0, moved));
      control.hold.move(shownValue(control.row, valueAt(control.row, now.position)));
    },
    onPointerUp: (event: PointerEvent) => end(event, 'release'),
    onPointerCancel: (event: PointerEvent) => end(event, 'cancel'),
    onLostPointerCapture: (event: PointerEvent) => end(event, 'release'),
    onDoubleClick: () => control.reset(),
    onKeyDown(event: KeyboardEvent) {
      if (event.target !== event.currentTarget || !onKey(event, control)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

/** What a slider tells those who do not see it. */
export function sliderAria(control: Control, orientation: 'vertical' | 'horizontal', label = control.label) {
  const { row } = control;
  const text = control.hand ? `${control.text}, held by ${control.hand.user.name}` : control.text;
  return {
    role: 'slider',
    tabIndex: 0,
    'data-control': targetKey(control.target),
    'aria-label': label,
    'aria-orientation': orientation,
    'aria-valuemin': row.min,
    'aria-valuemax': row.max,
    'aria-valuenow': control.value,
    'aria-valuetext': text,
    ...(control.movable ? {} : { 'aria-disabled': true }),
    title: row.help,
  } as const;
}

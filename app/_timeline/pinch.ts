'use client';

import { type RefObject, useEffect } from 'react';
import { useTimeline } from './use-view';
import { pinched } from './view';

/** Two fingers on an element zoom and scroll the timeline. `letGo` is called when the second comes: one finger's drag is over. */
export function usePinch(frame: RefObject<HTMLElement | null>, letGo: () => void): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const fingers = new Map<number, number>();
    const ends = () => [...fingers.values()].map((x) => x - element.getBoundingClientRect().left);
    const down = (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return;
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size < 2) return;
      letGo();
      event.stopPropagation();
    };
    const move = (event: PointerEvent) => {
      if (!fingers.has(event.pointerId)) return;
      const before = ends();
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size !== 2) return;
      event.stopPropagation();
      useTimeline.setState(({ view, extent }) => ({ view: pinched(view, extent, before, ends()) }));
    };
    const up = (event: PointerEvent) => void fingers.delete(event.pointerId);
    // Before the surfaces inside: what is a pinch is no drag of the playhead.
    const early = { capture: true } as const;
    element.addEventListener('pointerdown', down, early);
    element.addEventListener('pointermove', move, early);
    element.addEventListener('pointerup', up, early);
    element.addEventListener('pointercancel', up, early);
    return () => {
      element.removeEventListener('pointerdown', down, early);
      element.removeEventListener('pointermove', move, early);
      element.removeEventListener('pointerup', up, early);
      element.removeEventListener('pointercancel', up, early);
    };
  }, [frame, letGo]);
}

import { type MouseEvent, type PointerEvent, useRef } from 'react';

interface DragOptions<T> {
  /** Less than so many pixels is a click with an unsteady hand. */
  readonly slack: number;
  /** What is taken hold of by a press; null where it cannot be. */
  readonly take: (event: PointerEvent<HTMLElement>) => T | null;
  readonly move: (held: T, pixels: number, event: PointerEvent<HTMLElement>) => void;
  /** Put down where the pointer is; only after it has been moved. */
  readonly drop: (held: T, event: PointerEvent<HTMLElement>) => void;
  /** Let go of, moved or not, before it is put down: everything looks as before. */
  readonly end: (held: T) => void;
}

/**
 * Dragging sideways by something that can also be pressed: the click in which a drag ends is kept from it. `cancel` leaves it where it
 * was, and says whether anything was held.
 */
export function useDrag<T>({ slack, take, move, drop, end }: DragOptions<T>) {
  const grip = useRef<{ readonly pointer: number; readonly x: number; readonly held: T; moved: boolean } | null>(null);
  const dragged = useRef(false);
  const cancel = () => {
    const now = grip.current;
    grip.current = null;
    if (now) end(now.held);
    return now !== null;
  };
  return {
    cancel,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        dragged.current = false;
        const held = event.button === 0 ? take(event) : null;
        if (held === null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { pointer: event.pointerId, x: event.clientX, held, moved: false };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const now = grip.current;
        if (now?.pointer !== event.pointerId) return;
        const pixels = event.clientX - now.x;
        if (Math.abs(pixels) > slack) now.moved = true;
        if (!now.moved) return;
        dragged.current = true;
        move(now.held, pixels, event);
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const now = grip.current;
        cancel();
        if (now?.moved) drop(now.held, event);
      },
      onPointerCancel: () => void cancel(),
      onClickCapture(event: MouseEvent<HTMLElement>) {
        if (dragged.current) event.stopPropagation();
        dragged.current = false;
      },
    },
  };
}

/** The way an arrow with Alt goes, −1 or 1; 0 for any other key. Alt with an arrow is also the browser's way back, which is kept from it. */
export function altArrow(event: { readonly key: string; readonly altKey: boolean; preventDefault(): void }): -1 | 0 | 1 {
  const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (!event.altKey || way === 0) return 0;
  event.preventDefault();
  return way;
}

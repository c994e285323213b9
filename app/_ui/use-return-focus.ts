'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Gives the focus back to the control when the field over it closes, unless it went elsewhere. */
export function useReturnFocus(element: RefObject<HTMLElement | null>, typing: boolean): void {
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !typing && (document.activeElement === document.body || document.activeElement === null)) element.current?.focus();
    was.current = typing;
  }, [element, typing]);
}

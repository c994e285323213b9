'use client';

import { useEffect } from 'react';
import { MODAL } from './modal';

const PRESSED_BY_SPACE = 'button, a, [role="button"], [role="tab"], [role="switch"]';

/**
 * Space plays, as on every desk, even right after a button was clicked and holds the focus. Who walks the page by Tab presses
 * the focused button with it, as everywhere else. In a dialog or menu the key keeps its own meaning.
 */
export function useSpaceAfterClicks(play: () => void): void {
  useEffect(() => {
    let pointerLed = false;
    let swallowUp = false;
    const ours = (event: KeyboardEvent) =>
      pointerLed &&
      event.target instanceof HTMLElement &&
      event.target.closest(PRESSED_BY_SPACE) !== null &&
      !document.querySelector(`${MODAL}, [role="menu"], [role="listbox"]`);
    const onPointer = () => {
      pointerLed = true;
    };
    const onDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') pointerLed = false;
      if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey || !ours(event)) return;
      event.preventDefault();
      event.stopPropagation();
      swallowUp = true;
      if (!event.repeat) play();
    };
    // A button is pressed when the key comes up; that press was not meant either.
    const onUp = (event: KeyboardEvent) => {
      if (event.key !== ' ' || !swallowUp) return;
      swallowUp = false;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('pointerdown', onPointer, true);
    window.addEventListener('keydown', onDown, true);
    window.addEventListener('keyup', onUp, true);
    return () => {
      window.removeEventListener('pointerdown', onPointer, true);
      window.removeEventListener('keydown', onDown, true);
      window.removeEventListener('keyup', onUp, true);
    };
  }, [play]);
}

'use client';

import { useEffect } from 'react';
import type { OpenSession } from '../../lib/client';
import { taken } from '../_shell/keyboard';
import { holderOf } from './holders';

/** T talks while it is held. */
export function useTalkKey(session: OpenSession): void {
  useEffect(() => {
    const holder = holderOf(session);
    const isTalk = (event: KeyboardEvent) => event.key.toLowerCase() === 't';
    const onDown = (event: KeyboardEvent) => {
      if (!isTalk(event) || event.ctrlKey || event.metaKey || event.altKey || taken(event)) return;
      event.preventDefault();
      if (!event.repeat) holder.press();
    };
    // Wherever the focus is by then: a key that comes up was held.
    const onUp = (event: KeyboardEvent) => {
      if (isTalk(event)) holder.release();
    };
    const onLeave = () => holder.forget();
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    window.addEventListener('blur', onLeave);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', onLeave);
    };
  }, [session]);
}

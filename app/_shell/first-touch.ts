'use client';

import { useEffect } from 'react';
import type { OpenSession } from '../../lib/client';
import { whySilent } from './capabilities';
import { attempt } from './toasts';

/**
 * Wakes this machine's sound at the first touch or key anywhere on the page, which browsers ask for, so that the next
 * play of anybody is heard. Not while the song runs already: nobody's click on a text should burst into music.
 */
export function useSoundFromFirstTouch(session: OpenSession): void {
  useEffect(() => {
    const touched = () => {
      if (session.transport.playing.get() || session.engine.state.get().state !== 'idle' || whySilent() !== null) return;
      void attempt(session.engine.start());
    };
    for (const type of ['pointerup', 'keydown'] as const) window.addEventListener(type, touched, { capture: true });
    return () => {
      for (const type of ['pointerup', 'keydown'] as const) window.removeEventListener(type, touched, { capture: true });
    };
  }, [session]);
}

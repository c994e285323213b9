'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Which sections a console of some height has room for; the fader always. */
export interface Density {
  readonly curve: boolean;
  readonly processors: boolean;
  readonly sends: boolean;
}

/** Heights in pixels from which each section is shown: the fader keeps at least 150. */
const ROOM = { processors: 440, curve: 376, sends: 320 } as const;

function densityFor(height: number): Density {
  return { curve: height >= ROOM.curve, processors: height >= ROOM.processors, sends: height >= ROOM.sends };
}

/** Follows an element's height; renders only when a section comes or goes. */
export function useDensity(element: RefObject<HTMLElement | null>): Density {
  const [density, setDensity] = useState<Density>(() => densityFor(Number.POSITIVE_INFINITY));
  useEffect(() => {
    if (!element.current) return;
    const sizes = new ResizeObserver(([entry]) => {
      const next = densityFor(entry?.contentRect.height ?? 0);
      setDensity((now) => (now.curve === next.curve && now.processors === next.processors && now.sends === next.sends ? now : next));
    });
    sizes.observe(element.current);
    return () => sizes.disconnect();
  }, [element]);
  return density;
}

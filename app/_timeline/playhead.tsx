'use client';

import { type RefObject, useRef } from 'react';
import { useSession } from '../_session';
import { useFrame } from '../_shell/frame';
import { showPlayhead, useTimeline } from './use-view';
import { xOf } from './view';

/** Where the sound is; moved each frame by a transform, without layout and without React. */
export function Playhead({ held }: { held: RefObject<number | null> }) {
  const { transport } = useSession();
  const line = useRef<HTMLDivElement>(null);
  const drawn = useRef(Number.NaN);
  useFrame(() => {
    const position = held.current ?? transport.position();
    if (held.current === null && transport.playing.get()) showPlayhead(position);
    const { view, extent } = useTimeline.getState();
    const x = Math.round(xOf(view, extent, position) * 2) / 2;
    if (!line.current || x === drawn.current) return;
    drawn.current = x;
    line.current.style.transform = `translateX(${x}px)`;
    line.current.style.visibility = x < 0 || x > extent.width ? 'hidden' : 'visible';
  });
  return (
    <div ref={line} data-testid="playhead" className="absolute inset-y-0 left-0 z-10 w-0">
      <div className="absolute inset-y-0 -left-px w-0.5 bg-text shadow-[0_0_4px_rgb(0_0_0/0.8)]" />
      <div className="absolute top-0 -left-1.5 size-0 border-x-6 border-t-8 border-x-transparent border-t-text" />
    </div>
  );
}

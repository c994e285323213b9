'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { useSession } from '../_session';
import { useFrame } from '../_shell/frame';
import { PlayheadMotion } from './playhead-motion';
import { showPlayhead, useTimeline } from './use-view';

/** Where the sound is, or where the hand holds it. */
export function Playhead({ held }: { held: RefObject<number | null> }) {
  const { transport } = useSession();
  const line = useRef<HTMLDivElement>(null);
  const motion = useRef<PlayheadMotion | null>(null);
  const last = useRef(Number.NaN);
  useEffect(() => {
    if (!line.current) return;
    const made = new PlayheadMotion(line.current);
    motion.current = made;
    return () => {
      motion.current = null;
      made.remove();
    };
  }, []);
  useFrame(() => {
    const position = held.current ?? transport.position();
    const playing = held.current === null && transport.playing.get();
    if (playing) showPlayhead(position);
    const { view, extent } = useTimeline.getState();
    // A song that waits for its sound plays, and stands still.
    motion.current?.show(position, playing && position !== last.current, view, extent);
    last.current = position;
  });
  return (
    <div ref={line} data-testid="playhead" className="absolute inset-y-0 left-0 z-10 w-0">
      <div className="absolute inset-y-0 -left-px w-0.5 bg-text shadow-[0_0_4px_rgb(0_0_0/0.8)]" />
      <div className="absolute top-0 -left-1.5 size-0 border-x-6 border-t-8 border-x-transparent border-t-text" />
    </div>
  );
}

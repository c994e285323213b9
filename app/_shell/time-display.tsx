'use client';

import { useRef } from 'react';
import { useSession } from '../_session';
import { paintText, useFrame } from './frame';
import { barsAndBeats, exactTime } from './words';

/** The playhead as time and as bars, painted each frame beside React. */
export function TimeDisplay() {
  const { transport, desk } = useSession();
  const time = useRef<HTMLSpanElement>(null);
  const bars = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    const position = transport.position();
    paintText(time.current, exactTime(position));
    paintText(bars.current, barsAndBeats(position, desk.mix.get().settings));
  });
  return (
    <span className="flex items-baseline gap-3 whitespace-nowrap" role="timer" aria-label="Playhead">
      <span ref={time} data-testid="time" className="w-[7.2rem] font-semibold text-2xl tracking-tight">
        0:00.000
      </span>
      <span ref={bars} title="Bar, beat, 480ths of a beat" className="hidden w-16 text-quiet text-sm sm:inline">
        1.1.000
      </span>
    </span>
  );
}

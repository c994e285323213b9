'use client';

import { useRef } from 'react';
import { useSession } from '../_session';
import { useFrame } from './frame';
import { type LiveText, LiveTextBox } from './live-text';
import { barsAndBeats, exactTime } from './words';

/** The playhead as time and as bars, painted on every picture beside React. */
export function TimeDisplay() {
  const { transport, desk } = useSession();
  const time = useRef<LiveText>(null);
  const bars = useRef<LiveText>(null);
  useFrame(() => {
    const position = transport.position();
    time.current?.write(exactTime(position));
    bars.current?.write(barsAndBeats(position, desk.mix.get().settings));
  });
  return (
    <span className="flex items-center gap-3 whitespace-nowrap" role="timer" aria-label="Playhead">
      <LiveTextBox
        testid="time"
        initial="0:00.000"
        className="h-8 w-[7.2rem] font-semibold text-2xl tracking-tight"
        onReady={(text) => {
          time.current = text;
        }}
      />
      <span title="Bar, beat, 480ths of a beat" className="mt-1.5 hidden sm:inline">
        <LiveTextBox
          initial="1.1.000"
          className="block h-5 w-16 text-quiet text-sm"
          onReady={(text) => {
            bars.current = text;
          }}
        />
      </span>
    </span>
  );
}

'use client';

import { useRef } from 'react';
import { setPage, usePage } from './page-state';

const LEAST = 46;
const CONSOLE_LEAST = 120;
const STEP = 24;

/** Between timeline and console: drag it, or move it with the arrow keys; double-click gives the usual share. */
export function Divider({ space }: { space(): number }) {
  const height = usePage((page) => page.timelineHeight);
  const drag = useRef<{ y: number; height: number } | null>(null);
  const resize = (to: number) => setPage({ timelineHeight: Math.round(Math.max(LEAST, Math.min(space() - CONSOLE_LEAST, to))) });
  return (
    <hr
      tabIndex={0}
      aria-label="Height of the timeline"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={LEAST}
      className="group relative z-20 h-1.5 shrink-0 cursor-row-resize touch-none border-line border-x-0 border-y bg-surface outline-offset-0 hover:bg-accent/40"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => drag.current && resize(drag.current.height + event.clientY - drag.current.y)}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={() => setPage({ timelineHeight: 300 })}
      onKeyDown={(event) => {
        const to = { ArrowUp: height - STEP, ArrowDown: height + STEP, Home: LEAST, End: Number.MAX_SAFE_INTEGER }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        resize(to);
      }}
    />
  );
}

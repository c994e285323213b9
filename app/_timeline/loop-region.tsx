'use client';

import { useRef } from 'react';
import type { Loop } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { mayMovePlayhead } from '../_shell/playback';
import { exactTime } from '../_shell/words';
import { over } from './place';
import { useTimeline } from './use-view';
import { secondsAt } from './view';

const SHORTEST = 0.05;
const STEP = 0.1;

/** The stretch that repeats, with an edge to drag at either end. `draft` is one that is being drawn. */
export function LoopRegion({ draft }: { draft: Loop | null }) {
  const { transport } = useSession();
  const kept = useStore(transport.loop);
  const loop = draft ?? kept;
  if (!loop) return null;
  return (
    <div
      data-testid="loop"
      className="pointer-events-none absolute inset-y-0 z-[5] border-accent border-x bg-accent/15"
      style={over(loop.from, loop.until)}
    >
      {!draft && (
        <>
          <Handle edge="from" loop={loop} />
          <Handle edge="until" loop={loop} />
        </>
      )}
    </div>
  );
}

function moved(loop: Loop, edge: keyof Loop, to: number, length: number): Loop {
  if (edge === 'from') return { ...loop, from: Math.max(0, Math.min(to, loop.until - SHORTEST)) };
  return { ...loop, until: Math.min(length, Math.max(to, loop.from + SHORTEST)) };
}

function Handle({ edge, loop }: { edge: keyof Loop; loop: Loop }) {
  const session = useSession();
  const dragging = useRef<Loop | null>(null);
  const length = useTimeline((state) => state.extent.length);
  const region = (handle: HTMLElement) => handle.parentElement;

  const follow = (handle: HTMLElement, clientX: number) => {
    const { view, extent } = useTimeline.getState();
    const frame = region(handle)?.parentElement?.getBoundingClientRect();
    const stretch = region(handle);
    if (!frame || !stretch) return;
    const next = moved(loop, edge, secondsAt(view, extent, clientX - frame.left), extent.length);
    dragging.current = next;
    // Shown at once; kept, and told to the others, when the hand lets go.
    Object.assign(stretch.style, over(next.from, next.until));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={edge === 'from' ? 'Loop start' : 'Loop end'}
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={loop[edge]}
      aria-valuetext={exactTime(loop[edge])}
      className={`pointer-events-auto absolute top-0 h-full w-2.5 cursor-ew-resize touch-none before:absolute before:top-0 before:size-0 before:border-t-8 before:border-t-accent ${
        edge === 'from'
          ? '-left-px before:left-0 before:border-r-8 before:border-r-transparent'
          : '-right-px before:right-0 before:border-l-8 before:border-l-transparent'
      }`}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (!mayMovePlayhead(session)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = loop;
      }}
      onPointerMove={(event) => dragging.current && follow(event.currentTarget, event.clientX)}
      onPointerUp={() => {
        if (dragging.current && dragging.current !== loop) session.transport.setLoop(dragging.current);
        dragging.current = null;
      }}
      onKeyDown={(event) => {
        const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
        if (direction === 0 || !mayMovePlayhead(session)) return;
        event.preventDefault();
        session.transport.setLoop(moved(loop, edge, loop[edge] + direction * STEP * (event.shiftKey ? 10 : 1), length));
      }}
    />
  );
}
